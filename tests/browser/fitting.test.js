import assert from "node:assert/strict";
import { test } from "node:test";
import { isMostlyOutside } from "../../src/bri_map/browser/controls/show-all.js";
import { bestPart, overlap, uncovered } from "../../src/bri_map/browser/core/free-part.js";
import { boxAround, resultBox, wholeBox } from "../../src/bri_map/browser/core/result-box.js";

/** @import { Rect } from "../../src/bri_map/browser/core/free-part.js" */
/** @import { Frame } from "../../src/bri_map/browser/core/segments.js" */

const WINDOW = { width: 1000, height: 600 };
const LEGEND = { left: 10, top: 180, right: 266, bottom: 590 };
const TOOLS = { left: 800, top: 10, right: 990, bottom: 50 };

/** @param {Rect} rect */
const area = ({ left, top, right, bottom }) => (right - left) * (bottom - top);

test("what no panel covers and what they cover make the whole window, each pixel once", () => {
  const panels = [LEGEND, TOOLS, { left: 200, top: 400, right: 700, bottom: 600 }];
  const pieces = uncovered(WINDOW, panels);
  assert.ok(!pieces.some((piece) => panels.some((panel) => overlap(piece, panel))));
  assert.ok(!pieces.some((a, i) => pieces.some((b, j) => i < j && overlap(a, b))));
  // The third panel lies over the legend by 66 x 190 pixels.
  const covered = panels.reduce((sum, panel) => sum + area(panel), 0) - 66 * 190;
  assert.equal(
    pieces.reduce((sum, piece) => sum + area(piece), covered),
    1000 * 600,
  );
});

for (const [what, thing, part] of /** @type {[string, {width: number, height: number}, Partial<Rect>][]} */ ([
  ["beside the legend what is high", { width: 0.1, height: 0.2 }, { left: 266, bottom: 600 }],
  ["above the legend what is wide and low", { width: 1, height: 0.1 }, { left: 0, right: 1000, bottom: 180 }],
]))
  test(`${what} is shown`, () => {
    const found = bestPart(WINDOW, [LEGEND, TOOLS], thing, 20, 1e6);
    assert.deepEqual({ ...found, ...part }, found);
    assert.ok(![LEGEND, TOOLS].some((panel) => overlap(panel, found)));
  });

test("a single place lies in the largest part", () =>
  assert.deepEqual(bestPart(WINDOW, [LEGEND], { width: 0, height: 0 }, 20, 512), {
    left: 266,
    top: 0,
    right: 1000,
    bottom: 600,
  }));

test("where panels cover everything, all of the window has to do", () =>
  assert.deepEqual(
    bestPart(WINDOW, [{ left: 0, top: 0, right: 1000, bottom: 600 }], { width: 1, height: 1 }, 20, 9),
    {
      left: 0,
      top: 0,
      right: 1000,
      bottom: 600,
    },
  ));

/** @param {number} x @param {number} [y] @returns {Frame} */
const at = (x, y = 0.5) => ({ west: x, north: y, east: x, south: y });

test("a box goes over the date line where that is narrower", () => {
  const box = boxAround([at(0.96), at(0.02), at(0.99, 0.6)]);
  assert.ok(box);
  assert.ok(Math.abs(box.west - 0.96) < 1e-9 && Math.abs(box.east - 1.02) < 1e-9);
  assert.deepEqual([box.north, box.south], [0.5, 0.6]);
});

test("a line that runs on beyond the edge of the world is where it is", () => {
  const box = boxAround([{ west: 0.95, north: 0.4, east: 1.1, south: 0.5 }, at(0.9)]);
  assert.ok(box && Math.abs(box.west - 0.9) < 1e-9 && Math.abs(box.east - 1.1) < 1e-9);
});

test("what goes round the world is one turn wide", () => {
  const box = boxAround([{ west: 0, north: 0.4, east: 1, south: 0.5 }, at(0.5)]);
  assert.ok(box && box.east - box.west === 1);
  assert.equal(boxAround([]), null);
});

/** Three points in a country, a road in it, and a cable that lands there: with a point that stands for it at sea. */
const DATA = {
  size: 5,
  px: Float32Array.of(0.6, 0.62, 0.61, 0.3),
  py: Float32Array.of(0.5, 0.5, 0.52, 0.9),
  pointFeature: Uint32Array.of(0, 1, 2, 4),
  vx: new Float32Array(),
  vy: new Float32Array(),
  partStart: Uint32Array.of(0, 0, 0),
  partFeature: Uint32Array.of(3, 4),
  partBox: Float32Array.of(0.59, 0.49, 0.63, 0.51, 0.2, 0.3, 0.62, 0.95),
  channels: [],
};

/** @param {...number} shown */
const showing = (...shown) => [{ data: DATA, isVisible: (/** @type {number} */ i) => shown.includes(i) }];
/** @param {Frame | null} box */
const rounded = (box) =>
  box && [box.west, box.north, box.east, box.south].map((side) => Math.round(side * 100) / 100);

test("a choice of place leads to the points and the lines near them, not along a cable to another continent", () => {
  assert.deepEqual(rounded(resultBox(showing(0, 1, 2, 3, 4))), [0.59, 0.49, 0.63, 0.52]);
  assert.deepEqual(rounded(wholeBox(showing(0, 1, 2, 3, 4))), [0.2, 0.3, 0.63, 0.95]);
});

test("lines alone are shown whole, and nothing leads nowhere", () => {
  assert.deepEqual(rounded(resultBox(showing(4))), [0.2, 0.3, 0.62, 0.95]);
  assert.equal(resultBox(showing()), null);
});

for (const [placed, inView, outside] of /** @type {[number, number, boolean][]} */ ([
  [5, 2, true],
  [4, 2, false],
  [1, 0, true],
  [0, 0, false],
]))
  test(`${inView} of ${placed} in view is ${outside ? "less than" : "at least"} half`, () =>
    assert.equal(isMostlyOutside({ matching: placed + 1, placed, inView }), outside));
