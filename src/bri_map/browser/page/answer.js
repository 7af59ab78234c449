/**
 * The head of the page: what the atlas is, or what the filter finds, in one sentence; and questions to begin with,
 * until one is asked or they are sent away.
 */

/** @import { Locale } from "../core/locale.js" */
/** @import { Run } from "./mount.js" */

import { button, element, entitle } from "../core/dom.js";
import { recall, remember } from "../core/storage.js";
import { journal } from "./journal.js";
import { keepInOrder, mount } from "./mount.js";

const KEPT = "bri-map.examples";

/**
 * @typedef {object} AnswerData
 * @property {string} lang
 * @property {Locale} locale
 * @property {string} said
 * @property {boolean} asks Whether the filter asks for anything: the answer then has the whole line.
 * @property {string} [title] Of the page, where it has no other.
 * @property {[string, string][]} [examples] Questions, and the filters that answer them as in an address.
 * @property {string} [label] Of the questions as a group.
 * @property {string} [dismiss]
 */

class Answer {
  /** @type {Map<string, HTMLElement>} Buttons by what they ask. */
  #asked = new Map();

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.title = element("h1", "bri-headline");
    this.said = element("p", "bri-said");
    this.said.setAttribute("role", "status");
    this.examples = element("div", "bri-examples");
    this.examples.setAttribute("role", "group");
    this.close = button("bri-examples-close", () => this._end());
    this.root = element("div", "bri-head", this.title, this.said, this.examples);
    parent.append(this.root);
  }

  /** @param {AnswerData} data */
  update({ locale, said, asks, title, examples, label, dismiss }) {
    this.root.lang = locale.tag;
    this.title.textContent = title ?? "";
    this.title.hidden = !title;
    this.title.classList.toggle("bri-hidden", asks);
    if (this.said.textContent !== said) this.said.textContent = said;
    this.said.title = said;
    const shown = examples && recall(KEPT, "localStorage") === null ? examples : [];
    this.examples.hidden = !shown.length;
    if (!shown.length) return;
    this.examples.setAttribute("aria-label", label ?? "");
    entitle(this.close, dismiss ?? "");
    const made = shown.map(([text, query]) => this._write(text, query));
    keepInOrder(this.examples, [...made, this.close]);
  }

  destroy() {
    this.root.remove();
  }

  /**
   * @param {string} text
   * @param {string} query
   */
  _write(text, query) {
    const made = this.#asked.get(query) ?? button("bri-example", () => this._ask(query));
    this.#asked.set(query, made);
    made.textContent = text;
    return made;
  }

  /** @param {string} query */
  _ask(query) {
    this._end();
    journal().add({ kind: "filter", query });
  }

  _end() {
    this.examples.hidden = true;
    remember(KEPT, "done", "localStorage");
  }
}

/** @param {Run<AnswerData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, Answer, (answer) => answer.update(data));
}
