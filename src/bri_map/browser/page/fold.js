/**
 * Text as it is compared: without case and accents.
 */

/** @param {string} text @returns {string} */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
