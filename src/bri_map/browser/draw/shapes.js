/**
 * The shapes of places: what the filter asks for, as it is drawn.
 */

/** @import { LonLat } from "../core/projection.js" */
/** @import { PlaceState } from "../protocol.js" */

import { circle, rectangle } from "../core/projection.js";

/** Degrees. A circle whose ends are farther apart than this goes round a pole: it encloses nothing on the map. */
const ROUND = 324;

/** @typedef {{corners: LonLat[], closed: boolean}} Shape */

/**
 * @param {PlaceState} place
 * @returns {Shape[]} What the filter asks for of itself, as it is drawn: an area exactly as it was sent.
 */
export function shapesOf({ bbox, area, near }) {
  /** @type {Shape[]} */
  const shapes = [];
  if (bbox) shapes.push({ corners: rectangle(bbox), closed: true });
  if (area) shapes.push({ corners: area, closed: true });
  if (near && "lon" in near) shapes.push(circleShape([near.lon, near.lat], near.km));
  return shapes;
}

/**
 * @param {LonLat} centre
 * @param {number} km
 * @returns {Shape} A circle on the globe.
 */
export function circleShape(centre, km) {
  const corners = circle(centre, km);
  return { corners, closed: Math.abs(corners[0][0] - corners[corners.length - 1][0]) < ROUND };
}
