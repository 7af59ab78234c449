import assert from "node:assert/strict";
import { test } from "node:test";
import { countryAt, decodeTopology, traceArcs, traceBody } from "../../src/bri_map/browser/core/topology.js";

const GRID = 16;
const COAST = 1;
const BORDER = 2;

/** Writes a file as basemap.py does; arcs in steps of a sixteenth of the world. */
function packed(
  /** @type {{codes: string[], bodies: number[][][], arcs: [number, number][][], kinds: number[]}} */ {
    codes,
    bodies,
    arcs,
    kinds,
  },
) {
  const rings = bodies.flat();
  const uses = rings.flat();
  const vertices = arcs.flat();
  const starts = (/** @type {unknown[][]} */ lists) => {
    let total = 0;
    return [0, ...lists.map((list) => (total += list.length))];
  };
  const [x, y] = [0, 1].map((axis) => {
    let last = 0;
    return vertices.flatMap((vertex) => {
      const step = vertex[axis] - last;
      last = vertex[axis];
      return varint(step);
    });
  });
  const words = [0x31545242, GRID, bodies.length, rings.length, uses.length, arcs.length, vertices.length];
  const letters = codes.flatMap((code) => [...code.padEnd(4, "\0")].map((letter) => letter.charCodeAt(0)));
  return Uint8Array.from([
    ...new Uint8Array(Uint32Array.of(...words, x.length, y.length).buffer),
    ...letters,
    ...new Uint8Array(Uint32Array.from([...starts(bodies), ...starts(rings)]).buffer),
    ...new Uint8Array(Int32Array.from(uses).buffer),
    ...new Uint8Array(Uint32Array.from(starts(arcs)).buffer),
    ...kinds,
    ...x,
    ...y,
  ]).buffer;
}

function varint(/** @type {number} */ value) {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  const bytes = [];
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}

/** Two countries side by side, the eastern one across the antimeridian. */
const NEIGHBOURS = packed({
  codes: ["", "AAA", "BBB"],
  bodies: [[[0, 2]], [[0, 1]], [[~1, 2]]],
  arcs: [
    [
      [14, 8],
      [12, 8],
      [12, 4],
      [14, 4],
    ],
    [
      [14, 4],
      [14, 8],
    ],
    [
      [14, 4],
      [17, 4],
      [17, 8],
      [14, 8],
    ],
  ],
  kinds: [COAST, BORDER, COAST],
});

/** Land round the south pole: its ring ends one world east of where it begins. */
const POLE = packed({
  codes: ["", "ATA"],
  bodies: [[[0]], [[0]]],
  arcs: [
    [
      [0, 14],
      [8, 12],
      [16, 14],
    ],
  ],
  kinds: [COAST],
});

/** Keeps what is drawn, and fills by the even-odd rule. */
class Recorder {
  /** @type {[number, number][][]} */
  paths = [];

  moveTo(/** @type {number} */ x, /** @type {number} */ y) {
    this.paths.push([[x, y]]);
  }

  lineTo(/** @type {number} */ x, /** @type {number} */ y) {
    this.paths.at(-1)?.push([x, y]);
  }

  covers(/** @type {number} */ px, /** @type {number} */ py) {
    let isInside = false;
    for (const path of this.paths) {
      path.forEach(([bx, by], i) => {
        const [ax, ay] = path.at(i - 1) ?? [0, 0];
        if (ay > py !== by > py && px < ((ax - bx) * (py - by)) / (ay - by) + bx) isInside = !isInside;
      });
    }
    return isInside;
  }
}

const view = (/** @type {object} */ given = {}) => ({
  zoom: 0,
  scale: 160,
  x0: 0,
  y0: 0,
  width: 320,
  height: 160,
  copies: [0, 1],
  ratio: 1,
  ...given,
});

const context = (/** @type {Recorder} */ recorder) =>
  /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (recorder));

function filled(
  /** @type {ArrayBuffer} */ file,
  /** @type {number} */ body,
  /** @type {object} */ given = {},
) {
  const recorder = new Recorder();
  traceBody(context(recorder), decodeTopology(file), body, view(given), 4);
  return recorder;
}

