/**
 * Lets links to features work inside the session: a plain click opens the feature here, with all that is
 * chosen kept; with a key held, or in a new tab, they are links like any other.
 */

/** @import { Run } from "./mount.js" */

import { isModified } from "../core/dom.js";

/** @param {Run<unknown>} run */
export default function render({ setTriggerValue }) {
  const life = new AbortController();
  document.addEventListener(
    "click",
    (event) => {
      const { target } = event;
      const link = target instanceof Element ? target.closest("a[data-feature]") : null;
      if (!(link instanceof HTMLAnchorElement) || event.button || event.shiftKey || isModified(event)) return;
      event.preventDefault();
      setTriggerValue("picked", { id: link.dataset.feature, n: Date.now() });
    },
    { signal: life.signal },
  );
  return () => life.abort();
}
