/**
 * The options of one facet with their counts, each a button that is pressed or not: rows with the marks of the map and
 * a bar for the count, or a list that can be searched where there are many. A click is seen at once and noted in the journal as a difference.
 */

import { button, element } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { formatCount } from "../core/numbers.js";
import { fold } from "./fold.js";
import { chosenAfter, journal } from "./journal.js";
import { keepInOrder } from "./mount.js";
import { Roving } from "./roving.js";

/** Letters of a label that stand in half a row where it has no mark. */
const HALF = 15;
/** With more options than this a list has a field to search it. */
const SEARCHED = 12;

/**
 * @typedef {object} FacetData
 * @property {string} facet Its name in a filter.
 * @property {[string, string, number | null][]} options Code, label and count of each, null while it is not known.
 * @property {string[]} chosen Codes that the server knows to be chosen.
 * @property {"rows" | "list"} look
 * @property {string} theme In which marks are drawn.
 * @property {(code: string) => HTMLElement[]} mark What the map draws for a code.
 * @property {{label: string, find: string, none: string}} texts
 */

/**
 * @typedef {object} Option
 * @property {HTMLButtonElement} root
 * @property {HTMLElement} mark
 * @property {HTMLElement} label
 * @property {HTMLElement} count
 * @property {string} folded Its label as it is searched.
 */

export class Facet {
  /** @type {Map<string, Option>} By code. */
  #options = new Map();
  #facet = "";
  /** @type {string[]} */
  #chosen = [];
  #narrowed = "";
  #theme = "";

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.life = new Lifetime();
    this.field = element("input", "bri-field");
    Object.assign(this.field, { type: "search", autocomplete: "off", hidden: true });
    this.field.addEventListener("input", () => this._search());
    this.list = element("div", "bri-options");
    this.none = element("p", "bri-muted");
    this.none.setAttribute("role", "status");
    this.root = element("div", "", this.field, this.list, this.none);
    this.root.setAttribute("role", "group");
    this.roving = new Roving(this.list, () => [this._seen()]);
    parent.append(this.root);
    journal().addEventListener("change", () => this._press(), { signal: this.life.signal });
  }

  /** @param {FacetData} data */
  update({ facet, options, chosen, look, theme, mark, texts }) {
    this.#facet = facet;
    this.#chosen = chosen;
    this.root.className = `bri-facet bri-${look}`;
    this.root.dataset.part = `options-${facet}`;
    this.root.setAttribute("aria-label", texts.label);
    this.field.hidden = look !== "list" || options.length <= SEARCHED;
    this.field.placeholder = texts.find;
    this.field.setAttribute("aria-label", texts.find);
    this.none.dataset.text = texts.none;
    const most = Math.max(1, ...options.map(([, , count]) => count ?? 0));
    const isOtherwise = theme !== this.#theme;
    this.#theme = theme;
    const made = options.map((option) => this._write(option, most, isOtherwise ? mark : null));
    const codes = new Set(options.map(([code]) => code));
    for (const code of this.#options.keys()) if (!codes.has(code)) this.#options.delete(code);
    keepInOrder(this.list, made);
    this._press();
    this._search();
  }

  destroy() {
    this.life.end();
    this.root.remove();
  }

  /**
   * @param {[string, string, number | null]} option
   * @param {number} most The greatest of the counts.
   * @param {((code: string) => HTMLElement[]) | null} mark Draws the mark anew.
   */
  _write([code, label, count], most, mark) {
    const known = this.#options.get(code) ?? this._make(code);
    if (mark) known.mark.replaceChildren(...mark(code));
    if (known.label.textContent !== label) {
      known.label.textContent = label;
      known.folded = fold(label);
      known.root.classList.toggle("bri-wide", known.mark.firstChild !== null || widthOf(label) > HALF);
    }
    known.count.textContent = count === null ? "" : formatCount(count);
    known.root.classList.toggle("bri-empty", count === 0);
    known.root.style.setProperty("--share", String((count ?? 0) / most));
    return known.root;
  }

  /** @param {string} code */
  _make(code) {
    const mark = element("span", "bri-option-mark");
    const label = element("span", "bri-option-label");
    const count = element("span", "bri-count");
    const root = button("bri-option", () => this._click(code), mark, label, " ", count);
    const made = { root, mark, label, count, folded: "" };
    this.#options.set(code, made);
    return made;
  }

  /** @param {string} code */
  _click(code) {
    journal().add({ kind: "code", facet: this.#facet, code, on: !this._wanted().has(code) });
  }

  /** What is chosen once all that is noted has been answered. */
  _wanted() {
    return chosenAfter(journal().pending, this.#facet, this.#chosen);
  }

  _press() {
    const wanted = this._wanted();
    for (const [code, { root }] of this.#options) root.setAttribute("aria-pressed", String(wanted.has(code)));
  }

  /**
   * Show only options with these letters.
   * @param {string} asked Folded; empty for all.
   */
  narrow(asked) {
    if (asked === this.#narrowed) return;
    this.#narrowed = asked;
    this._search();
  }

  /** Show what is asked for. */
  _search() {
    const asked = this.field.hidden ? "" : fold(this.field.value);
    let found = 0;
    for (const { root, folded } of this.#options.values()) {
      root.hidden = !(folded.includes(asked) && folded.includes(this.#narrowed));
      found += Number(!root.hidden);
    }
    this.none.textContent = found ? "" : (this.none.dataset.text ?? "");
    this.roving.settle();
  }

  /** The options that are seen, in their order. */
  _seen() {
    return [...this.#options.values()].map(({ root }) => root).filter((root) => !root.hidden);
  }
}

/** @param {string} text @returns {number} Its width in letters; a Chinese character is as wide as two. */
function widthOf(text) {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
}
