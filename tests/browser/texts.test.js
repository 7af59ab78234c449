import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { beside } from "../../src/bri_map/browser/controls/tooltip.js";
import {
  checkedView,
  readView,
  withParameter,
  writtenView,
} from "../../src/bri_map/browser/controls/view-memory.js";
import { Lifetime } from "../../src/bri_map/browser/core/lifetime.js";
import { Fetched, LoadError } from "../../src/bri_map/browser/core/load.js";
import { PLAIN } from "../../src/bri_map/browser/core/locale.js";
import { formatCount, formatValue } from "../../src/bri_map/browser/core/numbers.js";
import { filled, findText, Texts } from "../../src/bri_map/browser/core/texts.js";
import { runsOf } from "../../src/bri_map/browser/page/runs.js";
import { snippet } from "../../src/bri_map/browser/page/share.js";
import { barsFrom, ticks, yearAfter } from "../../src/bri_map/browser/years/scale.js";
import { startOf, statusesAt } from "../../src/bri_map/browser/years/year-data.js";

const EN = { "map.shown": "{n} of {total}", "map.marks": "{n} marks", "map.marks.one": "one mark" };

test("a text is found in the language, else in English", () => {
  assert.equal(
    findText([{ "map.shown": "{total} 中的 {n}" }, EN], "map.shown", { n: 2, total: 5 }),
    "5 中的 2",
  );
  assert.equal(findText([undefined, EN], "map.shown", { n: 2, total: 5 }), "2 of 5");
});

test("one thing has a text of its own where there is one", () => {
  assert.equal(findText([EN], "map.marks", { n: 1 }), "one mark");
  assert.equal(findText([EN], "map.marks", { n: 2 }), "2 marks");
  assert.equal(findText([EN], "map.shown", { n: 1, total: 1 }), "1 of 1");
});

test("while texts are on their way words are made of the key", () => {
  assert.equal(findText([], "status.under-construction"), "under construction");
  assert.equal(findText([undefined], "map.in_view", { n: 3 }), "in view 3");
});

test("a placeholder without a value stays, one with markup is text", () => {
  assert.equal(filled("{n} of {what}", { n: "<b>" }), "<b> of {what}");
});

test("labels have the colon of the language, and a language that is not served is not chosen", () => {
  const chinese = { ...PLAIN, tag: "zh-Hans", colon: "：", latin_is_english: true };
  const texts = new Texts(
    {},
    { en: PLAIN, zh: chinese },
    { onTexts: () => {}, onError: () => {}, onRecovered: () => {} },
  );
  assert.equal(texts.labelled("Status", "planned"), "Status: planned");
  assert.equal(texts.choose("xx"), false);
  assert.equal(texts.locale, PLAIN);
  assert.equal(texts.choose("zh"), true);
  assert.equal(texts.labelled("状态", 5), "状态：5");
});

for (const [value, text] of /** @type {[number, string][]} */ ([
  [0, "0"],
  [999, "999"],
  [1000, "1\u202f000"],
  [1234567, "1\u202f234\u202f567"],
]))
  test(`${value} is written ${text}`, () => assert.equal(formatCount(value), text));

for (const [value, text] of /** @type {[number, string][]} */ ([
  [0.04, "0"],
  [3.14, "3.1"],
  [-0.55, "-0.5"],
  [12345.67, "12\u202f345.7"],
]))
  test(`the value ${value} is written ${text}`, () => assert.equal(formatValue(value), text));

test("on a Chinese page English words are told from Chinese ones, numbers from neither", () => {
  assert.deepEqual(runsOf("万象 Vientiane 2021", { ...PLAIN, latin_is_english: true }), [
    { run: "万象", english: false },
    { run: " Vientiane 2021", english: true },
  ]);
  assert.deepEqual(
    runsOf("2021年", { ...PLAIN, latin_is_english: true }).map(({ english }) => english),
    [false, false],
  );
  assert.deepEqual(runsOf("万象 Vientiane", PLAIN), [{ run: "万象 Vientiane", english: false }]);
});

