import assert from "node:assert/strict";
import { test } from "node:test";
import { YearMachine } from "../../src/bri_map/browser/years/year-machine.js";

/**
 * What happens, one thing after another, and what the machine says to it. `hear` gives the page's year and the number
 * of the wish that it answers; `move` a year; `rest` what is to be sent.
 * @typedef {["hear", number | null, number | null, boolean?] | ["move", number | null] |
 *   ["rest", {year: number | null, wish: number} | null]} Step
 */

/** @type {[what: string, steps: Step[], year: number | null, phase: string][]} */
const COURSES = [
  ["it follows the page", [["hear", 2010, null]], 2010, "following"],
  [
    "it follows the page back to all years",
    [
      ["hear", 2010, null],
      ["hear", null, null],
    ],
    null,
    "following",
  ],
  [
    "a year that is moved to is the map's at once",
    [
      ["hear", null, null],
      ["move", 2013],
    ],
    2013,
    "moving",
  ],
  [
    "a year is told at rest and waited for",
    [
      ["hear", null, null],
      ["move", 2013],
      ["rest", { year: 2013, wish: 1 }],
    ],
    2013,
    "waiting",
  ],
  [
    "the answer ends the waiting",
    [
      ["hear", null, null],
      ["move", 2013],
      ["rest", { year: 2013, wish: 1 }],
      ["hear", 2013, 1],
    ],
    2013,
    "following",
  ],
  [
    "a state that does not know the wish yet changes nothing",
    [
      ["hear", null, null],
      ["move", 2013],
      ["rest", { year: 2013, wish: 1 }],
      ["hear", null, null],
    ],
    2013,
    "waiting",
  ],
  [
    "the answer to the wish before the last changes nothing",
    [
      ["hear", null, null],
      ["move", 2013],
      ["rest", { year: 2013, wish: 1 }],
      ["move", 2015],
      ["rest", { year: 2015, wish: 2 }],
      ["hear", 2013, 1],
    ],
    2015,
    "waiting",
  ],
  [
    "the answer to the last wish counts, whatever became of those before",
    [
      ["hear", null, null],
      ["move", 2013],
      ["rest", { year: 2013, wish: 1 }],
      ["move", 2015],
      ["rest", { year: 2015, wish: 2 }],
      ["hear", 2015, 2],
    ],
    2015,
    "following",
  ],
  [
    "an answer that comes while the slider moves on does not pull it back",
    [
      ["hear", null, null],
      ["move", 2013],
      ["rest", { year: 2013, wish: 1 }],
      ["move", 2016],
      ["hear", 2013, 1, false],
    ],
    2016,
    "moving",
  ],
  [
    "other changes of the page do not stop a moving slider",
    [
      ["hear", 2010, null],
      ["move", 2012],
      ["hear", 2010, null, false],
    ],
    2012,
    "moving",
  ],
  [
    "a year that the page chose by itself stops a moving slider",
    [
      ["hear", 2010, null],
      ["move", 2012],
      ["hear", null, null, true],
    ],
    null,
    "following",
  ],
  [
    "a year that the page chose after the answer is followed",
    [
      ["hear", null, null],
      ["move", 2013],
      ["rest", { year: 2013, wish: 1 }],
      ["hear", 2013, 1],
      ["hear", null, 1],
    ],
    null,
    "following",
  ],
  [
    "the page may answer a wish with another year",
    [
      ["hear", null, null],
      ["move", 1850],
      ["rest", { year: 1850, wish: 1 }],
      ["hear", 1980, 1],
    ],
    1980,
    "following",
  ],
  [
    "moving back to where the page is tells nothing",
    [
      ["hear", 2010, null],
      ["move", 2012],
      ["move", 2010],
      ["rest", null],
    ],
    2010,
    "following",
  ],
  [
    "moving back to the page's year while a wish is under way tells again",
    [
      ["hear", 2010, null],
      ["move", 2012],
      ["rest", { year: 2012, wish: 1 }],
      ["move", 2010],
      ["rest", { year: 2010, wish: 2 }],
    ],
    2010,
    "waiting",
  ],
  [
    "moving away and back to the year that is wished for tells nothing more",
    [
      ["hear", 2010, null],
      ["move", 2012],
      ["rest", { year: 2012, wish: 1 }],
      ["move", 2013],
      ["move", 2012],
      ["rest", null],
    ],
    2012,
    "waiting",
  ],
  [
    "the same year wished for twice, with another between, is told three times",
    [
      ["hear", 2010, null],
      ["move", 2012],
      ["rest", { year: 2012, wish: 1 }],
      ["move", 2013],
      ["rest", { year: 2013, wish: 2 }],
      ["move", 2012],
      ["rest", { year: 2012, wish: 3 }],
      ["hear", 2012, 1],
      ["hear", 2013, 2],
    ],
    2012,
    "waiting",
  ],
  [
    "rest without a move tells nothing",
    [
      ["hear", 2010, null],
      ["rest", null],
    ],
    2010,
    "following",
  ],
  [
    "all years are a wish like any other",
    [
      ["hear", 2010, null],
      ["move", null],
      ["rest", { year: null, wish: 1 }],
      ["hear", 2010, null],
    ],
    null,
    "waiting",
  ],
  [
    "after the page's own choice the slider moves on with a new wish",
    [
      ["hear", 2010, null],
      ["move", 2012],
      ["hear", 2005, null, true],
      ["move", 2006],
      ["rest", { year: 2006, wish: 1 }],
    ],
    2006,
    "waiting",
  ],
  [
    "numbers of another frame are no answer",
    [
      ["hear", 2010, 99],
      ["move", 2012],
      ["rest", { year: 2012, wish: 1 }],
      ["hear", 2010, 99],
    ],
    2012,
    "waiting",
  ],
];

