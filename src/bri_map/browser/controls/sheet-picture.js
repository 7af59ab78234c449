/**
 * The map for a printed sheet: one picture of what is seen, in the light theme, with its key and credits.
 */

/** @import { Atlas } from "../map.js" */

import { contextOf } from "../core/canvas.js";
import { element } from "../core/dom.js";
import { drawNow } from "../core/surface.js";
import { palette } from "../marks/palette.js";
import { swatchCanvas } from "../marks/swatches.js";

/** Pixels of the picture for each of the page, so that it is sharp on paper. */
const RATIO = 2;

/** @typedef {{picture: HTMLCanvasElement, key: HTMLElement, credits: string}} MapSheet */

/**
 * @param {Atlas} atlas
 * @returns {MapSheet}
 */
export function mapSheet(atlas) {
  const { display } = atlas.displayControl;
  atlas.displayControl.apply({ ...display, theme: "light" });
  drawNow();
  const sheet = {
    picture: pictureOf(atlas.map),
    key: keyOf(atlas.legend),
    credits: [...atlas.attribution.root.children].map((part) => part.textContent).join(" "),
  };
  atlas.displayControl.apply(display);
  return sheet;
}

/**
 * @param {L.Map} map
 * @returns {HTMLCanvasElement} What the window of the map shows, without its controls.
 */
function pictureOf(map) {
  const picture = document.createElement("canvas");
  const size = map.getSize();
  picture.width = size.x * RATIO;
  picture.height = size.y * RATIO;
  const ctx = contextOf(picture);
  ctx.scale(RATIO, RATIO);
  ctx.fillStyle = palette.COLOURS.water;
  ctx.fillRect(0, 0, size.x, size.y);
  const { left, top } = map.getContainer().getBoundingClientRect();
  for (const drawn of drawnOn(map)) {
    const box = drawn.getBoundingClientRect();
    if (box.width) ctx.drawImage(drawn, box.left - left, box.top - top, box.width, box.height);
  }
  return picture;
}

/**
 * @param {L.Map} map
 * @returns {(HTMLCanvasElement | HTMLImageElement)[]} All that is drawn, the lowest first.
 */
function drawnOn(map) {
  /** @type {NodeListOf<HTMLCanvasElement | HTMLImageElement>} */
  const drawn = map
    .getContainer()
    .querySelectorAll(".leaflet-map-pane canvas, .leaflet-map-pane img.leaflet-tile");
  const height = (/** @type {Element} */ one) =>
    Number(getComputedStyle(one.closest(".leaflet-pane > .leaflet-pane") ?? one).zIndex) || 0;
  return [...drawn].filter(isWhole).sort((a, b) => height(a) - height(b));
}

/** @param {HTMLCanvasElement | HTMLImageElement} drawn */
function isWhole(drawn) {
  return drawn instanceof HTMLImageElement ? drawn.complete && drawn.naturalWidth > 0 : drawn.width > 0;
}

/**
 * @param {Atlas["legend"]} legend
 * @returns {HTMLElement} What its marks mean, with pictures that need no loading.
 */
function keyOf({ rows, keys }) {
  const key = element("div", "bri-sheet-key", rows.cloneNode(true), keys.cloneNode(true));
  for (const image of key.querySelectorAll("img")) image.replaceWith(swatchCanvas(image));
  for (const row of key.querySelectorAll("button"))
    row.replaceWith(element("div", row.className, ...row.childNodes));
  return key;
}
