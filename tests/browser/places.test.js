import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_STOPS, nearestFirst } from "../../src/bri_map/browser/controls/stops.js";
import { countWithin } from "../../src/bri_map/browser/controls/viewport-count.js";
import { crosses, distanceToSegment } from "../../src/bri_map/browser/core/segments.js";
import { copiesBetween, inView } from "../../src/bri_map/browser/core/view.js";
import { classOfValue } from "../../src/bri_map/browser/layers/classes.js";
import { Grid } from "../../src/bri_map/browser/layers/grid.js";
import { LayerIndex } from "../../src/bri_map/browser/layers/layer-index.js";

/** @import { LayerData } from "../../src/bri_map/browser/core/codec.js" */
/** @import { View } from "../../src/bri_map/browser/core/view.js" */

const all = () => true;

/** Numbers from 0 to 1, the same at every run. */
function random(seed = 3) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * @param {[number, number][]} points
 * @param {[number, number][][]} lines Each a feature after the points.
 * @returns {LayerData}
 */
function layerData(points, lines = []) {
  const vertices = lines.flat();
  const partStart = Uint32Array.of(0, ...lines.map((_, i) => lines.slice(0, i + 1).flat().length));
  return {
    size: points.length + lines.length,
    px: Float32Array.from(points, ([x]) => x),
    py: Float32Array.from(points, ([, y]) => y),
    pointFeature: Uint32Array.from(points, (_, i) => i),
    vx: Float32Array.from(vertices, ([x]) => x),
    vy: Float32Array.from(vertices, ([, y]) => y),
    partStart,
    partFeature: Uint32Array.from(lines, (_, i) => points.length + i),
    partBox: Float32Array.from(
      lines.flatMap((line) => [
        Math.min(...line.map(([x]) => x)),
        Math.min(...line.map(([, y]) => y)),
        Math.max(...line.map(([x]) => x)),
        Math.max(...line.map(([, y]) => y)),
      ]),
    ),
    channels: [],
  };
}

/** @type {View} */
const VIEW = { zoom: 1, scale: 512, x0: 100, y0: 100, width: 200, height: 100, copies: [0], ratio: 1 };

for (const [left, right, copies] of /** @type {[number, number, number[]][]} */ ([
  [0.2, 0.8, [0]],
  [-0.2, 0.8, [-1, 0]],
  [0.2, 2.1, [0, 1, 2]],
  [1, 1.5, [1]],
]))
  test(`between ${left} and ${right} lie the copies ${copies} of the world`, () =>
    assert.deepEqual(copiesBetween(left, right), copies));

for (const [what, box, copy, seen] of /** @type {[string, number[], number, boolean][]} */ ([
  ["inside", [0.3, 0.3, 0.4, 0.35], 0, true],
  ["west of it", [0.05, 0.3, 0.15, 0.35], 0, false],
  ["around it", [0, 0, 1, 1], 0, true],
  ["south of it", [0.3, 0.5, 0.4, 0.6], 0, false],
  ["on another copy", [0.3, 0.3, 0.4, 0.35], 1, false],
]))
  test(`a box ${what} is ${seen ? "" : "not "}in view`, () =>
    assert.equal(inView(Float32Array.from(box), 0, VIEW, copy, 0), seen));

for (const [x, y, away] of [
  [5, 3, 3],
  [-3, 4, 5],
  [13, 4, 5],
  [5, 0, 0],
])
  test(`${x},${y} is ${away} from the segment from 0,0 to 10,0`, () =>
    assert.equal(distanceToSegment(x, y, 0, 0, 10, 0), away));

test("a segment of no length is a place", () => assert.equal(distanceToSegment(3, 4, 0, 0, 0, 0), 5));

const FRAME = { west: 0, north: 0, east: 10, south: 5 };
for (const [what, [ax, ay, bx, by], found] of /** @type {[string, number[], boolean][]} */ ([
  ["inside", [1, 1, 2, 2], true],
  ["through it", [-5, 2, 15, 3], true],
  ["past a corner", [-5, 3, 3, -5], false],
  ["over a corner", [-1, 1, 1, -1], true],
  ["beside it", [-5, -5, -5, 10], false],
  ["along its edge", [0, -5, 0, 10], true],
  ["of no length inside", [3, 3, 3, 3], true],
  ["of no length outside", [13, 3, 13, 3], false],
]))
  test(`a segment ${what} ${found ? "crosses" : "does not cross"} the frame`, () =>
    assert.equal(crosses(ax, ay, bx, by, FRAME), found));

test("the grid finds what a look at every box finds", () => {
  const next = random();
  const boxes = Array.from({ length: 400 }, () => {
    const [x, y] = [next(), next()];
    return [x, y, x + next() * 0.05, y + next() * 0.05];
  });
  const grid = new Grid(boxes.length, (i, box) => box.set(boxes[i]));
  for (let round = 0; round < 50; round++) {
    const [west, north] = [next(), next()];
    const [east, south] = [west + 0.1, north + 0.1];
    const found = new Set();
    grid.within(west, north, east, south, (i) => found.add(i));
    boxes.forEach((box, i) => {
      const touches = box[0] <= east && box[2] >= west && box[1] <= south && box[3] >= north;
      if (touches) assert.ok(found.has(i), `${box} in ${[west, north, east, south]}`);
    });
  }
});

test("near the date line the grid finds what lies beyond it", () => {
  const grid = new Grid(1, (_, box) => box.set([0.999, 0.5, 0.999, 0.5]));
  /** @type {number[]} */
  const found = [];
  grid.near(0.0005, 0.5, 0.01, (i) => found.push(i));
  assert.deepEqual(found, [0]);
});

