import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { keepHistory } from "../../src/bri_map/browser/page/head-history.js";
import {
  chosenAfter,
  columnsAfter,
  Journal,
  openAfter,
  spanAfter,
  valueAfter,
} from "../../src/bri_map/browser/page/journal.js";

/** @import { Change } from "../../src/bri_map/browser/page/journal.js" */

afterEach(() => mock.reset());

/** @param {boolean} on @param {string} code */
const code = (on, code) => ({ kind: "code", facet: "status", code, on });

/**
 * A journal with a way to the server, and what went it.
 * @returns {{journal: Journal, sent: string[][]}}
 */
function connected() {
  mock.timers.enable({ apis: ["setTimeout"] });
  const journal = new Journal();
  /** @type {string[][]} */
  const sent = [];
  journal.connect("one", (pending) => sent.push(pending.map((change) => change.code ?? change.kind)));
  return { journal, sent };
}

test("every message carries all that is not answered, in order", () => {
  const { journal, sent } = connected();
  for (const letter of ["a", "b", "c"]) journal.add(code(true, letter));
  assert.deepEqual(sent, [["a"], ["a", "b"], ["a", "b", "c"]]);
});

test("numbers rise from change to change", () => {
  const { journal } = connected();
  for (const letter of ["a", "b", "c"]) journal.add(code(true, letter));
  const numbers = journal.pending.map(({ n }) => n ?? 0);
  assert.ok(numbers[0] < numbers[1] && numbers[1] < numbers[2]);
});

test("what the server has taken is sent no more", () => {
  const { journal, sent } = connected();
  journal.add(code(true, "a"));
  journal.add(code(true, "b"));
  journal.acknowledge(journal.pending[0].n ?? 0, 1);
  journal.add(code(true, "c"));
  assert.deepEqual(sent.at(-1), ["b", "c"]);
});

test("what is done before there is a way to the server waits for it", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const journal = new Journal();
  journal.add(code(true, "a"));
  /** @type {string[]} */
  const sent = [];
  journal.connect("one", (pending) => sent.push(...pending.map((change) => change.code)));
  assert.deepEqual(sent, ["a"]);
});

test("a new session is sent what the one before has not answered", () => {
  const { journal, sent } = connected();
  journal.add(code(true, "a"));
  journal.connect("one", (pending) => sent.push(pending.map((change) => change.code)));
  assert.equal(sent.length, 1);
  journal.connect("two", (pending) => sent.push(pending.map((change) => change.code)));
  assert.deepEqual(sent, [["a"], ["a"]]);
});

test("a way that is given up late does not close the one that took its place", () => {
  const { journal, sent } = connected();
  const early = journal.send;
  journal.connect("one", () => sent.push(["new"]));
  if (early) journal.disconnect(early);
  journal.add(code(true, "a"));
  assert.deepEqual(sent, [["new"]]);
});

test("it is settled when everything is answered", async () => {
  const { journal } = connected();
  await journal.settled();
  journal.add(code(true, "a"));
  let settled = false;
  const waiting = journal.settled().then(() => {
    settled = true;
  });
  await Promise.resolve();
  assert.equal(settled, false);
  journal.acknowledge(journal.last, 1);
  await waiting;
});

test("where Back led is forgotten once the server has read it, and else goes along with the next click", () => {
  const { journal, sent } = connected();
  journal.acknowledge(0, 3);
  journal.arrive("?lang=en");
  assert.deepEqual(sent, []);
  journal.acknowledge(0, 4);
  assert.deepEqual(journal.pending, []);
  journal.arrive("?lang=zh");
  journal.add(code(true, "a"));
  assert.deepEqual(sent, [["address", "a"]]);
});