for (const [what, steps, year, phase] of COURSES)
  test(what, () => {
    const machine = new YearMachine();
    for (const step of steps) {
      if (step[0] === "move") machine.move(step[1]);
      else if (step[0] === "rest") assert.deepEqual(machine.rest(), step[1]);
      else {
        const own = machine.hear(step[1], step[2]);
        if (step[3] !== undefined) assert.equal(own, step[3]);
      }
    }
    assert.equal(machine.year, year);
    assert.equal(machine.phase, phase);
  });

test("wishes are numbered from where one begins, so that those of an older frame are less", () => {
  const machine = new YearMachine(1000);
  machine.move(2012);
  assert.deepEqual(machine.rest(), { year: 2012, wish: 1001 });
});

test("however late and bundled the answers come, page and slider agree at the end", () => {
  let state = 5;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let round = 0; round < 300; round++) {
    const machine = new YearMachine();
    machine.hear(null, null);
    /** @type {{year: number | null, wish: number | null}} */
    const page = { year: null, wish: null };
    /** @type {{year: number | null, wish: number}[]} */
    const sent = [];
    const answers = [];
    for (let step = 0; step < 30; step++) {
      const what = next();
      if (what < 0.4) machine.move(2000 + Math.floor(next() * 5));
      else if (what < 0.6) {
        const wish = machine.rest();
        if (wish) sent.push(wish);
      } else if (what < 0.8 && sent.length) {
        Object.assign(page, sent.shift());
        answers.push({ ...page });
      } else if (answers.length) {
        const { year, wish } = answers.shift() ?? page;
        machine.hear(year, wish);
      }
    }
    const wish = machine.rest();
    if (wish) sent.push(wish);
    for (const one of sent) answers.push(Object.assign(page, one) && { ...page });
    for (const { year, wish: answered } of answers) machine.hear(year, answered);
    assert.equal(machine.year, page.year, `round ${round}`);
    assert.equal(machine.phase, "following");
  }
});
