import assert from "node:assert/strict";
import { test } from "node:test";
import { Cluster, cluster, group, middles } from "../../src/bri_map/browser/cluster/cluster.js";
import { radiusOf } from "../../src/bri_map/browser/cluster/cluster-painter.js";
import { countBits } from "../../src/bri_map/browser/core/bits.js";
import {
  boxesAlong,
  boxesBeside,
  findSpot,
  overlap,
  Room,
  STEP,
  sampledRuns,
  shortened,
  spotsOf,
  stretches,
} from "../../src/bri_map/browser/labels/placement.js";
import { littleEndian } from "../../src/bri_map/browser/layers/points.js";
import { PLAIN } from "../../src/bri_map/browser/marks/layer-mark.js";
import { palette } from "../../src/bri_map/browser/marks/palette.js";
import { lineStyle } from "../../src/bri_map/browser/marks/strokes.js";
import { pointRadius, pointStyle } from "../../src/bri_map/browser/marks/symbols.js";

/** @import { LayerMark } from "../../src/bri_map/browser/marks/layer-mark.js" */

/** @type {LayerMark} */
const PARKS = { ...PLAIN, id: "parks", symbol: "circle", palette: "parks", kinds: ["agricultural"] };
/** @type {LayerMark} */
const PROJECTS = { ...PLAIN, id: "projects", symbol: "diamond", palette: "sectors", has_signs: true };
/** @type {LayerMark} */
const RAIL = { ...PLAIN, id: "rail", symbol: "line", palette: "rail" };
/** @type {LayerMark} */
const CORRIDORS = { ...PLAIN, id: "corridors", symbol: "band", palette: "corridors" };
/** @type {LayerMark} */
const PORTS = { ...PLAIN, id: "ports", palette: "categories", kinds: ["deep-sea", "river", "dry"] };
/** @param {number} index */
const hueOf = (index) => palette.mark(CORRIDORS, { kind: "" }, index);

/** @import { View } from "../../src/bri_map/browser/core/view.js" */
/** @import { Box, Spot } from "../../src/bri_map/browser/labels/placement.js" */

/** @param {[number, number][]} places @param {number[]} [hidden] */
function layerOf(places, hidden = []) {
  const bits = new Uint8Array(Math.ceil(places.length / 8)).fill(255);
  for (const i of hidden) bits[i >> 3] &= ~(1 << (i & 7));
  const data = {
    px: Float32Array.from(places, ([x]) => x),
    py: Float32Array.from(places, ([, y]) => y),
    pointFeature: Uint32Array.from(places, (_, i) => i),
  };
  return { data, bits };
}

test("places within reach of the first of a group join it", () => {
  const found = group(Float64Array.of(0.5, 0.505, 0.6), Float64Array.of(0.5, 0.5, 0.5), 0.01);
  assert.deepEqual([...found.group], [0, 0, 1]);
  assert.equal(found.count, 2);
});

test("a place joins the nearest of two groups", () => {
  const found = group(Float64Array.of(0.5, 0.516, 0.509), Float64Array.of(0.5, 0.5, 0.5), 0.01);
  assert.deepEqual([...found.group], [0, 1, 1]);
});

test("places on both sides of the date line are near each other", () => {
  const [x, y] = [Float64Array.of(0.999, 0.001), Float64Array.of(0.5, 0.5)];
  const found = group(x, y, 0.01);
  assert.equal(found.count, 1);
  const middle = middles(x, y, Float64Array.of(1, 1), found);
  assert.ok(Math.abs(middle.x[0] - Math.round(middle.x[0])) < 1e-9);
});

test("the middle of a group is weighted by the number of members", () => {
  const found = middles(Float64Array.of(0.1, 0.2), Float64Array.of(0.5, 0.5), Float64Array.of(3, 1), {
    group: Int32Array.of(0, 0),
    count: 1,
  });
  assert.ok(Math.abs(found.x[0] - 0.125) < 1e-12);
  assert.equal(found.total[0], 4);
});

for (const zoom of [2, 5, 9, 12])
  test(`at zoom ${zoom} every visible point is in one cluster or alone`, () => {
    let state = 5;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const places = Array.from({ length: 500 }, () => /** @type {[number, number]} */ ([next(), next()]));
    const layers = [layerOf(places, [3, 77]), layerOf(places.slice(0, 100))];
    const { clusters, alone } = cluster(layers, zoom);
    const single = layers.map((layer) => countBits(alone.get(layer) ?? null, layer.data.px.length));
    const members = clusters.map((one) => one.count);
    assert.equal(
      [...single, ...members].reduce((a, b) => a + b),
      598,
    );
    assert.ok(members.every((count) => count > 1));
  });