/** @type {[what: string, pending: Change[], chosen: string[]][]} */
const PRESSED = [
  ["nothing noted", [], ["a"]],
  ["one more", [code(true, "b")], ["a", "b"]],
  ["one less", [code(false, "a")], []],
  ["there and back", [code(true, "b"), code(false, "b")], ["a"]],
  ["another facet", [{ kind: "code", facet: "type", code: "b", on: true }], ["a"]],
  ["all over again", [{ kind: "reset" }, code(true, "b")], ["b"]],
  ["relaxed", [{ kind: "without", names: ["status"] }], []],
  ["relaxed elsewhere", [{ kind: "without", names: ["type"] }], ["a"]],
];
for (const [what, pending, chosen] of PRESSED)
  test(`what is pressed with ${what}`, () => {
    assert.deepEqual([...chosenAfter(pending, "status", ["a"])], chosen);
  });

test("a field says what was entered last, until it is cleared", () => {
  const year = { kind: "year", year: 2013 };
  assert.equal(valueAfter([], "year", "year", "year", 1999, null), 1999);
  assert.equal(valueAfter([year], "year", "year", "year", 1999, null), 2013);
  assert.equal(valueAfter([year, { kind: "reset" }], "year", "year", "year", 1999, null), null);
  assert.equal(valueAfter([{ kind: "reset" }, year], "year", "year", "year", 1999, null), 2013);
});

/**
 * A window as far as its history goes.
 * @param {string} address
 */
function windowAt(address) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const location = new URL(address, "http://here");
  /** @type {string[]} */
  const entries = [location.pathname + location.search];
  const go = (/** @type {string | URL} */ url) => {
    location.href = new URL(String(url), location.href).href;
    return location.pathname + location.search;
  };
  const history = {
    pushState: (/** @type {unknown} */ _state, /** @type {string} */ _unused, /** @type {string} */ url) => {
      entries.push(go(url));
    },
    replaceState: (
      /** @type {unknown} */ _state,
      /** @type {string} */ _unused,
      /** @type {string} */ url,
    ) => {
      entries[entries.length - 1] = go(url);
    },
  };
  const page = Object.assign(new EventTarget(), { history, location });
  const journal = new Journal();
  keepHistory(/** @type {any} */ (page), journal);
  const show = (/** @type {string} */ url) => history.pushState({}, "", url);
  const replace = (/** @type {string} */ url) => history.replaceState({}, "", url);
  return { page, entries, journal, show, replace };
}

test("an address that only says in full what was opened takes its place", () => {
  const { entries, show } = windowAt("/?country=LAO");
  show("/?country=LAO&lang=en");
  assert.deepEqual(entries, ["/?country=LAO&lang=en"]);
});

test("what a reader changes is an entry of its own", () => {
  const { entries, show, page } = windowAt("/?lang=en");
  page.dispatchEvent(new Event("pointerdown"));
  show("/?status=completed&lang=en");
  assert.deepEqual(entries, ["/?lang=en", "/?status=completed&lang=en"]);
});

test("what is changed on the map is one too", () => {
  const { entries, show, journal } = windowAt("/?lang=en");
  journal.add({ kind: "map", event: "toggle" });
  show("/?layer=rail&lang=en");
  assert.equal(entries.length, 2);
});

test("a change of page is one entry, though Streamlit writes two addresses", () => {
  const { entries, show, page } = windowAt("/?country=LAO&lang=en");
  page.dispatchEvent(new Event("pointerdown"));
  show("/table");
  show("/table?country=LAO&lang=en");
  assert.deepEqual(entries, ["/?country=LAO&lang=en", "/table?country=LAO&lang=en"]);
});

/**
 * Lead a window to an address as Back and Forward do.
 * @param {ReturnType<typeof windowAt>} window
 * @param {string} address
 */
function goBack({ page, entries }, address) {
  page.location.href = new URL(address, page.location.href).href;
  entries.splice(0, entries.length, address);
  page.dispatchEvent(new Event("popstate"));
}

