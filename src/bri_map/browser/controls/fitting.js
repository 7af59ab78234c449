/**
 * Leads the map to what was chosen, into the part of its window that no panel covers.
 */

/** @import { Frame } from "../core/segments.js" */
/** @import { PlaceOutline } from "../draw/place-outline.js" */
/** @import { DataLayer } from "../layers/data-layer.js" */
/** @import { Hit } from "../layers/hits.js" */
/** @import { Box } from "../core/projection.js" */
/** @import { Fit, ViewMemory } from "./view-memory.js" */
/** @import { Panels } from "./panels.js" */

import { wantsStillness } from "../core/device.js";
import { bestPart, overlap } from "../core/free-part.js";
import { rectangle, toLonLat, toWorld, worldScale } from "../core/projection.js";
import { resultBox, wholeBox } from "../core/result-box.js";
import { shapesOf } from "../draw/shapes.js";

/** Pixels around what is shown whole; a small map gives a tenth of its side. */
const ROOM = 40;
const SMALL_ROOM = 0.1;
/** Pixels that a feature keeps from panels and edges. */
const CLEAR = 24;
/** Seconds of a flight to a result. */
const FLIGHT = 0.4;
const FEATURE_ZOOM = 9;
const RESULT_ZOOM = 7;

export class Fitting {
  /**
   * @param {L.Map} map
   * @param {object} options
   * @param {ViewMemory} options.memory
   * @param {Panels} options.panels
   * @param {DataLayer[]} options.layers
   * @param {PlaceOutline} options.outline
   */
  constructor(map, { memory, panels, layers, outline }) {
    this.map = map;
    this.memory = memory;
    this.panels = panels;
    this.layers = layers;
    this.outline = outline;
  }

  /**
   * Show a box whole.
   * @param {Box} bbox
   * @param {boolean} animate
   */
  showBox(bbox, animate) {
    if (bbox.every(Number.isFinite)) this._show(frameOf([rectangle(bbox)]), FEATURE_ZOOM, animate);
  }

  /**
   * Show where the filter looks, or else what it has found.
   * @param {boolean} animate
   */
  showResult(animate) {
    this._show(this._place() ?? resultBox(this._shown()), RESULT_ZOOM, animate);
  }

  /** Show all that the filter has found, however far apart it lies. */
  showAll() {
    this._show(wholeBox(this._shown()), RESULT_ZOOM, true);
  }

  /**
   * Move the map if a feature lies beyond its edge or under a panel.
   * @param {Hit | null} hit
   */
  keepInView(hit) {
    const at = this.memory.flying ? null : hit?.layer.pixel(hit.feature);
    if (!at) return;
    const { x: width, y: height } = this.map.getSize();
    const covered = this.panels.covered();
    const around = { left: at.x - CLEAR, top: at.y - CLEAR, right: at.x + CLEAR, bottom: at.y + CLEAR };
    const inside = around.left > 0 && around.top > 0 && around.right < width && around.bottom < height;
    if (inside && !covered.some((rect) => overlap(rect, around))) return;
    const part = bestPart({ width, height }, covered, { width: 0, height: 0 }, CLEAR, 1);
    const room = (/** @type {number} */ side) => Math.min(CLEAR, side / 3);
    const [across, down] = [room(part.right - part.left), room(part.bottom - part.top)];
    const x = Math.max(part.left + across, Math.min(at.x, part.right - across));
    const y = Math.max(part.top + down, Math.min(at.y, part.bottom - down));
    this.memory.quietly(() => this.map.panBy([at.x - x, at.y - y], { animate: !wantsStillness() }));
  }

  /**
   * @param {Frame | null} frame World units; null shows nothing else than before.
   * @param {number} most Zoom.
   * @param {boolean} animate Where nobody minds.
   */
  _show(frame, most, animate) {
    if (!frame) return;
    const middle = toWorld([this.map.getCenter().lng, 0])[0];
    const shift = Math.round(middle - (frame.west + frame.east) / 2);
    const [west, north] = toLonLat([frame.west + shift, frame.north]);
    const [east, south] = toLonLat([frame.east + shift, frame.south]);
    /** @type {Fit} */
    const fit = {
      bounds: L.latLngBounds([south, west], [north, east]),
      frame: () => ({ ...this._padding(frame, most), maxZoom: most }),
    };
    this.memory.show(fit, animate && !wantsStillness() ? FLIGHT : 0);
  }

  /**
   * @param {Frame} frame
   * @param {number} most Zoom.
   * @returns {{paddingTopLeft: [number, number], paddingBottomRight: [number, number]}} What keeps a frame from the
   *   edges of the map and from the panels over it.
   */
  _padding(frame, most) {
    const { x: width, y: height } = this.map.getSize();
    const room = Math.min(ROOM, SMALL_ROOM * Math.min(width, height));
    const thing = { width: frame.east - frame.west, height: frame.south - frame.north };
    const covered = this.panels.covered();
    const part = bestPart({ width, height }, covered, thing, room, worldScale(most));
    return {
      paddingTopLeft: [part.left + room, part.top + room],
      paddingBottomRight: [width - part.right + room, height - part.bottom + room],
    };
  }

  _shown() {
    return this.layers.flatMap((layer) => {
      const { data } = layer;
      return data ? [{ data, isVisible: (/** @type {number} */ i) => layer.isVisible(i) }] : [];
    });
  }

  /** @returns {Frame | null} Around the place that the filter asks for, if it asks for one. */
  _place() {
    const { place } = this.outline;
    const shapes = shapesOf(place).map(({ corners }) => corners);
    const around = this.outline.reach();
    return frameOf(around ? [...shapes, around] : shapes);
  }
}

/**
 * @param {[number, number][][]} shapes Corners in degrees.
 * @returns {Frame | null}
 */
function frameOf(shapes) {
  const corners = shapes.flat().map(toWorld);
  if (!corners.length) return null;
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const west = Math.min(...xs);
  return { west, north: Math.min(...ys), east: Math.min(Math.max(...xs), west + 1), south: Math.max(...ys) };
}
