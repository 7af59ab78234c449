/**
 * The tools of the page, in a bar that stands before all else in the document: by keyboard they come first,
 * after two links past them. Where the bar is seen is the style sheet's to say; on a phone all but the search are
 * in the menu.
 */

import { button, element } from "../core/dom.js";

const ID = "bri-topbar";
const CONTENT = '[data-testid="stSkipToContent"]';

/** @returns {HTMLElement} The bar, made when it is first asked for. */
function bar() {
  const known = document.getElementById(ID);
  if (known) return known;
  const more = element("div", "bri-topbar-more", place("share"), place("theme"), place("language"));
  const made = element("div", "bri-topbar", element("div", "bri-skips"), place("search"), more);
  made.id = ID;
  document.body.prepend(made);
  return made;
}

/** @param {string} name */
function place(name) {
  const made = element("div", "bri-place");
  made.dataset.part = name;
  return made;
}

/**
 * Give the place of a tool.
 * @param {"search" | "share" | "theme" | "language"} name
 * @returns {HTMLElement}
 */
export function placeOf(name) {
  const found = bar().querySelector(`[data-part="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`The bar has no place for ${name}.`);
  return found;
}

/**
 * Write the links past what stands first on the page.
 * @param {{skip: string, skip_search: string}} texts
 */
export function writeSkips(texts) {
  const skips = bar().querySelector(".bri-skips");
  skips?.replaceChildren(
    button("bri-skip", () => bar().querySelector("input")?.focus(), texts.skip_search),
    button("bri-skip", toContent, texts.skip),
  );
}

function toContent() {
  const link = document.querySelector(CONTENT);
  if (link instanceof HTMLElement) link.click();
}
