import assert from "node:assert/strict";
import { test } from "node:test";
import {
  broughtHome,
  circle,
  EARTH_KM,
  MAX_LATITUDE,
  rectangle,
  stretchAt,
  toLonLat,
  toWorld,
  unrolled,
  worldScale,
  wrapLongitude,
} from "../../src/bri_map/browser/core/projection.js";

/** @import { LonLat } from "../../src/bri_map/browser/core/projection.js" */

const near = (/** @type {number} */ a, /** @type {number} */ b, least = 1e-9) =>
  assert.ok(Math.abs(a - b) <= least, `${a} is not ${b}`);

/**
 * @param {LonLat} a
 * @param {LonLat} b
 * @returns {number} Kilometres on a sphere.
 */
function distance([lon, lat], [otherLon, otherLat]) {
  const radians = Math.PI / 180;
  const half = (/** @type {number} */ angle) => Math.sin((angle * radians) / 2) ** 2;
  const h =
    half(otherLat - lat) + Math.cos(lat * radians) * Math.cos(otherLat * radians) * half(otherLon - lon);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

for (const [lon, wrapped] of [
  [0, 0],
  [180, -180],
  [-180, -180],
  [188, -172],
  [-190, 170],
  [540, -180],
  [725, 5],
])
  test(`${lon} degrees are the meridian ${wrapped}`, () => assert.equal(wrapLongitude(lon), wrapped));

test("the world is 256 pixels wide at zoom 0 and twice as wide at each further one", () => {
  assert.deepEqual([0, 1, 5].map(worldScale), [256, 512, 8192]);
});

test("null island lies in the middle of the world", () => assert.deepEqual(toWorld([0, 0]), [0.5, 0.5]));

test("the northern edge of the map is the one of the square world", () => {
  near(toWorld([0, MAX_LATITUDE])[1], 0, 1e-6);
  near(toWorld([0, -MAX_LATITUDE])[1], 1, 1e-6);
});

test("the poles are drawn at the edge", () => {
  assert.deepEqual(toWorld([0, 90]), toWorld([0, MAX_LATITUDE]));
});

for (const place of /** @type {LonLat[]} */ ([
  [0, 0],
  [66, 27],
  [-170, -60],
  [179.9, 84],
]))
  test(`${place} is where it was after a way to the map and back`, () => {
    const [lon, lat] = toLonLat(toWorld(place));
    near(lon, place[0]);
    near(lat, place[1]);
  });

test("things at 60 degrees north are drawn twice as long as at the equator", () => {
  near(stretchAt(0.5), 1);
  near(stretchAt(toWorld([0, 60])[1]), 2, 1e-6);
});

test("longitudes do not jump at the date line once unrolled", () => {
  /** @type {LonLat[]} */
  const corners = [
    [170, 0],
    [-170, 0],
    [-160, 5],
    [175, 5],
  ];
  assert.deepEqual(
    unrolled(corners).map(([lon]) => lon),
    [170, 190, 200, 175],
  );
  assert.deepEqual(unrolled([]), []);
});

test("a shape is brought home by as many turns as its westernmost corner needs", () => {
  /** @type {LonLat[]} */
  const corners = [
    [532, 0],
    [548, 0],
    [548, 5],
  ];
  assert.deepEqual(broughtHome(corners), [
    [172, 0],
    [188, 0],
    [188, 5],
  ]);
});

test("a shape that is at home stays", () => {
  /** @type {LonLat[]} */
  const corners = [
    [-170, 0],
    [170, 0],
    [170, 5],
  ];
  assert.deepEqual(broughtHome(corners), corners);
});

for (const [centre, km] of /** @type {[LonLat, number][]} */ ([
  [[66, 27], 100],
  [[179, -17], 500],
  [[10, 80], 1500],
]))
  test(`every place of a circle of ${km} km around ${centre} is that far away`, () => {
    for (const place of circle(centre, km)) near(distance(centre, place), km, 1e-6 * km);
  });

test("a circle across the date line does not jump there", () => {
  const corners = circle([179, -17], 500);
  for (let i = 1; i < corners.length; i++) assert.ok(Math.abs(corners[i][0] - corners[i - 1][0]) < 5);
});

test("a circle around a pole goes once round the world", () => {
  const corners = circle([0, 85], 2000);
  near(Math.abs(corners[0][0] - corners[corners.length - 1][0]), 360, 1e-6);
});

test("a box across the date line goes on beyond 180", () => {
  assert.deepEqual(
    rectangle([170, -10, -170, 10]).map(([lon]) => lon),
    [170, 190, 190, 170],
  );
  assert.deepEqual(
    rectangle([-170, -10, 170, 10]).map(([lon]) => lon),
    [-170, 170, 170, -170],
  );
});
