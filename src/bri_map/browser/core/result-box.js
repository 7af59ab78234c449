/**
 * Where a result lies: the narrowest box around its features, in world units. The world is a ring from west to east.
 */

/** @import { LayerData } from "./codec.js" */
/** @import { Frame } from "./segments.js" */

/** Pieces of the ring that are looked at one by one. */
const PIECES = 720;
/** A line may make the box around the points this many times as wide or high; one that leads further does not count. */
const STRETCH = 2;
/** Width and height of the box up to which a line counts in any case: about 25 degrees of longitude. */
const LEAST = 0.07;

/** @typedef {{data: LayerData, isVisible: (feature: number) => boolean}} Shown A layer, and what of it is shown. */

/**
 * @param {Frame[]} boxes
 * @returns {Frame | null} The narrowest box around all of them; its east may lie beyond the edge of the world.
 */
export function boxAround(boxes) {
  if (!boxes.length) return null;
  const start = afterWidestGap(boxes);
  const around = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (const { west, north, east, south } of boxes) {
    const from = start + turn(west - start);
    around.west = Math.min(around.west, from);
    around.east = Math.max(around.east, from + east - west);
    around.north = Math.min(around.north, north);
    around.south = Math.max(around.south, south);
  }
  around.east = Math.min(around.east, around.west + 1);
  return around;
}

/**
 * @param {Frame[]} boxes
 * @returns {number} Where the ring begins to be in use behind its widest gap.
 */
function afterWidestGap(boxes) {
  const used = new Uint8Array(PIECES);
  for (const { west, east } of boxes) {
    const from = Math.floor(turn(west) * PIECES);
    const length = Math.min(PIECES - 1, Math.floor((east - west + turn(west)) * PIECES) - from);
    for (let i = 0; i <= length; i++) used[(from + i) % PIECES] = 1;
  }
  const first = used.indexOf(1);
  let [best, widest, gap] = [first, 0, 0];
  for (let i = 1; i <= PIECES; i++) {
    const at = (first + i) % PIECES;
    if (!used[at]) {
      gap++;
      continue;
    }
    if (gap > widest) [best, widest] = [at, gap];
    gap = 0;
  }
  return widest ? best / PIECES : 0;
}

/** @param {number} x World units. @returns {number} From 0 up to 1. */
function turn(x) {
  return x - Math.floor(x);
}

/**
 * @param {Shown[]} layers
 * @returns {Frame | null} The box around everything that is shown; null if nothing is.
 */
export function wholeBox(layers) {
  const { points, lines } = boxesOf(layers);
  return boxAround([...points, ...lines.flat()]);
}

/**
 * The box that a choice of place leads to: around the points, and around the lines that stay in their neighbourhood.
 * A cable that merely lands in a country would else take the view to another continent.
 * @param {Shown[]} layers
 * @returns {Frame | null} Null if nothing is shown.
 */
export function resultBox(layers) {
  const { points, lines } = boxesOf(layers);
  const core = boxAround(points);
  if (!core) return boxAround(lines.flat());
  const width = Math.max(LEAST, STRETCH * (core.east - core.west));
  const height = Math.max(LEAST, STRETCH * (core.south - core.north));
  const near = lines.filter((parts) => {
    const both = boxAround([core, ...parts]);
    return both && both.east - both.west <= width && both.south - both.north <= height;
  });
  return boxAround([core, ...near.flat()]);
}

/**
 * @param {Shown[]} layers
 * @returns {{points: Frame[], lines: Frame[][]}} Boxes of the points, and for each line those of its parts. A point
 *   that stands for a line is none.
 */
function boxesOf(layers) {
  /** @type {Frame[]} */
  const points = [];
  /** @type {Frame[][]} */
  const lines = [];
  for (const { data, isVisible } of layers) {
    const { px, py, pointFeature, partFeature, partBox } = data;
    /** @type {Map<number, Frame[]>} */
    const parts = new Map();
    for (let i = 0; i < partFeature.length; i++) {
      if (!isVisible(partFeature[i])) continue;
      const [west, north, east, south] = partBox.subarray(4 * i, 4 * i + 4);
      const known = parts.get(partFeature[i]) ?? [];
      parts.set(partFeature[i], [...known, { west, north, east, south }]);
    }
    for (let i = 0; i < px.length; i++) {
      if (parts.has(pointFeature[i]) || !isVisible(pointFeature[i])) continue;
      points.push({ west: px[i], north: py[i], east: px[i], south: py[i] });
    }
    for (const found of parts.values()) lines.push(found);
  }
  return { points, lines };
}
