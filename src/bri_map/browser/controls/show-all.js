/**
 * A button at the top of the map that leads to all that matches, while most of it lies outside the view.
 */

/** @import { Say } from "../core/texts.js" */

import { button, keepFromMap } from "../core/dom.js";
import { counted } from "../core/numbers.js";

/** @typedef {{matching: number, placed: number, inView: number}} Counts What has no position is not placed. */

export class ShowAll {
  /** @type {Counts} */
  #counts = { matching: 0, placed: 0, inView: 0 };
  #asked = false;

  /**
   * @param {HTMLElement} container The map's element.
   * @param {Say} text
   * @param {() => void} onShow
   */
  constructor(container, text, onShow) {
    this.text = text;
    this.root = button("bri-show-all leaflet-control", onShow);
    this.root.hidden = true;
    keepFromMap(this.root);
    container.append(this.root);
  }

  /**
   * @param {Counts} counts
   * @param {boolean} asked Whether a filter asks for anything.
   */
  update(counts, asked) {
    this.#counts = counts;
    this.#asked = asked;
    this.render();
  }

  render() {
    const title = this.text("map.show_all", { n: counted(this.#counts.placed) });
    if (this.root.textContent !== title) this.root.textContent = title;
    this.root.hidden = !this.#asked || !isMostlyOutside(this.#counts);
  }

  remove() {
    this.root.remove();
  }
}

/**
 * @param {Counts} counts
 * @returns {boolean} Whether fewer than half of the matches that the map can show are in view.
 */
export function isMostlyOutside({ placed, inView }) {
  return 2 * inView < placed;
}
