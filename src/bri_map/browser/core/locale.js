/**
 * Habits of a language, as the server knows them; see i18n/locale.py.
 */

/**
 * @typedef {object} Locale
 * @property {string} tag BCP 47, as in the attribute `lang`.
 * @property {"ltr" | "rtl"} direction
 * @property {string} colon Between a label and what it labels.
 * @property {string} separator Between the parts of a list.
 * @property {boolean} latin_is_english Whether Latin words in its texts are to be read out in English.
 * @property {boolean} capitals Whether names of countries are set in capitals on the map.
 */

/** The language of the originals, which stands in for every other. */
export const ORIGINAL = "en";

/** @type {Locale} Habits of the originals, for a language of which nothing is known. */
export const PLAIN = Object.freeze({
  tag: ORIGINAL,
  direction: "ltr",
  colon: ": ",
  separator: ", ",
  latin_is_english: false,
  capitals: true,
});

/**
 * Say of the document in which language it is.
 * @param {Locale} locale
 */
export function markDocument({ tag, direction }) {
  Object.assign(document.documentElement, { lang: tag, dir: direction });
}