test("a hidden point is in no cluster", () => {
  const layer = layerOf(
    [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.5, 0.5],
    ],
    [1],
  );
  const [one] = cluster([layer], 5).clusters;
  assert.deepEqual(
    one.members.map(({ feature }) => feature),
    [0, 2],
  );
});

test("points of two layers in one place are one cluster of both", () => {
  const layers = [layerOf([[0.5, 0.5]]), layerOf([[0.5, 0.5]])];
  const [one] = cluster(layers, 5).clusters;
  assert.deepEqual(
    one.members.map(({ layer }) => layers.indexOf(layer)),
    [0, 1],
  );
  assert.ok(one instanceof Cluster);
});

test("a layer that is off or empty is passed over", () => {
  const off = {
    ...layerOf([
      [0.5, 0.5],
      [0.5, 0.5],
    ]),
    bits: null,
  };
  assert.deepEqual(cluster([off, layerOf([]), { data: null, bits: null }], 5).clusters, []);
});

test("what is one cluster from afar is none from near", () => {
  const layer = layerOf([
    [0.5, 0.5],
    [0.501, 0.5],
  ]);
  assert.equal(cluster([layer], 3).clusters.length, 1);
  assert.equal(cluster([layer], 12).clusters.length, 0);
});

test("the more members, the greater the mark, to a limit", () => {
  const sizes = [2, 10, 100, 1000, 1e6, 1e9].map(radiusOf);
  assert.deepEqual(
    sizes,
    [...sizes].sort((a, b) => a - b),
  );
  assert.equal(sizes[5], 30);
});

// --- names -------------------------------------------------------------------------------------------

/** @type {View} */
const VIEW = { zoom: 3, scale: 2048, x0: 0, y0: 0, width: 600, height: 400, copies: [0], ratio: 1 };
/** @type {Spot[]} */
const STRAIGHT = Array.from({ length: 60 }, (_, i) => [60 + i * STEP, 200]);
const rooms = () => ({ names: new Room(), data: new Room() });

test("a box that touches another only at its edge does not lie on it", () => {
  assert.equal(overlap([0, 0, 10, 10], [10, 0, 20, 10]), false);
  assert.equal(overlap([0, 0, 10, 10], [9, 9, 20, 20]), true);
});

test("room that is taken is not free, beside it is", () => {
  const room = new Room();
  room.take([100, 100, 300, 120]);
  assert.equal(room.isFree([290, 110, 310, 115]), false);
  assert.equal(room.isFree([290, 121, 310, 130]), true);
  assert.equal(room.isFree([-50, -50, -10, -10]), true);
});

test("a place is on the canvas once for each copy of the world in view", () => {
  const spots = spotsOf({ ...VIEW, x0: -2048, copies: [-1, 0] }, 0.125, 0.125, 2048);
  assert.deepEqual(spots, [
    [256, 256],
    [2304, 256],
  ]);
  assert.deepEqual(spotsOf(VIEW, 0.1, 0.9, 160), []);
});

test("a name stands right of its place, else left, above, below", () => {
  const [right, left, above, below] = boxesBeside(100, 100, 50, 10, false);
  assert.ok(right[0] > 100 && left[2] < 100 && above[3] < 100 && below[1] > 100);
  for (const [west, north, east, south] of [right, left, above, below])
    assert.ok(west > 100 || east < 100 || north > 100 || south < 100, "the place itself stays free");
});

test("where data covers a town its name may stand farther off", () => {
  const boxes = boxesBeside(100, 100, 50, 10, true);
  assert.equal(boxes.length, 8);
  assert.equal(boxes[4][0] - boxes[0][0], 8);
});

test("boxes along a turned name cover it from end to end", () => {
  const boxes = boxesAlong(0, 0, Math.PI / 2, 100);
  assert.ok(Math.min(...boxes.map((box) => box[1])) <= -45);
  assert.ok(Math.max(...boxes.map((box) => box[3])) >= 45);
});

test("a straight line is named near the middle of the window", () => {
  const spot = findSpot([STRAIGHT], VIEW, 100, 0, rooms());
  assert.ok(spot && Math.abs(spot.x - 300) < 3 * STEP && spot.y === 200 && spot.angle === 0);
});

test("a name reads from left to right on a line that runs to the left", () => {
  assert.equal(Math.abs(findSpot([[...STRAIGHT].reverse()], VIEW, 100, 0, rooms())?.angle ?? 9), 0);
});

test("a name gives way to other names", () => {
  const taken = rooms();
  taken.names.take([0, 150, 400, 250]);
  const spot = findSpot([STRAIGHT], VIEW, 100, 0, taken);
  assert.ok(spot?.boxes.every((box) => taken.names.isFree(box)));
});

