/**
 * How the names of countries are set. The first picture of the map is drawn from the same values.
 */

/** Of letters. */
const WEIGHT = 600;
/** Pixels of the pale edge around a name. */
const HALO = 3;
/** Where a name may stand, in its own sizes below its place. */
const SHIFTS = Object.freeze([0, -1.3, 1.3, -2.4, 2.4]);
/** Half the height that a name takes, in its own sizes. */
const HALF_HEIGHT = 0.6;

/**
 * @param {number} first The first zoom at which the country is named.
 * @param {number} zoom
 * @returns {number} Pixels.
 */
function countrySize(first, zoom) {
  const start = first <= 2 ? 12 : first === 3 ? 11 : 10.5;
  return Math.min(15, start + Math.max(0, zoom - first - 1) * 0.8);
}

/**
 * @param {boolean} capitals Whether names are set in capitals.
 * @returns {number} Space between letters, in sizes of the name.
 */
function countrySpacing(capitals) {
  return capitals ? 0.07 : 0.12;
}

export { countrySize, countrySpacing, HALF_HEIGHT, HALO, SHIFTS, WEIGHT };
