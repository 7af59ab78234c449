/**
 * One stop of the keyboard for many things of a kind: Tab comes to one of them and goes past the others; arrow
 * keys, Home and End lead from one to the next.
 */

import { isModified } from "../core/dom.js";

/** Where a key leads, from a place in a row of so many. @type {Record<string, (at: number, last: number) => number>} */
const STEPS = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

export class Roving {
  /** @type {Set<HTMLElement>} Those to which Tab comes. */
  #stops = new Set();

  /**
   * @param {HTMLElement} root Holds them all.
   * @param {() => HTMLElement[][]} rows Those that are seen, in rows of which each is one stop.
   */
  constructor(root, rows) {
    this.rows = rows;
    root.addEventListener("keydown", (event) => this._onKey(event));
    root.addEventListener("focusin", ({ target }) => this._come(target));
  }

  /** Take note of what there is now. */
  settle() {
    const { activeElement } = document;
    const stops = this.rows()
      .filter((row) => row.length)
      .map(
        (row) =>
          row.find((one) => one === activeElement) ?? row.find((one) => this.#stops.has(one)) ?? row[0],
      );
    this.#stops = new Set(stops);
    for (const one of this.rows().flat()) one.tabIndex = this.#stops.has(one) ? 0 : -1;
  }

  /** @param {EventTarget | null} target */
  _come(target) {
    const row = this.rows().find((found) => found.some((one) => one === target));
    if (!row) return;
    for (const one of row) {
      const isHere = one === target;
      one.tabIndex = isHere ? 0 : -1;
      if (isHere) this.#stops.add(one);
      else this.#stops.delete(one);
    }
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    const step = STEPS[event.key];
    if (!step || isModified(event)) return;
    for (const row of this.rows()) {
      const at = row.findIndex((one) => one.isSameNode(/** @type {Node} */ (event.target)));
      if (at < 0) continue;
      event.preventDefault();
      row[step(at, row.length - 1)].focus();
    }
  }
}
