/**
 * What is under the pointer.
 */

/** @import { DataLayer } from "./data-layer.js" */
/** @import { Near } from "./layer-index.js" */

import { worldScale } from "../core/projection.js";
import { lineStyle } from "../marks/strokes.js";
import { pointRadius } from "../marks/symbols.js";

const LINE_REACH = 6;
const TOUCH_REACH = 14;

/** @typedef {{layer: DataLayer, feature: number}} Hit */

/**
 * Find the feature at a place: the nearest point, else the nearest line, bands last.
 * @param {L.Map} map
 * @param {DataLayer[]} layers From the bottom to the top.
 * @param {L.LatLng} latlng
 * @param {boolean} touch Whether a finger points.
 * @returns {Hit | null}
 */
export function findHit(map, layers, latlng, touch) {
  const zoom = map.getZoom();
  const scale = worldScale(zoom);
  const { x, y } = map.project(latlng, zoom).divideBy(scale);
  const place = { x: x - Math.floor(x), y, zoom, scale };
  const shown = layers.filter((layer) => layer.data && layer.bits).reverse();
  return (
    nearest(shown, (layer) => {
      const reach = touch ? TOUCH_REACH + 4 : pointRadius(layer.spec, zoom, false) + 3;
      return layer.data?.px.length
        ? layer.index()?.nearestPoint(place.x, y, scale, reach, (feature) => layer.isAlone(feature))
        : null;
    }) ?? findLine(shown, place, touch ? TOUCH_REACH : LINE_REACH)
  );
}

/**
 * Thin lines first: the nearest of them, and only else a band.
 * @param {DataLayer[]} shown
 * @param {{x: number, y: number, zoom: number, scale: number}} place
 * @param {number} reach Pixels.
 * @returns {Hit | null}
 */
function findLine(shown, { x, y, zoom, scale }, reach) {
  for (const broad of [false, true]) {
    const found = nearest(shown, (layer) => {
      if ((layer.spec.symbol === "band") !== broad || !layer.data?.partFeature.length) return null;
      const reachOf = (/** @type {number} */ feature) =>
        Math.max(reach, lineStyle(layer.spec, layer.look(feature), zoom, feature).width / 2);
      const isVisible = (/** @type {number} */ feature) => layer.isVisible(feature);
      return layer.index()?.nearestLine(x, y, scale, reachOf, Math.max(reach, 8), isVisible);
    });
    if (found) return found;
  }
  return null;
}

/**
 * @param {DataLayer[]} layers The top one first; it wins where two are equally near.
 * @param {(layer: DataLayer) => Near | null | undefined} find
 * @returns {Hit | null}
 */
function nearest(layers, find) {
  /** @type {{layer: DataLayer, feature: number, distance: number} | null} */
  let best = null;
  for (const layer of layers) {
    const found = find(layer);
    if (found && (!best || found.distance < best.distance)) best = { layer, ...found };
  }
  return best;
}

/**
 * @param {Hit | null} a
 * @param {Hit | null} b
 * @returns {boolean} Whether two hits are of one feature.
 */
export function isSame(a, b) {
  return a === b || Boolean(a && b && a.layer === b.layer && a.feature === b.feature);
}
