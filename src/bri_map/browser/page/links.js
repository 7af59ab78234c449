/**
 * Lets links to features work inside the session: a plain click opens the feature here, with all that is
 * chosen kept; with a key held, or in a new tab, they are links like any other.
 */

import { isModified } from "../core/dom.js";
import { journal } from "./journal.js";

/** @returns {() => void} Takes it away. */
export default function render() {
  const life = new AbortController();
  document.addEventListener(
    "click",
    (event) => {
      const { target } = event;
      const link = target instanceof Element ? target.closest("a[data-feature]") : null;
      if (!(link instanceof HTMLAnchorElement) || event.button || event.shiftKey || isModified(event)) return;
      event.preventDefault();
      journal().add({ kind: "feature", id: link.dataset.feature });
    },
    { signal: life.signal },
  );
  return () => life.abort();
}
