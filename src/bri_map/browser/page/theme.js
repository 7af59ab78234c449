/**
 * Switches between the light and the dark theme. Streamlit takes its theme only when the page loads, so the
 * choice is kept (`head-theme.js`, which stands in the head of every page, reads it) and the page loads anew, with
 * all that is chosen in its address.
 */

import { element } from "../core/dom.js";
import { mapFrame } from "./mount.js";

const KEPT = "bri-map.theme";
const PARAMETER = "theme";

export default function render({ parentElement, data }) {
  let button = parentElement.querySelector("button");
  if (!button) {
    button = element("button", "bri-tool bri-theme");
    button.type = "button";
    parentElement.append(button);
  }
  const wanted = data.theme === "dark" ? "light" : "dark";
  const label = data.texts[`to_${wanted}`];
  button.title = label;
  button.setAttribute("aria-label", label);
  button.onclick = () => {
    mapFrame()?.briMap.writeView();
    try {
      localStorage.setItem(KEPT, wanted);
    } catch {
      // Storage is forbidden: the address alone carries the choice.
    }
    const address = new URL(window.location.href);
    address.searchParams.set(PARAMETER, wanted);
    window.location.assign(address);
  };
  return () => button.remove();
}
