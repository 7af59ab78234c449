/**
 * A line in the map that says what is missing.
 */

/** @import { Say, Values } from "../core/texts.js" */

import { element } from "../core/dom.js";
import { LoadError } from "../core/load.js";

export class Notices {
  /** @type {Set<string>} Files that are missing. */
  #missing = new Set();
  /** @type {{key: string, values: () => Values} | null} */
  #told = null;

  /**
   * @param {HTMLElement} container The map's element.
   * @param {Say} text
   */
  constructor(container, text) {
    this.text = text;
    this.root = element("div", "bri-notices");
    this.root.setAttribute("role", "alert");
    this.root.hidden = true;
    container.append(this.root);
  }

  /** @param {Error} error */
  add(error) {
    console.error("bri-map:", error);
    this.#missing.add(nameOf(error));
    this.render();
  }

  /** @param {Error} error What is no longer so: the file has come after all. */
  settle(error) {
    if (this.#missing.delete(nameOf(error))) this.render();
  }

  /**
   * Say something else, or nothing with an empty key.
   * @param {string} key Of the text.
   * @param {() => Values} [values] For its placeholders, in the language of the moment.
   */
  tell(key, values = () => ({})) {
    this.#told = key ? { key, values } : null;
    this.render();
  }

  remove() {
    this.root.remove();
  }

  render() {
    const lines = [];
    if (this.#missing.size) lines.push(this.text("map.load_failed", { file: [...this.#missing].join(", ") }));
    if (this.#told) lines.push(this.text(this.#told.key, this.#told.values()));
    this.root.hidden = !lines.length;
    this.root.replaceChildren(...lines.map((line) => element("div", "", line)));
  }
}

/** @param {Error} error */
function nameOf(error) {
  return error instanceof LoadError ? error.file : error.message;
}
