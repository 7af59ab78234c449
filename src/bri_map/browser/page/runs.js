/**
 * Texts in two scripts, so that a Chinese page is read out in the right voice.
 */

/** Stretches of a text in Chinese and its signs, and the others. */
const RUNS = /([^\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)/u;
const WORD = /[A-Za-z]{3}/;

/**
 * @param {string} text
 * @param {string} lang Of the page.
 * @returns {{run: string, english: boolean}[]} The text in pieces, and which of them are English on a Chinese page.
 */
export function runsOf(text, lang) {
  if (lang !== "zh") return [{ run: text, english: false }];
  return text
    .split(RUNS)
    .filter(Boolean)
    .map((run) => ({ run, english: WORD.test(run) }));
}