test("answers from before do not lead away from where Back has led, nor add an entry", () => {
  const here = windowAt("/table?status=completed&lang=en");
  here.page.dispatchEvent(new Event("pointerdown"));
  goBack(here, "/?country=LAO&lang=en");
  here.show("/table?country=LAO&lang=en");
  here.show("/?status=completed&lang=en");
  here.replace("/?status=completed&lang=en");
  here.replace("/table?country=LAO&lang=en");
  assert.deepEqual(here.entries, ["/?country=LAO&lang=en"]);
  assert.equal(here.page.location.pathname, "/");
});

test("after Back, the next click counts again", () => {
  const here = windowAt("/table?lang=en");
  goBack(here, "/?country=LAO&lang=en");
  here.page.dispatchEvent(new Event("pointerdown"));
  here.show("/?country=LAO&status=completed&lang=en");
  assert.deepEqual(here.entries, ["/?country=LAO&lang=en", "/?country=LAO&status=completed&lang=en"]);
  here.show("/table?lang=en");
  assert.equal(here.page.location.pathname, "/table");
});

test("after Back, the map still writes where it looks", () => {
  const here = windowAt("/table?lang=en");
  goBack(here, "/?lang=en");
  here.replace("/?lang=en&view=10,20,5");
  assert.deepEqual(here.entries, ["/?lang=en&view=10,20,5"]);
});

test("after Back to an address in short, it is said in full", () => {
  const here = windowAt("/table?lang=en");
  goBack(here, "/?country=LAO");
  here.show("/?country=LAO&lang=en");
  assert.deepEqual(here.entries, ["/?country=LAO&lang=en"]);
});

test("the same address in other words is no entry", () => {
  const { entries, show, page } = windowAt("/?view=66,27,3&area=1,2;3,4;5,6&lang=en");
  page.dispatchEvent(new Event("keydown"));
  show("/?area=1%2C2%3B3%2C4%3B5%2C6&lang=en&view=66%2C27%2C3");
  assert.equal(entries.length, 1);
});

test("where the map looks is as the map has written it", () => {
  const { entries, show, page } = windowAt("/?lang=en&view=10,20,5");
  page.dispatchEvent(new Event("pointerdown"));
  show("/?status=completed&lang=en&view=66%2C27%2C3");
  assert.deepEqual(entries, ["/?lang=en&view=10,20,5", "/?status=completed&lang=en&view=10,20,5"]);
});

test("a group stands as it was turned last, or as the server says", () => {
  const fold = (/** @type {string} */ group, /** @type {boolean} */ open) => ({ kind: "fold", group, open });
  assert.equal(openAfter([], "country", false), false);
  assert.equal(openAfter([fold("country", true), fold("sector", false)], "country", false), true);
  assert.equal(openAfter([fold("country", true), fold("country", false)], "country", true), false);
});

test("a span is the one that was entered last, or nothing once it is cleared", () => {
  const span = (/** @type {string} */ text) => ({ kind: "span", name: "length", text });
  assert.equal(spanAfter([], "length", "100..500"), "100..500");
  assert.equal(spanAfter([span("1..2"), span("none")], "length", ""), "none");
  assert.equal(spanAfter([{ kind: "without", names: ["length"] }], "length", "1..2"), "");
  assert.equal(spanAfter([{ kind: "reset" }, span("3..")], "length", "1..2"), "3..");
  assert.equal(spanAfter([span("1..2")], "speed", ""), "");
});

test("a column that was ticked stays ticked until the server has answered", () => {
  /** @param {string} column @param {boolean} on */
  const tick = (column, on) => ({ kind: "column", column, on });
  const noted = [tick("owner", true), tick("kind", false), tick("kind", true), tick("layer", false)];
  assert.deepEqual([...columnsAfter(noted, ["layer", "kind"])].sort(), ["kind", "owner"]);
  assert.deepEqual([...columnsAfter([{ kind: "sort", column: "owner" }], ["kind"])], ["kind"]);
});
