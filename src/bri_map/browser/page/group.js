/**
 * A group of the sidebar: a title that opens and closes it, and what is in it. Its kinds are in `group-kinds.js`.
 */

/** @import { Change } from "./journal.js" */
/** @import { LayerMark } from "../marks/layer-mark.js" */
/** @import { FiltersData, GroupWords } from "./filters.js" */

import { element } from "../core/dom.js";
import { fold } from "./fold.js";
import { chosenAfter, journal, openAfter } from "./journal.js";

/**
 * A group. What is in it is made when it first opens.
 */
export class Group {
  #title = element("span", "");
  #chosen = element("span", "bri-chosen");
  #note = element("p", "bri-muted");
  #asked = "";
  /** Whether the reader has it open, apart from what is typed. */
  #isOpen = false;
  #isFilled = false;
  #searched = "";
  /** @type {GroupWords | null} */
  words = null;
  /** @type {Record<string, string>} By code. */
  labels = {};
  /** @type {LayerMark[]} */
  marks = [];
  /** @type {Record<string, string>} */
  texts = {};
  /** @type {FiltersData | null} */
  data = null;

  constructor() {
    const summary = element("summary", "", this.#title, this.#chosen);
    this.body = element("div", "bri-group-body");
    this.root = element("details", "bri-group", summary, this.body);
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      this._turn();
    });
  }

  /** @param {{words: GroupWords, labels: Record<string, string>, marks: LayerMark[], texts: Record<string, string>, data: FiltersData}} given */
  update({ words, labels, marks, texts, data }) {
    if (this.words !== words) {
      this.root.dataset.part = `group-${words.name}`;
      this.#note.textContent = words.note;
      this.#note.hidden = !words.note;
      const said = [words.title, words.section, ...(words.options ?? []).map((code) => labels[code])];
      this.#searched = said.map(fold).join("\n");
    }
    Object.assign(this, { words, labels, marks, texts, data });
    const title = this.title(words, data);
    if (this.#title.textContent !== title) this.#title.textContent = title;
    this._mark();
    if (this.#isFilled) this.fill();
  }

  destroy() {}

  /**
   * @param {GroupWords} words
   * @param {FiltersData} _data
   * @returns {string}
   */
  title(words, _data) {
    return words.title;
  }

  /** Make what is in it, or bring it up to date. */
  fill() {}

  /** @param {string} _asked What is typed; empty for all. */
  narrow(_asked) {}

  /** Whether the filter asks for anything here, options apart. */
  get isAsked() {
    return false;
  }

  /** Whether it is only open for what is typed. */
  get isLookedAt() {
    return !this.#isOpen && this.root.open;
  }

  /** @param {Change[]} pending */
  follow(pending) {
    if (!this.words || !this.data) return;
    this.#isOpen = openAfter(pending, this.words.name, this.data.open.includes(this.words.name));
    this._mark();
    this._show();
  }

  /**
   * Show only what has these letters in its words.
   * @param {string} asked Folded; empty for all.
   * @returns {boolean} Whether anything has.
   */
  find(asked) {
    this.#asked = asked;
    const found = this.#searched.includes(asked);
    this.root.hidden = !found;
    this._show();
    return found;
  }

  _turn() {
    if (!this.words || this.#asked) return;
    journal().add({ kind: "fold", group: this.words.name, open: !this.#isOpen });
  }

  _show() {
    const isOpen = this.#isOpen || (this.#asked !== "" && !this.root.hidden);
    if (isOpen && !this.#isFilled) {
      this.#isFilled = true;
      this.fill();
      this.body.append(this.#note);
    }
    if (this.root.open !== isOpen) this.root.open = isOpen;
    const isTitle = fold(`${this.words?.title}\n${this.words?.section}`).includes(this.#asked);
    if (this.#isFilled) this.narrow(isTitle ? "" : this.#asked);
  }

  /** Say behind the title how many options are chosen. */
  _mark() {
    if (!this.words || !this.data) return;
    const { name } = this.words;
    const chosen = chosenAfter(journal().pending, name, this.data.chosen[name] ?? []).size;
    this.#chosen.textContent = chosen || this.isAsked ? ` · ${chosen || 1}` : "";
  }
}