test("a name gives way to data where it can and stands on it where it cannot", () => {
  const some = rooms();
  some.data.take([250, 190, 350, 210]);
  assert.ok(findSpot([STRAIGHT], VIEW, 60, 0, some)?.boxes.every((box) => some.data.isFree(box)));
  const full = rooms();
  full.data.take([0, 0, 600, 400]);
  assert.notEqual(findSpot([STRAIGHT], VIEW, 60, 0, full), null);
});

test("a line that is bent or too short has no place for a name", () => {
  const bent = Array.from(
    { length: 40 },
    (_, i) => /** @type {Spot} */ ([200 + 30 * Math.cos(i / 2), 200 + 30 * Math.sin(i / 2)]),
  );
  assert.deepEqual(stretches([bent], VIEW, 100), []);
  assert.equal(findSpot([STRAIGHT.slice(0, 5)], VIEW, 100, 0, rooms()), null);
});

test("a line is sampled at even distances, in runs that stay on the canvas", () => {
  const lines = {
    vx: [0.1, 0.2, 0.9, 0.2],
    vy: [0.1, 0.1, 0.1, 0.15],
    partStart: [0, 4],
    partBox: Float32Array.of(0.1, 0.1, 0.9, 0.15),
  };
  const runs = sampledRuns(lines, [0], VIEW);
  assert.equal(runs.length, 2);
  for (const run of runs) {
    assert.ok(run.every(([x, y]) => x > 0 && x < 600 && y > 0 && y < 400));
    const [[ax, ay], [bx, by]] = run;
    assert.ok(Math.abs(Math.hypot(bx - ax, by - ay) - STEP) < 1e-6);
  }
});

test("a long name is cut to its width, a short one left", () => {
  const widthOf = (/** @type {string} */ text) => text.length;
  assert.equal(shortened("China-Laos railway", 11, widthOf), "China-Laos…");
  assert.equal(shortened("Gwadar", 11, widthOf), "Gwadar");
});

test("a name is cut between characters, not within one", () => {
  assert.equal(
    shortened("𠮷野家港口", 3, (text) => [...text].length),
    "𠮷野…",
  );
});

// --- looks -------------------------------------------------------------------------------------------

/** @param {string} theme @param {string} scheme @param {() => void} act */
function inColours(theme, scheme, act) {
  palette.choose(theme, scheme);
  try {
    act();
  } finally {
    palette.choose("light", "kind");
  }
}

test("a choice of colours says whether anything has changed", () => {
  assert.equal(palette.choose("light", "kind"), false);
  inColours("dark", "kind", () => assert.equal(palette.choose("dark", "kind"), false));
});

test("a theme that is not known is the light one", () => {
  const { land } = palette.COLOURS;
  inColours("sepia", "sector", () => assert.equal(palette.COLOURS.land, land));
});

test("colours of the dark theme are others than those of the light one", () => {
  const { land, ink } = palette.COLOURS;
  inColours("dark", "kind", () => {
    assert.notEqual(palette.COLOURS.land, land);
    assert.notEqual(palette.COLOURS.ink, ink);
  });
});

test("projects are coloured by green rating when that is the scheme, and without one as unrated", () => {
  inColours("light", "green", () => {
    assert.equal(palette.mark(PROJECTS, { kind: "ict", rating: "green" }), palette.COLOURS.ratings.green);
    assert.equal(palette.mark(PROJECTS, { kind: "ict" }), palette.COLOURS.ratings.unrated);
  });
});

test("sectors of one group have one colour", () => {
  inColours("light", "sector", () => {
    assert.equal(palette.mark(PROJECTS, { kind: "ports" }), palette.mark(PROJECTS, { kind: "railway" }));
    assert.notEqual(palette.mark(PROJECTS, { kind: "ports" }), palette.mark(PROJECTS, { kind: "ict" }));
  });
});

test("a scheme of the projects leaves the parks as they are", () => {
  const before = palette.mark(PARKS, { kind: "agricultural" });
  inColours("light", "green", () => assert.equal(palette.mark(PARKS, { kind: "agricultural" }), before));
});

test("fewer classes than colours are spread over the ramp", () => {
  const { classes } = palette.COLOURS;
  assert.deepEqual(
    [0, 1, 2].map((at) => palette.valueClass(at, 3)),
    [classes[0], classes[2], classes[4]],
  );
  assert.equal(palette.valueClass(0, 1), classes[3]);
});

test("corridors beyond the hues begin again", () => {
  const { length } = palette.COLOURS.corridors;
  assert.equal(hueOf(length), hueOf(0));
});

