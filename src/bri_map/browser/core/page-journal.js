/**
 * The journal of the page around the map's frame; see page/journal.js.
 */

/** @import { Journal } from "../page/journal.js" */

/** @returns {Journal | null} Null where the page is not ours. */
export function pageJournal() {
  try {
    return window.parent.briMapJournal ?? null;
  } catch {
    return null; // The page is of another origin.
  }
}

/**
 * @param {string} name Of a part of the display.
 * @returns {string | boolean | undefined} How it was chosen while the page has not answered.
 */
export function wantedDisplay(name) {
  const noted = (pageJournal()?.pending ?? []).filter(
    (change) => change.kind === "display" && change.name === name,
  );
  return noted[noted.length - 1]?.value;
}

/**
 * @param {string} layer
 * @returns {boolean | undefined} How a layer was switched while the page has not answered.
 */
export function wantedLayer(layer) {
  const noted = (pageJournal()?.pending ?? []).filter(
    (change) => change.kind === "map" && change.event === "toggle" && change.layer === layer,
  );
  const last = noted[noted.length - 1];
  return last && Boolean(last.on);
}
