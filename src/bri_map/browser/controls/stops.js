/**
 * The marks that the keyboard leads through: those in the window, the nearest to its middle first.
 */

/** @import { Clusters, Mark } from "../cluster/clusters.js" */
/** @import { DataLayer, Pixel } from "../layers/data-layer.js" */
/** @import { Hit } from "../layers/hits.js" */

import { worldScale } from "../core/projection.js";
import { isSame } from "../layers/hits.js";

/** Marks that the keyboard leads through at most. */
export const MAX_STOPS = 2000;
/** The window is searched from its middle: first this share of it, then twice as much, until there are enough. */
const FIRST_SHARE = 1 / 16;

/** @typedef {Hit | {cluster: Mark}} Stop */
/** @typedef {{x: number, y: number}} Size Pixels. */

/**
 * @param {Stop} a
 * @param {Stop} b
 * @returns {boolean}
 */
export function isSameStop(a, b) {
  if ("cluster" in a || "cluster" in b) return "cluster" in a && "cluster" in b && a.cluster === b.cluster;
  return isSame(a, b);
}

/**
 * @param {L.Map} map
 * @param {DataLayer[]} layers
 * @param {Clusters} clusters
 * @returns {Stop[]} The marks in the map's window; features in a cluster are reached through it.
 */
export function stopsInView(map, layers, clusters) {
  const scale = worldScale(map.getZoom());
  const bounds = map.getPixelBounds();
  const middle = bounds.getCenter();
  const size = map.getSize();
  /** @type {Found[]} */
  const found = [];
  for (const cluster of clusters.drawn()) found.push({ stop: { cluster }, at: clusters.pixel(cluster) });
  const shown = layers.filter((layer) => layer.bits);
  return nearestFirst(size, found, (share) => {
    const [wide, high] = [(size.x * share) / 2, (size.y * share) / 2];
    const frame = {
      west: (middle.x - wide) / scale,
      north: (middle.y - high) / scale,
      east: (middle.x + wide) / scale,
      south: (middle.y + high) / scale,
    };
    return shown.flatMap((layer) =>
      [...(layer.index()?.within(frame, (feature) => layer.isAlone(feature)) ?? [])].map((feature) => ({
        stop: { layer, feature },
        at: layer.pixel(feature),
      })),
    );
  });
}

/** @typedef {{stop: Stop, at: Pixel | null}} Found A mark and where it is in the window. */

/**
 * Search a window from its middle outwards, no further than is needed.
 * @param {Size} size Of the window.
 * @param {Found[]} known Marks that are known already.
 * @param {(share: number) => Found[]} search Gives the marks in a share of the window around its middle.
 * @returns {Stop[]} The marks in the window, the nearest to its middle first.
 */
export function nearestFirst(size, known, search) {
  const distance = (/** @type {Pixel} */ at) => Math.hypot(at.x - size.x / 2, at.y - size.y / 2);
  for (let share = FIRST_SHARE; ; share *= 2) {
    // All that is nearer than the nearest edge of the share has been found.
    const certain = share < 1 ? (Math.min(size.x, size.y) * share) / 2 : Infinity;
    const near = [...known, ...search(Math.min(share, 1))].flatMap(({ stop, at }) => {
      if (!at || at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) return [];
      const far = distance(at);
      return far <= certain ? [{ stop, far }] : [];
    });
    if (near.length < MAX_STOPS && share < 1) continue;
    near.sort((a, b) => a.far - b.far);
    return near.slice(0, MAX_STOPS).map(({ stop }) => stop);
  }
}
