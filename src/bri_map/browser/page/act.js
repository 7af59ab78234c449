/**
 * Buttons, each of which notes a change in the journal: what is asked for, as labels that can be taken away;
 * to begin again; to relax a filter.
 */

/** @import { Change } from "./journal.js" */
/** @import { Run } from "./mount.js" */

import { button, element } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { journal } from "./journal.js";
import { keepInOrder, mount } from "./mount.js";

/**
 * @typedef {object} Act
 * @property {string} label
 * @property {string | null} hint What the button does, where the label does not say it.
 * @property {Change} change What it notes.
 * @property {boolean} [disabled]
 */

/** @typedef {{acts: Act[], look: "chips" | "quiet" | "buttons", label?: string}} ActData */

export class Acts {
  /** @type {Map<string, HTMLButtonElement>} By what they note. */
  #buttons = new Map();
  #areLabels = false;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.life = new Lifetime();
    this.root = element("div", "");
    parent.append(this.root);
    journal().addEventListener("change", () => this._hideTaken(), { signal: this.life.signal });
  }

  /** @param {ActData} data */
  update({ acts, look, label }) {
    this.#areLabels = look === "chips";
    this.root.className = `bri-acts bri-${look}`;
    if (label) {
      this.root.setAttribute("role", "group");
      this.root.setAttribute("aria-label", label);
    }
    const made = acts.map((act) => this._write(act));
    for (const [key, known] of this.#buttons) if (!made.includes(known)) this.#buttons.delete(key);
    keepInOrder(this.root, made);
    this._hideTaken();
  }

  destroy() {
    this.life.end();
    this.root.remove();
  }

  /** @param {Act} act */
  _write({ label, hint, change, disabled }) {
    const key = JSON.stringify(change);
    const made = this.#buttons.get(key) ?? button("bri-act", () => journal().add(change));
    this.#buttons.set(key, made);
    if (made.textContent !== label) made.textContent = label;
    made.disabled = Boolean(disabled);
    if (hint) made.setAttribute("aria-label", hint);
    return made;
  }

  /** A label that was taken away goes at once. */
  _hideTaken() {
    if (!this.#areLabels) return;
    const { pending } = journal();
    const noted = pending.map(({ n, ...change }) => JSON.stringify(change));
    const all = pending.some(({ kind }) => kind === "reset");
    for (const [key, { parentElement, style }] of this.#buttons)
      if (parentElement) style.display = all || noted.includes(key) ? "none" : "";
  }
}

/** @param {Run<ActData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, Acts, (acts) => acts.update(data));
}
