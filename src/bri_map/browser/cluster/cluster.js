/**
 * Clustering: points that lie near each other on the screen become one. Nothing here knows about Leaflet.
 *
 * Clusters are made of all visible points of all layers at a zoom, wherever the window is, so that panning
 * changes nothing. Every visible point is in exactly one cluster or stands alone: the numbers add up. Which
 * points join depends on their order, which is that of the data.
 */

import { clearBit, isSet } from "../core/bits.js";
import { worldScale } from "../core/projection.js";

/** Pixels: points nearer than this to the first of a cluster join it. */
const REACH = 52;
/** Pixels: clusters whose middles are nearer than this become one. */
const APART = 38;

/**
 * @typedef {object} Layer What clustering needs of a data layer.
 * @property {{px: Float32Array, py: Float32Array, pointFeature: Uint32Array} | null} data
 * @property {Uint8Array | null} bits
 */

/** @typedef {{group: Int32Array, count: number}} Grouping Group of each place, and the number of groups. */

/**
 * Group places: each joins the nearest group whose first place is within reach, or begins one.
 * @param {Float64Array} x World units, 0 to 1; the world is round.
 * @param {Float64Array} y World units.
 * @param {number} reach World units.
 * @returns {Grouping}
 */
export function group(x, y, reach) {
  const size = x.length;
  const columns = Math.max(1, Math.floor(1 / reach));
  const rows = Math.max(1, Math.ceil(1 / reach));
  const buckets = 1 << Math.max(4, Math.ceil(Math.log2(size + 1)));
  const head = new Int32Array(buckets).fill(-1);
  const next = new Int32Array(size);
  const first = new Int32Array(size);
  const found = new Int32Array(size);
  const hash = (/** @type {number} */ column, /** @type {number} */ row) =>
    (Math.imul(column, 73856093) ^ Math.imul(row, 19349663)) & (buckets - 1);
  const square = reach * reach;
  let count = 0;
  for (let i = 0; i < size; i++) {
    const column = Math.min(columns - 1, Math.floor(x[i] * columns));
    const row = Math.max(0, Math.min(rows - 1, Math.floor(y[i] / reach)));
    let best = -1;
    let least = square;
    for (let r = Math.max(0, row - 1); r <= row + 1; r++) {
      for (let shift = -1; shift <= 1; shift++) {
        const c = (column + shift + columns) % columns;
        for (let g = head[hash(c, r)]; g >= 0; g = next[g]) {
          let dx = Math.abs(x[first[g]] - x[i]);
          if (dx > 0.5) dx = 1 - dx;
          const dy = y[first[g]] - y[i];
          const distance = dx * dx + dy * dy;
          if (distance < least) {
            least = distance;
            best = g;
          }
        }
      }
    }
    if (best < 0) {
      best = count++;
      first[best] = i;
      const bucket = hash(column, row);
      next[best] = head[bucket];
      head[bucket] = best;
    }
    found[i] = best;
  }
  return { group: found, count };
}

/**
 * Middles of groups, weighted by the number of members; members beyond the date line count as near.
 * @param {Float64Array} x World units.
 * @param {Float64Array} y World units.
 * @param {Float64Array} weight
 * @param {Grouping} grouping
 * @returns {{x: Float64Array, y: Float64Array, total: Float64Array}} Of each group.
 */
export function middles(x, y, weight, { group: of, count }) {
  const mx = new Float64Array(count);
  const my = new Float64Array(count);
  const total = new Float64Array(count);
  const start = new Float64Array(count).fill(NaN);
  for (let i = 0; i < of.length; i++) {
    const g = of[i];
    if (Number.isNaN(start[g])) start[g] = x[i];
    mx[g] += weight[i] * (x[i] - Math.round(x[i] - start[g]));
    my[g] += weight[i] * y[i];
    total[g] += weight[i];
  }
  for (let g = 0; g < count; g++) {
    mx[g] = mx[g] / total[g];
    mx[g] -= Math.floor(mx[g]);
    my[g] /= total[g];
  }
  return { x: mx, y: my, total };
}

