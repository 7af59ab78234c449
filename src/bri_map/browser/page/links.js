/**
 * Lets links of the details work inside the session: a plain click opens the feature here, or shows the result
 * that the link asks for, with the rest of what is chosen kept; with a key held, or in a new tab, they are links
 * like any other.
 */

/** @import { Change } from "./journal.js" */

import { isModified } from "../core/dom.js";
import { journal } from "./journal.js";

/** Follow the links of this page, from now on. */
export function followLinks() {
  document.addEventListener("click", (event) => {
    const { target } = event;
    const link = target instanceof Element ? target.closest("a[data-feature], a.bri-ask") : null;
    if (!(link instanceof HTMLAnchorElement) || event.button || event.shiftKey || isModified(event)) return;
    event.preventDefault();
    if (link.dataset.feature) journal().add({ kind: "feature", id: link.dataset.feature });
    else journal().add({ kind: "reset" }, ...asked(link.href));
  });
}

/**
 * @param {string} href Of a link to a result.
 * @returns {Change[]} What it asks for.
 */
export function asked(href) {
  return [...new URL(href).searchParams]
    .filter(([name]) => name !== "lang")
    .map(([facet, code]) => ({ kind: "code", facet, code, on: true }));
}
