/**
 * What the reader's device and settings are like.
 */

/** In a map narrower than this, in pixels, there is room for one panel at a time, and the legend is folded. */
export const NARROW = 700;

/** A map smaller than this in both directions, in pixels, stands beside something: it shows, and has no tools. */
export const SMALL = Object.freeze({ width: 520, height: 400 });

/** @returns {boolean} Whether the reader wants nothing to move by itself. */
export function wantsStillness() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** @returns {boolean} Whether fingers are at work, which leave no pointer on the map. */
export function isCoarse() {
  return window.matchMedia("(pointer: coarse)").matches;
}
