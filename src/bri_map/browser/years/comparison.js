/**
 * Two years side by side: numbers only.
 */

import { decodeBits } from "../core/bits.js";

/** @typedef {{name: string, before: number, after: number}} Line What is counted, in the earlier and in the later year. */

/**
 * @param {string[]} names In their order.
 * @param {(name: string, year: number) => number} count
 * @param {number} then
 * @param {number} now
 * @returns {Line[]} Only what there is in one of the years.
 */
export function compared(names, count, then, now) {
  return names
    .map((name) => ({ name, before: count(name, then), after: count(name, now) }))
    .filter((line) => line.before || line.after);
}

/**
 * @param {number} difference
 * @returns {string} With its sign; a true minus.
 */
export function signed(difference) {
  if (!difference) return "0";
  return difference > 0 ? `+${difference}` : `\u2212${-difference}`;
}

/**
 * @param {string | boolean} before Packed bits of the earlier year.
 * @param {string | boolean} after Those of the later one.
 * @param {number} size Number of features.
 * @returns {number[]} The features that are new.
 */
export function newcomers(before, after, size) {
  const old = decodeBits(before, size);
  const all = decodeBits(after, size);
  const found = [];
  for (let i = 0; all && i < size; i++) {
    const bit = 1 << (i & 7);
    if (all[i >> 3] & bit && !(old && old[i >> 3] & bit)) found.push(i);
  }
  return found;
}
