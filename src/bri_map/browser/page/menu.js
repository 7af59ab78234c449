/**
 * The sidebar as the menu of a narrow window: it closes by its own cross, by a tap beside it, by Escape and by a
 * change of page. What of Streamlit's furniture has a name is named in the language of the page.
 */

import { element } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";

const NARROW = "(max-width: 767px)";
const SIDEBAR = '[data-testid="stSidebar"]';
const CLOSE = '[data-testid="stSidebarCollapseButton"] button';
const OPEN = '[data-testid="stExpandSidebarButton"]';

/** @typedef {Record<"menu" | "menu_close" | "pages" | "home" | "filters", string>} MenuTexts */

/** Streamlit's furniture with the name of its text. @type {[string, keyof MenuTexts][]} */
const NAMED = [
  [OPEN, "menu"],
  [CLOSE, "menu_close"],
  [SIDEBAR, "filters"],
  ['[data-testid="stSidebarNav"]', "pages"],
  ['[data-testid="stTopNav"]', "pages"],
  ['[data-testid="stLogoLink"]', "home"],
];

export class Menu {
  /** @type {MenuTexts | null} */
  #texts = null;
  #path = location.pathname;

  constructor() {
    this.life = new Lifetime();
    this.narrow = window.matchMedia(NARROW);
    this.backdrop = element("div", "bri-backdrop");
    this.backdrop.addEventListener("click", () => this.close());
    document.body.append(this.backdrop);
    const observer = new MutationObserver(() => this._follow());
    observer.observe(document.body, { subtree: true, attributeFilter: ["data-collapsed"] });
    this.life.onEnd(() => observer.disconnect());
    const { signal } = this.life;
    this.narrow.addEventListener("change", () => this._follow(), { signal });
    document.addEventListener("keydown", (event) => this._onKey(event), { signal });
  }

  /** @param {MenuTexts} texts */
  update(texts) {
    this.#texts = texts;
    if (this.#path !== location.pathname) this.close();
    this.#path = location.pathname;
    this._follow();
  }

  destroy() {
    this.life.end();
    this.backdrop.remove();
    delete document.documentElement.dataset.briMenu;
  }

  close() {
    if (this.isOpen) press(CLOSE);
  }

  /** Whether the sidebar lies over the page. */
  get isOpen() {
    const sidebar = document.querySelector(SIDEBAR);
    return this.narrow.matches && sidebar instanceof HTMLElement && sidebar.dataset.collapsed === "false";
  }

  _follow() {
    const { dataset } = document.documentElement;
    if (this.isOpen) dataset.briMenu = "open";
    else delete dataset.briMenu;
    const texts = this.#texts;
    if (!texts) return;
    for (const [selector, name] of NAMED)
      document.querySelector(selector)?.setAttribute("aria-label", texts[name]);
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.isOpen) return;
    this.close();
    const button = document.querySelector(OPEN);
    if (button instanceof HTMLElement) button.focus();
  }
}

/** @param {string} selector */
function press(selector) {
  const button = document.querySelector(selector);
  if (button instanceof HTMLElement) button.click();
}
