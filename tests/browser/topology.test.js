import assert from "node:assert/strict";
import { test } from "node:test";
import { countryAt, decodeTopology, traceArcs, traceBody } from "../../src/bri_map/browser/core/topology.js";

const GRID = 100;

/** @param {number} value */
function varint(value) {
  const bytes = [];
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return [...bytes, rest];
}

/** @param {number[]} values In steps of the grid. */
const steps = (values) => values.flatMap((value, i) => varint(value - (i ? values[i - 1] : 0)));

/**
 * Pack territories as basemap.py does.
 * @param {string[]} codes
 * @param {number[][][]} bodies Uses of arcs, ring by ring.
 * @param {{kind: number, line: [number, number][]}[]} arcs In steps of the grid.
 */
function packed(codes, bodies, arcs) {
  const rings = bodies.flat();
  const uses = rings.flat();
  const vertices = arcs.flatMap(({ line }) => line);
  const xs = steps(vertices.map(([x]) => x));
  const ys = steps(vertices.map(([, y]) => y));
  const ends = (/** @type {number[]} */ lengths) => {
    return [0, ...lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0))];
  };
  const letters = codes.flatMap((code) => [...code.padEnd(4, "\0")].map((letter) => letter.charCodeAt(0)));
  const header = [
    0x31545242,
    GRID,
    codes.length,
    rings.length,
    uses.length,
    arcs.length,
    vertices.length,
    xs.length,
    ys.length,
  ];
  const words = (/** @type {number[]} */ values) => [...new Uint8Array(Int32Array.from(values).buffer)];
  return Uint8Array.from([
    ...words(header),
    ...letters,
    ...words(ends(bodies.map((body) => body.length))),
    ...words(ends(rings.map((ring) => ring.length))),
    ...words(uses),
    ...words(ends(arcs.map(({ line }) => line.length))),
    ...arcs.map(({ kind }) => kind),
    ...xs,
    ...ys,
  ]).buffer;
}

/** Two countries side by side, with a border between them, and both together as land. */
const PAIR = packed(
  ["", "CHN", "LAO"],
  [[[0, 1]], [[0, 2]], [[1, -3]]],
  [
    {
      kind: 1,
      line: [
        [20, 20],
        [10, 20],
        [10, 10],
        [20, 10],
      ],
    },
    {
      kind: 1,
      line: [
        [20, 10],
        [30, 10],
        [30, 20],
        [20, 20],
      ],
    },
    {
      kind: 2,
      line: [
        [20, 10],
        [20, 20],
      ],
    },
  ],
);

/** An island across the date line. */
const ACROSS = packed(
  ["", "FJI"],
  [[[0]], [[0]]],
  [
    {
      kind: 1,
      line: [
        [98, 60],
        [102, 60],
        [102, 64],
        [98, 64],
        [98, 60],
      ],
    },
  ],
);

const VIEW = { zoom: 2, scale: 1000, x0: 0, y0: 0, width: 1000, height: 1000, copies: [0], ratio: 1 };

function pen() {
  /** @type {string[]} */
  const drawn = [];
  return {
    drawn,
    moveTo: (/** @type {number} */ x, /** @type {number} */ y) =>
      drawn.push(`M${Math.round(x)},${Math.round(y)}`),
    lineTo: (/** @type {number} */ x, /** @type {number} */ y) =>
      drawn.push(`L${Math.round(x)},${Math.round(y)}`),
  };
}

test("a basemap file gives codes, coasts and borders", () => {
  const { codes, coasts, borders } = decodeTopology(PAIR);
  assert.deepEqual(codes, ["", "CHN", "LAO"]);
  assert.deepEqual(coasts, Uint32Array.of(0, 1));
  assert.deepEqual(borders, Uint32Array.of(2));
});

test("coordinates are read as steps from the one before", () => {
  const { x, y } = decodeTopology(PAIR);
  assert.deepEqual(x.slice(0, 4), Float32Array.of(0.2, 0.1, 0.1, 0.2));
  assert.deepEqual(y.slice(0, 4), Float32Array.of(0.2, 0.2, 0.1, 0.1));
});

test("what is no basemap file is refused", () => {
  assert.throws(() => decodeTopology(new ArrayBuffer(64)), /not a basemap file/);
  assert.throws(() => decodeTopology(new ArrayBuffer(8)), /not a basemap file/);
});

for (const [x, y, code] of /** @type {[number, number, string][]} */ ([
  [0.15, 0.15, "CHN"],
  [0.25, 0.15, "LAO"],
  [0.35, 0.15, ""],
  [0.15, 0.25, ""],
  [1.15, 0.15, "CHN"],
  [-0.85, 0.15, "CHN"],
]))
  test(`at ${x},${y} lies ${code || "the sea"}`, () =>
    assert.equal(countryAt(decodeTopology(PAIR), x, y), code));

test("an island across the date line is found on both sides of it", () => {
  const across = decodeTopology(ACROSS);
  assert.equal(countryAt(across, 0.99, 0.62), "FJI");
  assert.equal(countryAt(across, 0.01, 0.62), "FJI");
  assert.equal(countryAt(across, 0.5, 0.62), "");
});

test("an outline runs along arcs forwards and backwards without a jump", () => {
  const ctx = pen();
  traceBody(ctx, decodeTopology(PAIR), 2, VIEW, 4);
  assert.deepEqual(ctx.drawn, ["M200,100", "L300,100", "L300,200", "L200,200", "L200,100"]);
});

test("what lies out of view is not drawn", () => {
  const ctx = pen();
  traceBody(ctx, decodeTopology(PAIR), 1, { ...VIEW, x0: 500, width: 300 }, 4);
  assert.deepEqual(ctx.drawn, []);
});

test("borders are drawn without the vertices that nobody could see", () => {
  const ctx = pen();
  const topology = decodeTopology(PAIR);
  traceArcs(ctx, topology, topology.borders, VIEW, 1);
  assert.deepEqual(ctx.drawn, ["M200,100", "L200,200"]);
});

test("an islet smaller than a pixel is left out", () => {
  const ctx = pen();
  const topology = decodeTopology(PAIR);
  traceArcs(ctx, topology, topology.coasts, { ...VIEW, scale: 10 }, 1);
  assert.deepEqual(ctx.drawn, []);
});
