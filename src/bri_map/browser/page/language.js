/**
 * The switch between the languages of the page.
 */

/** @import { Run } from "./mount.js" */

import { button, element } from "../core/dom.js";
import { placeOf } from "./bar.js";
import { journal } from "./journal.js";
import { mount } from "./mount.js";

/** @typedef {{lang: string, label: string, languages: [string, string, string][]}} LanguageData Code, tag and name of each. */

class LanguageSwitch {
  constructor() {
    this.root = element("div", "bri-languages");
    this.root.setAttribute("role", "group");
    placeOf("language").append(this.root);
  }

  /** @param {LanguageData} data */
  update({ lang, label, languages }) {
    this.root.setAttribute("aria-label", label);
    if (this.root.children.length !== languages.length)
      this.root.replaceChildren(...languages.map((language) => this._button(language)));
    for (const [i, [code]] of languages.entries())
      this.root.children[i].setAttribute("aria-pressed", String(code === lang));
  }

  /** @param {[string, string, string]} language */
  _button([code, tag, name]) {
    const made = button("bri-tool", () => journal().add({ kind: "language", language: code }), name);
    made.lang = tag;
    return made;
  }

  destroy() {
    this.root.remove();
  }
}

/** @param {Run<LanguageData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, LanguageSwitch, (part) => part.update(data));
}