test("codes, arcs and boxes are read as they were written", () => {
  const { codes, x, y, start, coasts, borders, arcBox } = decodeTopology(NEIGHBOURS);
  assert.deepEqual(codes, ["", "AAA", "BBB"]);
  assert.deepEqual([...start], [0, 4, 6, 10]);
  assert.deepEqual([...x.subarray(0, 4)], [14 / 16, 12 / 16, 12 / 16, 14 / 16]);
  assert.deepEqual([...y.subarray(4, 6)], [4 / 16, 8 / 16]);
  assert.deepEqual([...coasts], [0, 2]);
  assert.deepEqual([...borders], [1]);
  assert.deepEqual([...arcBox.subarray(8, 12)], [14 / 16, 4 / 16, 17 / 16, 8 / 16]);
});

test("long steps take several bytes", () => {
  const far = packed({
    codes: [""],
    bodies: [[[0]]],
    arcs: [
      [
        [100000, -70],
        [3, 20000],
        [100000, -70],
      ],
    ],
    kinds: [COAST],
  });
  assert.deepEqual([...decodeTopology(far).x], [100000 / 16, 3 / 16, 100000 / 16]);
  assert.deepEqual([...decodeTopology(far).y], [-70 / 16, 20000 / 16, -70 / 16]);
});

test("what is no basemap is refused", () => {
  assert.throws(() => decodeTopology(new ArrayBuffer(64)), /not a basemap/);
  assert.throws(() => decodeTopology(new ArrayBuffer(2)), /not a basemap/);
});

test("land is filled in every copy of the world, across the antimeridian too", () => {
  const land = filled(NEIGHBOURS, 0);
  assert.ok(land.covers(130, 60));
  assert.ok(land.covers(5, 60), "the eastern end of the copy before");
  assert.ok(land.covers(165, 60));
  assert.ok(land.covers(290, 60));
  assert.ok(!land.covers(60, 60));
  assert.ok(!land.covers(130, 100));
});

test("neighbours meet along the arc that they share", () => {
  const [west, east] = [filled(NEIGHBOURS, 1), filled(NEIGHBOURS, 2)];
  assert.deepEqual([west.covers(139, 60), east.covers(139, 60)], [true, false]);
  assert.deepEqual([west.covers(141, 60), east.covers(141, 60)], [false, true]);
});

test("a ring round the world is closed along the edge of the map", () => {
  const land = filled(POLE, 0);
  assert.ok(land.covers(80, 150));
  assert.ok(land.covers(2, 158));
  assert.ok(land.covers(240, 150));
  assert.ok(!land.covers(80, 100));
});

test("what lies beside the canvas fills the same and needs no vertices", () => {
  const steps = Array.from(
    { length: 60 },
    (_, i) => /** @type {[number, number]} */ ([2 + (i % 2), 2 + i / 5]),
  );
  const comb = packed({
    codes: [""],
    bodies: [[[0, 1]]],
    arcs: [
      steps.map(([x, y]) => [x, Math.round(y)]),
      [
        [3, 14],
        [14, 14],
        [14, 2],
        [2, 2],
      ],
    ],
    kinds: [COAST, COAST],
  });
  const near = filled(comb, 0, { x0: 60, y0: 40, width: 50, height: 40, copies: [0] });
  assert.ok(near.covers(25, 20));
  assert.ok(near.paths.flat().length < 10);
});

test("coasts are stroked without streaks between their arcs", () => {
  const recorder = new Recorder();
  const topology = decodeTopology(NEIGHBOURS);
  traceArcs(context(recorder), topology, topology.coasts, view({ copies: [0] }), 0.8);
  assert.deepEqual(
    recorder.paths.map((path) => path.length),
    [4, 4, 4],
    "the first arc once, the second in this copy and in the one before",
  );
});

test("a place lies in its country", () => {
  const neighbours = decodeTopology(NEIGHBOURS);
  assert.equal(countryAt(neighbours, 13 / 16, 6 / 16), "AAA");
  assert.equal(countryAt(neighbours, 15 / 16, 6 / 16), "BBB");
  assert.equal(countryAt(neighbours, 0.5 / 16, 6 / 16), "BBB");
  assert.equal(countryAt(neighbours, 1 + 0.5 / 16, 6 / 16), "BBB", "in another copy of the world");
  assert.equal(countryAt(neighbours, 8 / 16, 6 / 16), "");
  assert.equal(countryAt(neighbours, 13 / 16, 9 / 16), "");
});

test("a place by the pole lies in the country round it", () => {
  const pole = decodeTopology(POLE);
  assert.equal(countryAt(pole, 0.3, 15.5 / 16), "ATA");
  assert.equal(countryAt(pole, 0.99, 15.9 / 16), "ATA");
  assert.equal(countryAt(pole, 0.3, 0.2), "");
});
