/**
 * Numbers for people.
 */

const THOUSANDS = /\B(?=(\d{3})+$)/g;
const THIN_SPACE = "\u202f";

/**
 * @param {number} value
 * @returns {string} With thin spaces between thousands.
 */
export function formatCount(value) {
  return String(value).replace(THOUSANDS, THIN_SPACE);
}

/**
 * @param {number} count
 * @returns {number | string} For a text, which may have a form of its own for one.
 */
export function counted(count) {
  return count === 1 ? 1 : formatCount(count);
}

/**
 * @param {number} value
 * @returns {string} With thin spaces between thousands, and at most one decimal.
 */
export function formatValue(value) {
  const [whole, part] = String(Math.round(value * 10) / 10).split(".");
  const grouped = whole.replace(THOUSANDS, THIN_SPACE);
  return part ? `${grouped}.${part}` : grouped;
}
