/**
 * A line in the map that says what is missing.
 */

import { element } from "../core/dom.js";

/** A line in the map that says which files are missing. */
class Notices {
  /**
   * @param {HTMLElement} container The map's element.
   * @param {(key: string, values?: object) => string} text
   */
  constructor(container, text) {
    this.text = text;
    this.problems = [];
    this.told = null;
    this.root = element("div", "bri-notices");
    this.root.setAttribute("role", "alert");
    this.root.hidden = true;
    container.append(this.root);
  }

  /** @param {Error & {file?: string}} error */
  add(error) {
    console.error("bri-map:", error);
    this.problems.push(error.file || error.message);
    this.render();
  }

  /**
   * Say something else, or nothing with an empty key.
   * @param {string} key Of the text.
   * @param {() => Object<string, string>} [values] For its placeholders, in the language of the moment.
   */
  tell(key, values = () => ({})) {
    this.told = key ? { key, values } : null;
    this.render();
  }

  render() {
    const lines = [];
    if (this.problems.length) lines.push(this.text("map.load_failed", { file: this.problems.join(", ") }));
    if (this.told) lines.push(this.text(this.told.key, this.told.values()));
    this.root.hidden = !lines.length;
    this.root.replaceChildren(...lines.map((line) => element("div", "", line)));
  }
}

export { Notices };