test("the markup that embeds the map escapes its address and asks for the bare map", () => {
  const markup = snippet("https://host.example/map?year=2013&q=a", "Atlas");
  assert.match(markup, /src="https:\/\/host\.example\/map\?year=2013&amp;q=a&amp;embed=true"/);
});

// --- the view in the address -------------------------------------------------------------------------

const ZOOMS = { least: 2, most: 12 };
for (const [text, view] of /** @type {[string | null, object | null][]} */ ([
  ["66,27,3", { lon: 66, lat: 27, zoom: 3 }],
  ["-170.5,-20,4.5", { lon: -170.5, lat: -20, zoom: 4.5 }],
  ["66,27", null],
  ["66,,3", null],
  ["66,27,x", null],
  ["200,27,3", null],
  ["66,89,3", null],
  ["66,27,1", null],
  ["66,27,13", null],
  ["66,27,Infinity", null],
  [null, null],
]))
  test(`the view ${text} is ${view ? "read" : "left alone"}`, () =>
    assert.deepEqual(readView(text, ZOOMS), view));

test("what was remembered is checked like what stands in an address", () => {
  assert.equal(checkedView(null, ZOOMS), null);
  assert.equal(checkedView(/** @type {never} */ ({ lon: "66", lat: 27, zoom: 3 }), ZOOMS), null);
});

test("a view is written without trailing zeros and read back", () => {
  assert.equal(writtenView({ lon: 66, lat: 27.12345, zoom: 3 }), "66,27.123,3");
  assert.deepEqual(readView(writtenView({ lon: -180, lat: 85.0511, zoom: 12 }), ZOOMS), {
    lon: -180,
    lat: 85.051,
    zoom: 12,
  });
});

test("a parameter is set and the others stay as they were written", () => {
  assert.equal(
    withParameter("?q=a%20b&view=1,2,3&year=2013", "view", "4,5,6"),
    "q=a%20b&year=2013&view=4,5,6",
  );
  assert.equal(withParameter("", "view", "4,5,6"), "view=4,5,6");
});

test("a tooltip stands behind the pointer, before it where there is no room, never outside", () => {
  assert.equal(beside(100, 50, 400), 114);
  assert.equal(beside(380, 50, 400), 316);
  assert.equal(beside(20, 390, 400), 4);
});

// --- years -------------------------------------------------------------------------------------------

for (const [first, last, labels] of /** @type {[number, number, number[]][]} */ ([
  [2013, 2013, [2013]],
  [2013, 2018, [2013, 2018, 2014, 2015, 2016, 2017]],
  [2001, 2026, [2001, 2026, 2005, 2010, 2015, 2020]],
  [1900, 2026, [1900, 2026, 1920, 1940, 1960, 1980, 2000]],
]))
  test(`the scale from ${first} to ${last} is labelled at ${labels}`, () =>
    assert.deepEqual(ticks(first, last), labels));

test("the first bar stands for all that came before as well", () => {
  const timeline = { first: 1990, last: 2003, events: { 1990: 2, 1995: 1, 2001: 4, 2003: 1 } };
  assert.deepEqual(barsFrom(timeline, 2001), [7, 0, 1]);
});

for (const [year, by, next] of /** @type {[number | null, number, number][]} */ ([
  [2013, 1, 2014],
  [2026, 1, 2026],
  [2001, -1, 2001],
  [null, 1, 2001],
  [null, -1, 2026],
]))
  test(`${by > 0 ? "after" : "before"} ${year} comes ${next}`, () =>
    assert.equal(yearAfter(year, by, 2001, 2026), next));

test("the slider begins where something happens, not at the first lone event", () => {
  const events = { 1950: 1, 2001: 300, 2010: 700 };
  assert.equal(startOf({ first: 1950, last: 2026, events }), 2001);
  assert.equal(startOf({ first: 1950, last: 2026, events: {} }), 1950);
});

test("the status of a feature at the end of a year is the last one by then", () => {
  const changes = [[2010, 1, 2013, 2], [2015, 3], []];
  assert.deepEqual([...statusesAt(changes, 2013, 3, 9)], [2, 9, 9]);
  assert.deepEqual([...statusesAt(changes, 2012, 3, 9)], [1, 9, 9]);
  assert.deepEqual([...statusesAt(changes, 2020, 3, 9)], [2, 3, 9]);
});

