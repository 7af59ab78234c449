/**
 * How many of the matching features lie in the window, said in the legend whenever the map comes to rest.
 */

/** @import { LayerData } from "../core/codec.js" */
/** @import { Frame } from "../core/segments.js" */

import { crosses } from "../core/segments.js";
import { copiesBetween } from "../core/view.js";

/** @typedef {(feature: number) => boolean} Wanted */

/**
 * Count the visible features of a layer of which some part lies in one of several frames.
 * @param {LayerData} data
 * @param {Frame[]} frames World units; they may lie over several copies of the world.
 * @param {Wanted} isVisible
 * @returns {number}
 */
export function countWithin(data, frames, isVisible) {
  const seen = new Uint8Array(data.size);
  for (const frame of frames)
    for (const copy of copiesBetween(frame.west, frame.east)) {
      const pane = { ...frame, west: frame.west - copy, east: frame.east - copy };
      markPoints(data, pane, isVisible, seen);
      markLines(data, pane, isVisible, seen);
    }
  return seen.reduce((sum, one) => sum + one, 0);
}

/**
 * @param {LayerData} data
 * @param {Frame} pane
 * @param {Wanted} isVisible
 * @param {Uint8Array} seen
 */
function markPoints({ px, py, pointFeature }, { west, north, east, south }, isVisible, seen) {
  for (let i = 0; i < px.length; i++) {
    if (px[i] < west || px[i] > east || py[i] < north || py[i] > south) continue;
    if (isVisible(pointFeature[i])) seen[pointFeature[i]] = 1;
  }
}

/**
 * @param {LayerData} data
 * @param {Frame} pane
 * @param {Wanted} isVisible
 * @param {Uint8Array} seen
 */
function markLines({ vx, vy, partBox, partFeature, partStart }, pane, isVisible, seen) {
  for (let part = 0; part < partFeature.length; part++) {
    const feature = partFeature[part];
    const at = 4 * part;
    if (seen[feature] || !isVisible(feature)) continue;
    if (partBox[at] > pane.east || partBox[at + 2] < pane.west) continue;
    if (partBox[at + 1] > pane.south || partBox[at + 3] < pane.north) continue;
    for (let i = partStart[part]; i + 1 < partStart[part + 1]; i++) {
      if (crosses(vx[i], vy[i], vx[i + 1], vy[i + 1], pane)) {
        seen[feature] = 1;
        break;
      }
    }
  }
}
