/**
 * What concerns the page as a whole: its language, the link past the navigation, which is Streamlit's, in
 * that language, and a word to screen readers when an answer takes longer than half a second. The bar that
 * others then see is drawn by the style sheet, so that it is there before any script.
 */

import { element } from "../core/dom.js";
import { mount } from "./mount.js";

const PATIENCE_MS = 500;

class Waiting {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.said = element("p", "bri-hidden");
    this.said.setAttribute("role", "status");
    parent.append(this.said);
    this.observer = new MutationObserver(([{ target }]) => this._follow(target.dataset.testScriptState));
    this.observer.observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] });
  }

  destroy() {
    this.observer.disconnect();
    clearTimeout(this.timer);
    this.said.remove();
  }

  _follow(state) {
    clearTimeout(this.timer);
    if (state === "running") {
      this.timer = setTimeout(() => (this.said.textContent = this.word), PATIENCE_MS);
    } else {
      this.said.textContent = "";
    }
  }
}

export default function render({ parentElement, data }) {
  document.documentElement.lang = data.lang === "zh" ? "zh-Hans" : "en";
  const link = document.querySelector('[data-testid="stSkipToContent"]');
  if (link?.firstChild) link.firstChild.data = data.texts.skip;
  return mount(parentElement, Waiting, (waiting) => (waiting.word = data.texts.working));
}