for (const [status, mark] of [
  ["under-construction", "dot"],
  ["early-stage", "ring"],
  ["suspended", "slash"],
  ["cancelled", "cross"],
  ["unknown", "question"],
  ["completed", ""],
])
  test(`a point that is ${status} has ${mark || "no mark"}`, () =>
    assert.equal(pointStyle(PARKS, { kind: "agricultural", status }, 4, false).mark, mark));

test("a rough position is drawn hollow", () => {
  assert.equal(pointStyle(PARKS, { kind: "x", precision: "district" }, 4, false).hollow, true);
  assert.equal(pointStyle(PARKS, { kind: "x", precision: "site" }, 4, false).hollow, false);
});

test("where there is a crowd points have no marks", () => {
  const style = pointStyle(PARKS, { kind: "x", status: "unknown", precision: "country" }, 4, true);
  assert.deepEqual([style.mark, style.hollow, style.radius], ["", false, 3.2]);
});

test("projects show their sector from near", () => {
  assert.equal(pointStyle(PROJECTS, { kind: "ports" }, 6, false).glyph, "ports");
  assert.equal(pointStyle(PROJECTS, { kind: "ports" }, 5, false).glyph, "");
});

test("points grow with the zoom", () => {
  const sizes = [3, 5, 8, 12].map((zoom) => pointRadius(PROJECTS, zoom, false));
  assert.deepEqual(
    sizes,
    [...sizes].sort((a, b) => a - b),
  );
});

test("styles that look the same have the same key", () => {
  const look = { kind: "agricultural", status: "completed" };
  assert.equal(pointStyle(PARKS, look, 4, false).key, pointStyle(PARKS, { ...look }, 5, false).key);
  assert.notEqual(pointStyle(PARKS, look, 4, false).key, pointStyle(PARKS, look, 9, false).key);
});

for (const [what, look, dashed] of /** @type {[string, {kind: string, status: string}, boolean][]} */ ([
  ["completed railway", { kind: "conventional", status: "completed" }, false],
  ["railway under construction", { kind: "conventional", status: "under-construction" }, true],
  ["railway of unknown status", { kind: "conventional", status: "unknown" }, true],
]))
  test(`a ${what} is ${dashed ? "" : "not "}dashed`, () =>
    assert.equal(Boolean(lineStyle(RAIL, look, 6, 0).passes[1].dash), dashed));

test("what is suspended is grey", () => {
  const { stopped } = palette.COLOURS;
  assert.equal(lineStyle(RAIL, { kind: "metro", status: "suspended" }, 6, 0).colour, stopped);
  assert.equal(lineStyle(PROJECTS, { kind: "ict", status: "cancelled" }, 6, 0).colour, stopped);
});

test("a high-speed line is double from near", () => {
  const look = { kind: "high-speed", status: "completed" };
  assert.equal(lineStyle(RAIL, look, 5, 0).passes.length, 3);
  assert.equal(lineStyle(RAIL, look, 4, 0).passes.length, 2);
});

test("sea and air routes carry their glyph, land corridors none", () => {
  assert.equal(lineStyle(CORRIDORS, { kind: "maritime-route" }, 3, 0).beads?.name, "wave");
  assert.equal(lineStyle(CORRIDORS, { kind: "air-route" }, 3, 0).beads?.name, "airports");
  assert.equal(lineStyle(CORRIDORS, { kind: "economic-corridor" }, 3, 0).beads, undefined);
});

test("each corridor has its own hue", () => {
  const hues = [0, 1, 2].map((index) => lineStyle(CORRIDORS, { kind: "economic-corridor" }, 3, index).colour);
  assert.equal(new Set(hues).size, 3);
});

test("a colour as pixels hold it is opaque, with red first", () => {
  assert.equal(littleEndian("#123456"), 0xff563412);
});

test("a layer without colours of its own has one for each kind, by its place", () => {
  const colours = PORTS.kinds.map((kind) => palette.mark(PORTS, { kind }));
  assert.equal(new Set(colours).size, 3);
  assert.equal(palette.mark(PORTS, { kind: "canal" }), palette.COLOURS.unknown);
});

test("only a layer that is recoloured follows the scheme", () => {
  inColours("light", "green", () => {
    assert.equal(palette.ratingSign(PROJECTS, { kind: "ict", rating: "red" }), "cross");
    assert.equal(palette.ratingSign(PORTS, { kind: "river", rating: "red" }), "");
  });
});

test("a layer of any symbol can be drawn as a line", () => {
  const look = { kind: "river", status: "completed" };
  assert.equal(lineStyle(PORTS, look, 6, 0).colour, palette.mark(PORTS, look));
  assert.equal(lineStyle({ ...PORTS, symbol: "band" }, look, 6, 0).width, 12);
});
