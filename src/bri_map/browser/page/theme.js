/**
 * Switches between the light and the dark theme. Streamlit takes its theme only when the page loads, so the
 * choice is kept (`head-theme.js`, which stands in the head of every page, reads it) and the page loads anew, with
 * all that is chosen in its address.
 */

/** @import { Run } from "./mount.js" */

import { button, entitle } from "../core/dom.js";
import { journal } from "./journal.js";
import { mapFrame, mount } from "./mount.js";

const KEPT = "bri-map.theme";
const PARAMETER = "theme";

/** @typedef {{theme: string, texts: {to_dark: string, to_light: string}}} ThemeData */

class ThemeButton {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.wanted = "dark";
    this.root = button("bri-tool bri-theme", () => this._switch());
    parent.append(this.root);
  }

  /** @param {ThemeData} data */
  update({ theme, texts }) {
    const dark = theme === "dark";
    this.wanted = dark ? "light" : "dark";
    entitle(this.root, dark ? texts.to_light : texts.to_dark);
  }

  destroy() {
    this.root.remove();
  }

  _switch() {
    try {
      localStorage.setItem(KEPT, this.wanted);
    } catch {
      // Storage is forbidden: the address alone carries the choice.
    }
    journal()
      .settled()
      .then(() => this._reload());
  }

  /** Load the page anew; its address now has all that was done. */
  _reload() {
    mapFrame()?.writeView();
    const address = new URL(window.location.href);
    address.searchParams.set(PARAMETER, this.wanted);
    window.location.assign(address);
  }
}

/** @param {Run<ThemeData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, ThemeButton, (part) => part.update(data));
}
