/**
 * Texts in two scripts, so that a Chinese page is read out in the right voice.
 */

/** @import { Locale } from "../core/locale.js" */

/** Stretches of a text in Chinese and its signs, and the others. */
const RUNS = /([^\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)/u;
const WORD = /[A-Za-z]{3}/;

/**
 * @param {string} text
 * @param {Locale} locale Of the page.
 * @returns {{run: string, english: boolean}[]} The text in pieces, and which of them are English on a page in Chinese.
 */
export function runsOf(text, locale) {
  if (!locale.latin_is_english) return [{ run: text, english: false }];
  return text
    .split(RUNS)
    .filter(Boolean)
    .map((run) => ({ run, english: WORD.test(run) }));
}
