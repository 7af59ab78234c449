/**
 * What a window or a browser remembers, in storage that may be full or forbidden: then nothing is remembered.
 */

/** @typedef {"sessionStorage" | "localStorage"} Where For as long as the window is open, or beyond that. */

/**
 * @param {string} key
 * @param {Where} [where]
 * @returns {string | null}
 */
export function recall(key, where = "sessionStorage") {
  try {
    return window[where].getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 * @param {Where} [where]
 */
export function remember(key, value, where = "sessionStorage") {
  try {
    window[where].setItem(key, value);
  } catch {
    // Nothing depends on it.
  }
}
