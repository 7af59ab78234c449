/**
 * The session storage of the frame, which may be full or forbidden: then nothing is remembered.
 */

/**
 * @param {string} key
 * @returns {string | null}
 */
export function recall(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Nothing depends on it.
  }
}
