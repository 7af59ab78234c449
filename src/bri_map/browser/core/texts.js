/**
 * The texts of the map in the language of the page.
 */

/** @import { Reports } from "./load.js" */
/** @import { Locale } from "./locale.js" */

import { Fetched, loadJson } from "./load.js";
import { ORIGINAL, PLAIN } from "./locale.js";

/** @typedef {Record<string, string | number>} Values */
/** @typedef {(key: string, values?: Values) => string} Say */

/** Milliseconds after a failure before texts are asked for again. */
const REST = 5000;

/**
 * Fill the placeholders of a text; one without a value stays.
 * @param {string} text
 * @param {Values} values
 * @returns {string}
 */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Find a text: in the language, else in English, else words made of its key, as while texts are on their way.
 * @param {(Record<string, string> | undefined)[]} catalogues The wanted one first.
 * @param {string} key
 * @param {Values} [values] For the placeholders in braces; for `n` of 1 there may be a text of its own.
 * @returns {string}
 */
export function findText(catalogues, key, values = {}) {
  /** @param {string} name */
  const find = (name) => catalogues.find((texts) => texts?.[name] !== undefined)?.[name];
  const known = (values.n === 1 ? find(`${key}.one`) : undefined) ?? find(key);
  const words = (key.split(".").pop() ?? "").replace(/[-_]/g, " ");
  return filled(known ?? [words, ...Object.values(values)].join(" "), values);
}

/** The texts of the map; those of a language are fetched when it is first chosen. */
export class Texts {
  /** @type {Fetched<string, Record<string, string>>} */
  #catalogues;

  /**
   * @param {Record<string, string>} urls Addresses of the texts by language.
   * @param {Record<string, Locale>} locales Habits by language.
   * @param {Reports & {onTexts: () => void}} reports Told as well when texts have come.
   */
  constructor(urls, locales, { onTexts, ...reports }) {
    this.lang = ORIGINAL;
    this.locales = locales;
    this.#catalogues = new Fetched((lang) => loadJson(urls[lang]), {
      ...reports,
      rest: REST,
      onValue: onTexts,
    });
    /** @type {Say} */
    this.text = (key, values) =>
      findText([this.#catalogues.get(this.lang), this.#catalogues.get(ORIGINAL)], key, values);
  }

  /** @returns {Locale} Habits of the language. */
  get locale() {
    return this.locales[this.lang] ?? PLAIN;
  }

  /**
   * Choose a language, and ask for its texts unless they are there.
   * @param {string} lang
   * @returns {boolean} Whether it is another one.
   */
  choose(lang) {
    const other = Object.hasOwn(this.locales, lang) && lang !== this.lang;
    if (other) this.lang = lang;
    this.#catalogues.want(this.lang);
    return other;
  }

  /**
   * @param {string} word
   * @param {string | number} said
   * @returns {string} As in `Status: planned`.
   */
  labelled(word, said) {
    return `${word}${this.locale.colon}${said}`;
  }
}
