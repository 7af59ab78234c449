import assert from "node:assert/strict";
import { test } from "node:test";
import { compared, newcomers, signed } from "../../src/bri_map/browser/years/comparison.js";

/** @param {...number} features */
const packed = (...features) => {
  const bytes = new Uint8Array(2);
  for (const i of features) bytes[i >> 3] |= 1 << (i & 7);
  return btoa(String.fromCharCode(...bytes));
};

test("a line stands for what there is in one of two years", () => {
  /** @type {Record<string, Record<number, number>>} */
  const counts = { completed: { 2013: 3, 2020: 9 }, cancelled: { 2020: 2 }, unknown: {} };
  const found = compared(Object.keys(counts), (name, year) => counts[name][year] ?? 0, 2013, 2020);
  assert.deepEqual(found, [
    { name: "completed", before: 3, after: 9 },
    { name: "cancelled", before: 0, after: 2 },
  ]);
});

for (const [difference, words] of /** @type {[number, string][]} */ ([
  [6, "+6"],
  [0, "0"],
  [-16, "\u221216"],
]))
  test(`a difference of ${difference} is written ${words}`, () => assert.equal(signed(difference), words));

for (const [
  what,
  before,
  after,
  found,
] of /** @type {[string, string | boolean, string | boolean, number[]][]} */ ([
  ["what matches in the later year alone", packed(0, 9), packed(0, 3, 8, 9), [3, 8]],
  ["everything where nothing was before", false, packed(2, 11), [2, 11]],
  ["the rest where all match now", packed(0, 1, 2, 3, 4, 5, 6, 7, 8), true, [9, 10, 11]],
  ["nothing where nothing matches now", packed(1), false, []],
]))
  test(`new is ${what}`, () => assert.deepEqual(newcomers(before, after, 12), found));