/**
 * One mark that stands for two or more points: a stretch of the sorted points of a clustering.
 * @template {Layer} L
 */
export class Cluster {
  /** @type {{layer: L, feature: number}[] | null} */
  #members = null;

  /**
   * @param {Members<L>} points Sorted by cluster.
   * @param {number} from First of its points.
   * @param {number} to After the last of them.
   * @param {number} x World units.
   * @param {number} y World units.
   */
  constructor(points, from, to, x, y) {
    this.points = points;
    this.from = from;
    this.to = to;
    this.x = x;
    this.y = y;
  }

  get count() {
    return this.to - this.from;
  }

  get members() {
    const { layers, owner, feature } = this.points;
    this.#members ??= Array.from({ length: this.count }, (_, i) => ({
      layer: layers[owner[this.from + i]],
      feature: feature[this.from + i],
    }));
    return this.#members;
  }
}

/**
 * @template {Layer} L
 * @typedef {object} Members Points of layers.
 * @property {L[]} layers
 * @property {Uint8Array} owner Number of the layer of each.
 * @property {Uint32Array} feature
 */

/**
 * @template {Layer} L
 * @param {L[]} layers
 * @returns {Members<L> & {x: Float64Array, y: Float64Array}} The visible points.
 */
function visiblePoints(layers) {
  const most = layers.reduce((sum, { data }) => sum + (data?.pointFeature.length ?? 0), 0);
  const owner = new Uint8Array(most);
  const feature = new Uint32Array(most);
  const x = new Float64Array(most);
  const y = new Float64Array(most);
  let count = 0;
  layers.forEach(({ data, bits }, at) => {
    if (!data || !bits) return;
    const { pointFeature, px, py } = data;
    for (let i = 0; i < pointFeature.length; i++) {
      const one = pointFeature[i];
      if (!isSet(bits, one)) continue;
      owner[count] = at;
      feature[count] = one;
      x[count] = px[i];
      y[count++] = py[i];
    }
  });
  return {
    layers,
    owner: owner.subarray(0, count),
    feature: feature.subarray(0, count),
    x: x.subarray(0, count),
    y: y.subarray(0, count),
  };
}

/**
 * Cluster the visible points of layers.
 * @template {Layer} L
 * @param {L[]} layers
 * @param {number} zoom
 * @returns {{clusters: Cluster<L>[], alone: Map<L, Uint8Array>}} Clusters of two or more, and for each layer the
 *   bits of the visible features that are in none.
 */
export function cluster(layers, zoom) {
  const shown = layers.filter((layer) => layer.bits && layer.data?.px.length);
  const points = visiblePoints(shown);
  const size = points.x.length;
  const scale = worldScale(zoom);
  const near = group(points.x, points.y, REACH / scale);
  const centres = middles(points.x, points.y, new Float64Array(size).fill(1), near);
  const merged = group(centres.x, centres.y, APART / scale);
  const final = middles(centres.x, centres.y, centres.total, merged);

  const start = new Uint32Array(merged.count + 1);
  for (let g = 0; g < merged.count; g++) start[g + 1] = start[g] + final.total[g];
  const next = start.slice();
  const sorted = { layers: shown, owner: new Uint8Array(size), feature: new Uint32Array(size) };
  const bits = shown.map((layer) => (layer.bits ?? new Uint8Array()).slice());
  for (let i = 0; i < size; i++) {
    const g = merged.group[near.group[i]];
    const at = next[g]++;
    sorted.feature[at] = points.feature[i];
    sorted.owner[at] = points.owner[i];
    if (final.total[g] > 1) clearBit(bits[points.owner[i]], points.feature[i]);
  }
  /** @type {Cluster<L>[]} */
  const clusters = [];
  for (let g = 0; g < merged.count; g++) {
    if (final.total[g] > 1)
      clusters.push(new Cluster(sorted, start[g], start[g + 1], final.x[g], final.y[g]));
  }
  return { clusters, alone: new Map(shown.map((layer, at) => [layer, bits[at]])) };
}
