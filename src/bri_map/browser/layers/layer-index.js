/**
 * Finds features of one layer by place. Its grids are built when first asked.
 */

/** @import { LayerData } from "../core/codec.js" */
/** @import { Frame } from "../core/segments.js" */

import { crosses, distanceToSegment } from "../core/segments.js";
import { copiesBetween } from "../core/view.js";
import { Grid } from "./grid.js";

/** Segments of a line that share a box in the grid. */
const RUN = 12;

/** @typedef {{feature: number, distance: number}} Near A feature, and how many pixels away it is. */
/** @typedef {(feature: number) => boolean} Wanted */

export class LayerIndex {
  /** @type {Grid | null} */
  #points = null;
  /** @type {{grid: Grid, first: number[], end: number[], feature: number[]} | null} */
  #runs = null;

  /** @param {LayerData} data */
  constructor(data) {
    this.data = data;
  }

  get points() {
    const { px, py } = this.data;
    this.#points ??= new Grid(px.length, (i, box) => {
      box[0] = box[2] = px[i];
      box[1] = box[3] = py[i];
    });
    return this.#points;
  }

  /** Runs of a few segments of lines: the first vertex, the last one, and the feature of each. */
  get runs() {
    this.#runs ??= this._makeRuns();
    return this.#runs;
  }

  _makeRuns() {
    const { vx, vy, partStart, partFeature } = this.data;
    /** @type {number[]} */
    const first = [];
    /** @type {number[]} */
    const end = [];
    /** @type {number[]} */
    const feature = [];
    for (let p = 0; p < partFeature.length; p++) {
      const last = partStart[p + 1] - 1;
      for (let i = partStart[p]; i < last; i += RUN) {
        first.push(i);
        end.push(Math.min(i + RUN, last));
        feature.push(partFeature[p]);
      }
    }
    const grid = new Grid(first.length, (run, box) => {
      box[0] = box[1] = Infinity;
      box[2] = box[3] = -Infinity;
      for (let i = first[run]; i <= end[run]; i++) {
        box[0] = Math.min(box[0], vx[i]);
        box[1] = Math.min(box[1], vy[i]);
        box[2] = Math.max(box[2], vx[i]);
        box[3] = Math.max(box[3], vy[i]);
      }
    });
    return { grid, first, end, feature };
  }

  /**
   * @param {number} x World units, 0 to 1.
   * @param {number} y World units.
   * @param {number} scale Pixels a world unit.
   * @param {number} reach Pixels.
   * @param {Wanted} wanted
   * @returns {Near | null} The nearest point within reach; of points in one place the last, which is drawn on top.
   */
  nearestPoint(x, y, scale, reach, wanted) {
    const { px, py, pointFeature } = this.data;
    /** @type {Near} */
    let best = { feature: -1, distance: reach };
    this.points.near(x, y, reach / scale, (i) => {
      if (!wanted(pointFeature[i])) return;
      const dx = Math.abs(px[i] - x);
      const distance = Math.hypot(Math.min(dx, 1 - dx), py[i] - y) * scale;
      if (distance <= best.distance) best = { feature: pointFeature[i], distance };
    });
    return best.feature < 0 ? null : best;
  }

  /**
   * @param {number} x World units, 0 to 1.
   * @param {number} y World units.
   * @param {number} scale Pixels a world unit.
   * @param {(feature: number) => number} reachOf The reach for a feature, in pixels.
   * @param {number} furthest The greatest reach.
   * @param {Wanted} wanted
   * @returns {Near | null} The nearest line within reach.
   */
  nearestLine(x, y, scale, reachOf, furthest, wanted) {
    const { grid, first, end, feature } = this.runs;
    const { vx, vy } = this.data;
    /** @type {Near} */
    let best = { feature: -1, distance: Infinity };
    grid.near(x, y, furthest / scale, (run) => {
      const owner = feature[run];
      if (!wanted(owner)) return;
      const reach = reachOf(owner);
      for (let i = first[run]; i < end[run]; i++) {
        const shift = Math.round(x - vx[i]);
        const distance = distanceToSegment(x - shift, y, vx[i], vy[i], vx[i + 1], vy[i + 1]) * scale;
        if (distance <= reach && distance < best.distance) best = { feature: owner, distance };
      }
    });
    return best.feature < 0 ? null : best;
  }

  /**
   * @param {Frame} frame World units; it may lie over several copies of the world.
   * @param {Wanted} wanted Asked once a feature at least.
   * @returns {Set<number>} The features of which some part lies in a frame.
   */
  within(frame, wanted) {
    /** @type {Set<number>} */
    const found = new Set();
    for (const copy of copiesBetween(frame.west, frame.east)) {
      const pane = { ...frame, west: frame.west - copy, east: frame.east - copy };
      this._pointsWithin(pane, wanted, found);
      this._linesWithin(pane, wanted, found);
    }
    return found;
  }

  /**
   * @param {Frame} pane
   * @param {Wanted} wanted
   * @param {Set<number>} found
   */
  _pointsWithin({ west, north, east, south }, wanted, found) {
    const { px, py, pointFeature } = this.data;
    if (!px.length) return;
    this.points.within(west, north, east, south, (i) => {
      if (px[i] < west || px[i] > east || py[i] < north || py[i] > south) return;
      if (wanted(pointFeature[i])) found.add(pointFeature[i]);
    });
  }

  /**
   * @param {Frame} pane
   * @param {Wanted} wanted
   * @param {Set<number>} found
   */
  _linesWithin(pane, wanted, found) {
    const { vx, vy, partFeature } = this.data;
    if (!partFeature.length) return;
    const { grid, first, end, feature } = this.runs;
    grid.within(pane.west, pane.north, pane.east, pane.south, (run) => {
      const owner = feature[run];
      if (found.has(owner) || !wanted(owner)) return;
      for (let i = first[run]; i < end[run]; i++) {
        if (crosses(vx[i], vy[i], vx[i + 1], vy[i + 1], pane)) {
          found.add(owner);
          return;
        }
      }
    });
  }
}
