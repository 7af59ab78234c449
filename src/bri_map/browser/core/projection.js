/**
 * The globe and the Mercator map of it. World units run from 0 (180 W) to 1 (180 E) and from 0 in the north to 1 in
 * the south; a whole number more is another copy of the world.
 */

/** Pixels of the world at zoom 0. */
export const TILE = 256;
export const EARTH_KM = 6371.0088;
export const EQUATOR_KM = 40075.017;
/** Degrees; the northern edge of the square map of the world, as in geo/mercator.py. */
export const MAX_LATITUDE = 85.0511287798066;
const RADIANS = Math.PI / 180;
/** Corners of a circle. */
const CORNERS = 120;

/** @typedef {[number, number]} LonLat Degrees. */
/** @typedef {[number, number]} WorldPoint World units. */
/** @typedef {[number, number, number, number]} Box West, south, east, north in degrees; east may be less than west. */

/**
 * @param {number} zoom
 * @returns {number} Pixels a world unit.
 */
export function worldScale(zoom) {
  return TILE * 2 ** zoom;
}

/**
 * @param {number} lon
 * @returns {number} From -180 up to 180.
 */
export function wrapLongitude(lon) {
  return lon - 360 * Math.floor((lon + 180) / 360);
}

/**
 * @param {LonLat} place
 * @returns {WorldPoint}
 */
export function toWorld([lon, lat]) {
  const sine = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * RADIANS);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/**
 * @param {WorldPoint} point
 * @returns {LonLat}
 */
export function toLonLat([x, y]) {
  return [x * 360 - 180, Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) / RADIANS];
}

/**
 * @param {number} y World units.
 * @returns {number} How many times longer things are drawn there than at the equator.
 */
export function stretchAt(y) {
  return Math.cosh(Math.PI * (1 - 2 * y));
}

/**
 * Let longitudes not jump at the date line: each is moved by whole turns to within half a turn of the one before.
 * @param {LonLat[]} corners
 * @returns {LonLat[]}
 */
export function unrolled(corners) {
  let before = corners.length ? corners[0][0] : 0;
  return corners.map(([lon, lat]) => {
    before = lon + 360 * Math.round((before - lon) / 360);
    return [before, lat];
  });
}

/**
 * Bring a shape home: all its corners are moved by the same number of turns, so that it stays the shape it is.
 * @param {LonLat[]} corners
 * @returns {LonLat[]} The westernmost longitude lies from -180 up to 180.
 */
export function broughtHome(corners) {
  const west = Math.min(...corners.map(([lon]) => lon));
  const turns = west - wrapLongitude(west);
  return corners.map(([lon, lat]) => [lon - turns, lat]);
}

/**
 * @param {LonLat} centre
 * @param {number} km
 * @returns {LonLat[]} A circle on the globe, from its northernmost point round by the east.
 */
export function circle([lon, lat], km) {
  const angle = km / EARTH_KM;
  const [sinLat, cosLat] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)];
  /** @type {LonLat[]} */
  const corners = [];
  for (let i = 0; i <= CORNERS; i++) {
    const bearing = (2 * Math.PI * i) / CORNERS;
    const sine = sinLat * Math.cos(angle) + cosLat * Math.sin(angle) * Math.cos(bearing);
    const east = Math.atan2(Math.sin(bearing) * Math.sin(angle) * cosLat, Math.cos(angle) - sinLat * sine);
    corners.push([lon + east / RADIANS, Math.asin(Math.max(-1, Math.min(1, sine))) / RADIANS]);
  }
  return unrolled(corners);
}

/**
 * @param {Box} box
 * @returns {LonLat[]} Its corners; those of a box across the date line go on beyond 180.
 */
export function rectangle([west, south, east, north]) {
  const right = east < west ? east + 360 : east;
  return [
    [west, south],
    [right, south],
    [right, north],
    [west, north],
  ];
}