// --- fetching ----------------------------------------------------------------------------------------

/** @param {(string | Error)[]} answers */
function fetched(answers, rest = 0) {
  /** @type {string[]} */
  const log = [];
  const clock = { now: 0 };
  const values = new Fetched(
    async (/** @type {string} */ key) => {
      log.push(`ask ${key}`);
      const answer = answers.shift() ?? "none";
      if (answer instanceof Error) throw answer;
      return answer;
    },
    {
      rest,
      now: () => clock.now,
      onValue: (key, value) => log.push(`have ${key}: ${value}`),
      onError: (error) => log.push(`failed: ${error.message}`),
      onRecovered: (error) => log.push(`no longer: ${error.message}`),
    },
  );
  return { values, log, clock };
}

test("a file is fetched once, however many ask", async () => {
  const { values, log } = fetched(["a"]);
  assert.deepEqual(await Promise.all([values.want("k"), values.want("k")]), ["a", "a"]);
  assert.equal(await values.want("k"), "a");
  assert.equal(values.get("k"), "a");
  assert.deepEqual(log, ["ask k", "have k: a"]);
});

test("a file that failed is tried again and the failure taken back", async () => {
  const { values, log } = fetched([new Error("lost"), "a"]);
  assert.equal(await values.want("k"), undefined);
  assert.equal(await values.want("k"), "a");
  assert.deepEqual(log, ["ask k", "failed: lost", "ask k", "no longer: lost", "have k: a"]);
});

test("a file that failed is let rest before it is tried again", async () => {
  const { values, log, clock } = fetched([new Error("lost"), "a"], 5000);
  await values.want("k");
  clock.now = 4999;
  assert.equal(await values.want("k"), undefined);
  clock.now = 5000;
  assert.equal(await values.want("k"), "a");
  assert.equal(log.filter((line) => line === "ask k").length, 2);
});

test("a failure of one file is no failure of another", async () => {
  const { values } = fetched([new Error("lost"), "b"], 5000);
  await values.want("a");
  assert.equal(await values.want("b"), "b");
});

test("a failure is named by the end of its address", () => {
  const { file, message } = new LoadError(
    "../../atlas-files/layers/parks.0.json?x=1",
    new Error("status 500"),
  );
  assert.equal(file, "layers/parks.0.json");
  assert.equal(message, "layers/parks.0.json: status 500");
});

// --- lifetimes ---------------------------------------------------------------------------------------

test("with a life end its listeners, its timers and what else it was given, the last first", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const log = [];
  const target = new EventTarget();
  const life = new Lifetime();
  target.addEventListener("x", () => log.push("heard"), { signal: life.signal });
  life.after(10, () => log.push("late"));
  life.onEnd(() => log.push("first"));
  life.onEnd(() => log.push("second"));
  target.dispatchEvent(new Event("x"));
  life.end();
  life.end();
  target.dispatchEvent(new Event("x"));
  mock.timers.tick(20);
  mock.timers.reset();
  assert.deepEqual(log, ["heard", "second", "first"]);
  assert.equal(life.over, true);
});

test("after its end a life begins nothing, and what is given to it ends at once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const log = [];
  const life = new Lifetime();
  life.end();
  life.after(10, () => log.push("late"));
  life.onEnd(() => log.push("ended"));
  mock.timers.tick(20);
  mock.timers.reset();
  assert.deepEqual(log, ["ended"]);
});

test("a timer that is cancelled does nothing", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const life = new Lifetime();
  const act = mock.fn();
  life.cancel(life.after(10, act));
  life.cancel(undefined);
  mock.timers.tick(20);
  mock.timers.reset();
  assert.equal(act.mock.callCount(), 0);
});

test("listeners of a map are taken off as they were put on", () => {
  const emitter = { on: mock.fn(), off: mock.fn() };
  const life = new Lifetime();
  const handlers = { moveend: () => {} };
  life.on(/** @type {never} */ (emitter), handlers);
  assert.equal(emitter.on.mock.calls[0].arguments[0], handlers);
  life.end();
  assert.equal(emitter.off.mock.calls[0].arguments[0], handlers);
});
