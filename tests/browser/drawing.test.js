import assert from "node:assert/strict";
import { test } from "node:test";
import { areaEvent, boxEvent, nearEvent } from "../../src/bri_map/browser/draw/sent.js";
import { circleShape, shapesOf } from "../../src/bri_map/browser/draw/shapes.js";

/** @import { LonLat } from "../../src/bri_map/browser/core/projection.js" */

/** Numbers from 0 to 1, the same at every run. */
function random(seed = 7) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * @param {LonLat[]} corners
 * @returns {number[][]} From each corner to the next: the shape, wherever it is.
 */
const sides = (corners) =>
  corners.map(([lon, lat], i) => {
    const [nextLon, nextLat] = corners[(i + 1) % corners.length];
    return [nextLon - lon, nextLat - lat];
  });

test("a polygon across the 180th meridian is sent as it was drawn", () => {
  const { area } = areaEvent([
    [172, -20],
    [188, -20],
    [188, -10],
    [172, -10],
  ]);
  assert.deepEqual(area, [
    [172, -20],
    [188, -20],
    [188, -10],
    [172, -10],
  ]);
});

test("a polygon on another copy of the world is moved as a whole", () => {
  const { area } = areaEvent([
    [-548, -20],
    [-532, -20],
    [-532, -10],
  ]);
  assert.deepEqual(area, [
    [172, -20],
    [188, -20],
    [188, -10],
  ]);
});

test("whatever is drawn, what is sent and what is then drawn are the same shape", () => {
  const next = random();
  for (let round = 0; round < 500; round++) {
    const [lon, width] = [(next() - 0.5) * 2000, next() * 359];
    const count = 3 + Math.floor(next() * 9);
    const drawn = Array.from({ length: count }, () => {
      /** @type {LonLat} */
      const corner = [lon + next() * width, (next() - 0.5) * 160];
      return corner;
    });
    const { area } = areaEvent(drawn);
    const west = Math.min(...area.map(([one]) => one));
    assert.ok(west >= -180 && west <= 180, `begins at ${west}`);
    const [shape] = shapesOf({ bbox: null, area, near: null });
    assert.equal(shape.corners, area);
    sides(drawn).forEach(([dx, dy], i) => {
      const [sentX, sentY] = sides(shape.corners)[i];
      assert.ok(Math.abs(dx - sentX) < 2e-4 && Math.abs(dy - sentY) < 2e-4, `side ${i} of ${drawn}`);
    });
  }
});

test("a polygon as wide as half the world and more keeps its long sides", () => {
  /** @type {LonLat[]} */
  const drawn = [
    [-170, 0],
    [170, 0],
    [170, 40],
  ];
  assert.deepEqual(shapesOf({ bbox: null, area: areaEvent(drawn).area, near: null })[0].corners, drawn);
});

for (const [drawn, sent] of /** @type {[[number, number, number, number], number[]][]} */ ([
  [
    [10, 20, 30, 40],
    [10, 20, 30, 40],
  ],
  [
    [170, -10, 190, 10],
    [170, -10, -170, 10],
  ],
  [
    [-190, -10, -170, 10],
    [170, -10, -170, 10],
  ],
  [
    [160, -10, 180, 10],
    [160, -10, 180, 10],
  ],
  [
    [-300, -10, 300, 10],
    [-180, -10, 180, 10],
  ],
  [
    [530, 0, 550, 5],
    [170, 0, -170, 5],
  ],
]))
  test(`a rectangle drawn at ${drawn} is sent as ${sent}`, () =>
    assert.deepEqual(boxEvent(drawn), { event: "bbox", bbox: sent }));

test("a rectangle across the date line is drawn where it was drawn", () => {
  const { bbox } = boxEvent([170, -10, 190, 10]);
  const [shape] = shapesOf({ bbox, area: null, near: null });
  assert.deepEqual(shape.corners[1], [190, -10]);
});

test("a circle is sent with its middle on the first copy of the world", () => {
  assert.deepEqual(nearEvent([425.5, 10], 50), { event: "near", lon: 65.5, lat: 10, km: 50 });
});

test("numbers are rounded to what a link carries", () => {
  assert.deepEqual(nearEvent([65.123456, 10.98765], 50), {
    event: "near",
    lon: 65.1235,
    lat: 10.9877,
    km: 50,
  });
});

test("a circle round a pole encloses nothing on the map", () => {
  assert.equal(circleShape([0, 85], 2000).closed, false);
  assert.equal(circleShape([0, 27], 2000).closed, true);
});

test("what is not asked for is not drawn", () => {
  assert.deepEqual(shapesOf({ bbox: null, area: null, near: null }), []);
});

test("the reach around a feature is drawn with the feature, not as a circle", () => {
  const near = { feature: "gwadar-port", layer: "projects", index: 3, km: 100 };
  assert.deepEqual(shapesOf({ bbox: null, area: null, near }), []);
});
