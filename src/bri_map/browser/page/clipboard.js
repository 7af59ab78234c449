/**
 * Text that is still on its way, put on the clipboard.
 */

import { element } from "../core/dom.js";

/**
 * A browser lets a page write only while a click is fresh. Where it takes a text that comes later, it is promised
 * one at once.
 * @param {Promise<string>} coming
 * @returns {Promise<boolean>} Whether it is there.
 */
export async function toClipboard(coming) {
  try {
    if (navigator.clipboard && window.ClipboardItem) {
      const blob = coming.then((text) => new Blob([text], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      return true;
    }
  } catch {
    // Refused, or the text did not come: below it is found out which.
  }
  try {
    return copyByCommand(await coming);
  } catch {
    return false;
  }
}

/**
 * The way of pages without a secure address.
 * @param {string} text
 * @returns {boolean} Whether the browser took it.
 */
function copyByCommand(text) {
  const field = element("textarea", "bri-hidden");
  field.value = text;
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  return isDone;
}