test("the nearest point within reach is found", () => {
  const index = new LayerIndex(
    layerData([
      [0.5, 0.5],
      [0.51, 0.5],
    ]),
  );
  assert.equal(index.nearestPoint(0.508, 0.5, 1000, 10, all)?.feature, 1);
  assert.equal(index.nearestPoint(0.6, 0.5, 1000, 10, all), null);
});

test("of points in one place the last is found, which is drawn on top", () => {
  const index = new LayerIndex(
    layerData([
      [0.5, 0.5],
      [0.5, 0.5],
    ]),
  );
  assert.equal(index.nearestPoint(0.5, 0.5, 1000, 10, all)?.feature, 1);
});

test("a point that is not shown is passed over", () => {
  const index = new LayerIndex(
    layerData([
      [0.5, 0.5],
      [0.5, 0.5],
    ]),
  );
  assert.equal(index.nearestPoint(0.5, 0.5, 1000, 10, (feature) => feature === 0)?.feature, 0);
});

test("a point is found across the date line", () => {
  const index = new LayerIndex(layerData([[0.999, 0.5]]));
  assert.equal(index.nearestPoint(0.001, 0.5, 1000, 10, all)?.feature, 0);
});

test("the nearest line is found by its segments, each with its own reach", () => {
  const index = new LayerIndex(
    layerData(
      [],
      [
        [
          [0.1, 0.1],
          [0.9, 0.9],
        ],
        [
          [0.1, 0.2],
          [0.9, 1],
        ],
      ],
    ),
  );
  assert.equal(index.nearestLine(0.5, 0.51, 1000, () => 20, 20, all)?.feature, 0);
  assert.equal(
    index.nearestLine(0.5, 0.51, 1000, () => 1, 20, all),
    null,
  );
});

test("what lies in a frame is what a look at every feature finds", () => {
  const next = random(11);
  /** @type {[number, number][]} */
  const points = Array.from({ length: 300 }, () => [next(), next()]);
  /** @type {[number, number][][]} */
  const lines = Array.from({ length: 60 }, () => {
    /** @type {[number, number]} */
    let at = [next(), next()];
    return Array.from({ length: 30 }, () => {
      at = [Math.min(1, at[0] + next() * 0.02), Math.min(1, at[1] + next() * 0.02)];
      return at;
    });
  });
  const data = layerData(points, lines);
  const index = new LayerIndex(data);
  const wanted = (/** @type {number} */ feature) => feature % 3 !== 0;
  for (let round = 0; round < 40; round++) {
    const [west, north] = [next() * 1.5 - 0.5, next()];
    const frame = { west, north, east: west + next(), south: north + next() * 0.2 };
    assert.equal(index.within(frame, wanted).size, countWithin(data, [frame], wanted));
  }
});

test("a feature in view on two copies of the world counts once", () => {
  const data = layerData(
    [[0.5, 0.5]],
    [
      [
        [0.4, 0.4],
        [0.6, 0.6],
      ],
    ],
  );
  assert.equal(countWithin(data, [{ west: 0, north: 0, east: 2, south: 1 }], all), 2);
});

test("a line whose box is in view but no segment of it does not count", () => {
  const data = layerData(
    [],
    [
      [
        [0, 0],
        [0, 1],
        [1, 1],
      ],
    ],
  );
  assert.equal(countWithin(data, [{ west: 0.4, north: 0.2, east: 0.6, south: 0.4 }], all), 0);
});

const LAYERS = /** @type {never} */ ({});
const stopAt = (/** @type {number} */ x, /** @type {number} */ y) => ({
  stop: { layer: LAYERS, feature: x * 1000 + y },
  at: { x, y },
});

test("marks are led through from the middle of the window outwards", () => {
  const found = [stopAt(90, 50), stopAt(51, 50), stopAt(10, 10)];
  const order = nearestFirst({ x: 100, y: 100 }, [], () => found);
  assert.deepEqual(order, [found[1].stop, found[0].stop, found[2].stop]);
});

test("marks outside the window and without a place are left out", () => {
  const lost = { stop: { layer: LAYERS, feature: 1 }, at: null };
  assert.deepEqual(
    nearestFirst({ x: 100, y: 100 }, [stopAt(120, 50), lost], () => []),
    [],
  );
});

test("the window is searched no further than is needed", () => {
  const many = Array.from({ length: MAX_STOPS + 5 }, () => stopAt(50, 50));
  /** @type {number[]} */
  const shares = [];
  const order = nearestFirst({ x: 100, y: 100 }, [], (share) => {
    shares.push(share);
    return many;
  });
  assert.equal(order.length, MAX_STOPS);
  assert.deepEqual(shares, [1 / 16]);
});

test("a window with few marks is searched to its edges", () => {
  /** @type {number[]} */
  const shares = [];
  nearestFirst({ x: 100, y: 100 }, [], (share) => {
    shares.push(share);
    return [];
  });
  assert.deepEqual(shares, [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]);
});

for (const [value, at] of /** @type {[number | undefined, number][]} */ ([
  [1, 0],
  [5, 1],
  [10, 1],
  [11, -1],
  [undefined, -1],
]))
  test(`${value} lies in class ${at}`, () =>
    assert.equal(
      classOfValue(
        [
          [1, 2, 5],
          [5, 10, 7],
        ],
        value,
      ),
      at,
    ));
