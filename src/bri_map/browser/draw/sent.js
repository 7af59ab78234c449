/**
 * What of a drawing is sent: numbers that a link can carry, moved by whole turns to where the world begins.
 */

/** @import { Box, LonLat } from "../core/projection.js" */
/** @import { AreaEvent, BBoxEvent, NearEvent } from "../protocol.js" */

import { broughtHome, MAX_LATITUDE, wrapLongitude } from "../core/projection.js";

/** Some ten metres. */
const DECIMALS = 1e4;

/** @param {number} value */
function tidy(value) {
  return Math.round(value * DECIMALS) / DECIMALS;
}

/**
 * @param {LonLat[]} corners As drawn, on whichever copy of the world.
 * @returns {AreaEvent} The same shape: all corners are moved by the same number of turns.
 */
export function areaEvent(corners) {
  return { event: "area", area: broughtHome(corners).map(([lon, lat]) => [tidy(lon), tidy(lat)]) };
}

/**
 * @param {Box} box With the east greater than the west, on whichever copy of the world.
 * @returns {BBoxEvent} With sides from -180 to 180; one across the date line has the greater side in the west.
 */
export function boxEvent([west, south, east, north]) {
  const whole = east - west >= 360;
  const edge = wrapLongitude(east);
  const sides = whole ? [-180, 180] : [wrapLongitude(west), edge === -180 ? 180 : edge];
  return { event: "bbox", bbox: [tidy(sides[0]), tidy(south), tidy(sides[1]), tidy(north)] };
}

/**
 * @param {L.LatLngBounds} bounds Of the map's window.
 * @returns {BBoxEvent}
 */
export function viewEvent(bounds) {
  const limit = (/** @type {number} */ lat) => Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat));
  return boxEvent([bounds.getWest(), limit(bounds.getSouth()), bounds.getEast(), limit(bounds.getNorth())]);
}

/**
 * @param {LonLat} centre
 * @param {number} km
 * @returns {NearEvent}
 */
export function nearEvent([lon, lat], km) {
  return { event: "near", lon: tidy(wrapLongitude(lon)), lat: tidy(lat), km };
}
