/**
 * What concerns the page as a whole: its language, the links past what stands first, the menu of a narrow
 * window, and a word to screen readers when an answer takes longer than half a second. The bar that
 * others then see is drawn by the style sheet, so that it is there before any script.
 */

/** @import { Locale } from "../core/locale.js" */
/** @import { MenuTexts } from "./menu.js" */
/** @import { Run } from "./mount.js" */
/** @import { SheetWords } from "./sheet.js" */

import { element } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { markDocument } from "../core/locale.js";
import { writeSkips } from "./bar.js";
import { Menu } from "./menu.js";
import { mount } from "./mount.js";
import { prepareSheets } from "./sheet.js";

const PATIENCE_MS = 500;

/** @typedef {{lang: string, locale: Locale, texts: SheetWords & {skip: string, skip_search: string, working: string} & MenuTexts}} PageData */

class Waiting {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.word = "";
    this.life = new Lifetime();
    this.said = element("p", "bri-hidden");
    this.said.setAttribute("role", "status");
    this.menu = new Menu();
    parent.append(this.said);
    const observer = new MutationObserver(([{ target }]) => {
      if (target instanceof HTMLElement) this._follow(target.dataset.testScriptState);
    });
    observer.observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] });
    this.life.onEnd(() => observer.disconnect());
  }

  destroy() {
    this.life.end();
    this.menu.destroy();
    this.said.remove();
  }

  /** @param {string | undefined} state */
  _follow(state) {
    this.life.cancel(this.#timer);
    if (state === "running") {
      this.#timer = this.life.after(PATIENCE_MS, () => {
        this.said.textContent = this.word;
      });
    } else this.said.textContent = "";
  }
}

/** @param {Run<PageData>} run */
export default function render({ parentElement, data }) {
  markDocument(data.locale);
  writeSkips(data.texts);
  prepareSheets(data.texts, data.locale.tag);
  return mount(parentElement, Waiting, (waiting) => {
    waiting.word = data.texts.working;
    waiting.menu.update(data.texts);
  });
}
