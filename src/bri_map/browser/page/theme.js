/**
 * Switches between the light and the dark theme. Streamlit takes its theme only when the page loads, so the
 * choice is kept (`head-theme.js`, which stands in the head of every page, reads it) and the page loads anew, with
 * all that is chosen in its address.
 *
 * Where nothing was chosen the theme is the system's, which may change while the page is open. Streamlit then
 * redraws what is its own; the rest is drawn by the server, which is told.
 */

/** @import { Run } from "./mount.js" */

import { button, entitle } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { placeOf } from "./bar.js";
import { journal } from "./journal.js";
import { mapFrame, mount } from "./mount.js";

const KEPT = "bri-map.theme";
const PARAMETER = "theme";
const IS_DARK = "(prefers-color-scheme: dark)";
/** Milliseconds that Streamlit is given to take over the theme of the system. */
const SETTLING_MS = 50;

/** @typedef {{theme: string, texts: {to_dark: string, to_light: string}}} ThemeData */

class ThemeButton {
  constructor() {
    this.wanted = "dark";
    this.root = button("bri-tool bri-theme", () => this._switch());
    placeOf("theme").append(this.root);
    this.life = new Lifetime();
    this.system = window.matchMedia(IS_DARK);
    this.system.addEventListener("change", () => this._follow(), { signal: this.life.signal });
    /** What the system's theme was when the server was told of it last. */
    this.told = "";
  }

  /** @param {ThemeData} data */
  update({ theme, texts }) {
    const dark = theme === "dark";
    this.wanted = dark ? "light" : "dark";
    entitle(this.root, dark ? texts.to_light : texts.to_dark);
    this._follow();
  }

  /** Tell the server, once, that the page is not drawn in the theme of the system, where that is to be followed. */
  _follow() {
    const wanted = this.system.matches ? "dark" : "light";
    if (wanted !== this.wanted || wanted === this.told || isChosen()) return;
    this.told = wanted;
    this.life.after(SETTLING_MS, () => journal().add({ kind: "theme" }));
  }

  destroy() {
    this.life.end();
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

/** @returns {boolean} Whether the reader, or a link, has chosen a theme. */
function isChosen() {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return new URLSearchParams(location.search).has(PARAMETER);
  }
}

/** @param {Run<ThemeData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, ThemeButton, (part) => part.update(data));
}
