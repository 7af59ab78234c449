/**
 * What Leaflet 1.9 has and does not promise; nobody else touches it.
 */

/**
 * @typedef {object} Privates
 * @property {boolean} [_animatingZoom]
 * @property {(center: L.LatLng, zoom: number) => L.Point} _getNewPixelOrigin
 */

/**
 * @param {L.Map} map
 * @returns {Privates}
 */
function privates(map) {
  return /** @type {Privates} */ (/** @type {unknown} */ (map));
}

/**
 * @param {L.Map} map
 * @returns {boolean} Whether a zoom is being animated.
 */
export function isAnimatingZoom(map) {
  return Boolean(privates(map)._animatingZoom);
}

/**
 * @param {L.Map} map
 * @param {L.LatLng} center
 * @param {number} zoom
 * @returns {L.Point} Pixel origin after a zoom.
 */
export function pixelOriginAfter(map, center, zoom) {
  return privates(map)._getNewPixelOrigin(center, zoom);
}

/**
 * @param {L.Map} map
 * @returns {boolean} Whether the map is being dragged.
 */
export function isDragging(map) {
  const dragging = /** @type {{moving?: () => boolean}} */ (/** @type {unknown} */ (map.dragging));
  return Boolean(dragging.moving?.());
}
