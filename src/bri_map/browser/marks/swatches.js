/**
 * Small pictures of marks for the legend and for lists, drawn with the same code as the map.
 */

/** @import { LayerMark } from "./layer-mark.js" */
/** @import { Look } from "./symbols.js" */

import { contextOf } from "../core/canvas.js";
import { drawGlyph } from "./glyphs.js";
import { PLAIN } from "./layer-mark.js";
import { palette } from "./palette.js";
import * as strokes from "./strokes.js";
import * as symbols from "./symbols.js";

/** Pictures that are drawn already, by what they show. */
/** @type {Map<string, string>} */
const drawn = new Map();
/** What they were drawn on, by their address. */
/** @type {Map<string, HTMLCanvasElement>} */
const canvases = new Map();

/**
 * A small picture drawn with the same code as the map. It is an image: a page with forty canvases is
 * slower to put together at every change than one with forty images.
 * @param {string} key
 * @param {number} width
 * @param {number} height
 * @param {Draw} draw
 * @returns {HTMLImageElement}
 */
function swatch(key, width, height, draw) {
  const source = drawn.get(key) ?? picture(width, height, draw);
  drawn.set(key, source);
  const image = new Image(width, height);
  image.src = source;
  image.alt = "";
  return image;
}

/** @typedef {(ctx: CanvasRenderingContext2D, width: number, height: number) => void} Draw */

/**
 * @param {number} width
 * @param {number} height
 * @param {Draw} draw
 * @returns {string} As an address.
 */
function picture(width, height, draw) {
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const ctx = contextOf(canvas);
  ctx.scale(ratio, ratio);
  draw(ctx, width, height);
  const address = canvas.toDataURL();
  canvases.set(address, canvas);
  return address;
}

/**
 * @param {HTMLImageElement} image A picture of a mark.
 * @returns {HTMLCanvasElement} The same, to be seen at once and without loading.
 */
export function swatchCanvas({ src, width, height }) {
  const copy = document.createElement("canvas");
  const canvas = canvases.get(src);
  copy.width = canvas?.width ?? 1;
  copy.height = canvas?.height ?? 1;
  if (canvas) contextOf(copy).drawImage(canvas, 0, 0);
  copy.style.width = `${width}px`;
  copy.style.height = `${height}px`;
  return copy;
}

/** The hue that stands for all features of a layer in which each has one of its own. */
const COMMON_HUE = 6;
/** Hues for the pictures of routes by sea and by air. */
/** @type {Readonly<Record<string, number>>} */
const ROUTE_HUES = Object.freeze({ "maritime-route": 12, "air-route": 8 });

/**
 * @param {LayerMark} mark
 * @param {Look} look
 * @param {number} zoom
 * @param {number} [side] Pixels.
 */
export function pointSwatch(mark, look, zoom, side = 24) {
  return swatch(JSON.stringify([mark.id, look, zoom, side]), side, 20, (ctx, width, height) => {
    const style = symbols.pointStyle(mark, look, zoom, false);
    style.radius = Math.min(style.radius, mark.symbol === "circle" ? 6 : style.glyph ? 10 : 7);
    symbols.drawPoint(ctx, style, width / 2, height / 2);
  });
}

/**
 * @param {LayerMark} mark
 * @param {Look} look
 * @param {number} zoom
 * @param {number} [index] Of the feature.
 */
export function lineSwatch(mark, look, zoom, index = 0) {
  return swatch(JSON.stringify([mark.id, look, zoom, index]), 30, 16, (ctx, width, height) => {
    const style = strokes.lineStyle(mark, look, zoom, index);
    const inset = mark.symbol === "band" && !style.beads ? 7 : 1;
    ctx.beginPath();
    ctx.moveTo(inset, height / 2);
    ctx.lineTo(width - inset, height / 2);
    strokes.strokePasses(ctx, style.passes);
    if (!style.beads) return;
    ctx.beginPath();
    ctx.arc(width / 2, height / 2, 7, 0, 2 * Math.PI);
    ctx.fillStyle = palette.COLOURS.paper;
    ctx.fill();
    const angle = style.beads.name === "wave" ? 0 : Math.PI / 2;
    drawGlyph(ctx, style.beads.name, width / 2, height / 2, 12, style.colour, angle);
  });
}

/**
 * @param {LayerMark} mark
 * @param {Look} [look] Of one point, else that of the layer in general.
 */
export function layerSwatch(mark, look) {
  if (look) return pointSwatch(mark, look, 4);
  const [kind = ""] = mark.kinds;
  if (mark.symbol === "band") return lineSwatch(mark, { kind }, 3, COMMON_HUE);
  if (mark.symbol === "line") return lineSwatch(mark, { kind: "", status: "completed" }, 6);
  return pointSwatch(mark, { kind: mark.has_signs ? "" : kind, status: "completed" }, 4, 30);
}

/**
 * @param {LayerMark} mark
 * @param {string} kind
 * @returns The mark of one kind, for the legend.
 */
export function kindSwatch(mark, kind) {
  if (mark.symbol === "band") return lineSwatch(mark, { kind }, 3, ROUTE_HUES[kind] ?? COMMON_HUE);
  const look = { kind, status: "completed" };
  if (mark.symbol === "line") return lineSwatch(mark, look, 6);
  return pointSwatch(mark, look, mark.has_signs ? symbols.GLYPH_ZOOM : 4);
}

/**
 * @param {LayerMark[]} marks
 * @param {string[]} by What differs from code to code: `layer`, `kind` or something that all points tell; then the layer.
 * @param {string} code
 * @returns {HTMLElement[]} What the map draws for a code; nothing where no mark tells the codes apart.
 */
export function codeSwatch(marks, [by, layer], code) {
  if (!by) return [];
  const mark = marks.find(({ id }) => id === (by === "layer" ? code : layer));
  if (by === "layer") return mark ? [layerSwatch(mark)] : [];
  if (by === "kind") return mark?.kinds.includes(code) ? [kindSwatch(mark, code)] : [];
  return [pointSwatch(PLAIN, { kind: "", status: "completed", precision: "site", [by]: code }, 4)];
}

/** Have all pictures drawn anew, in other colours. */
export function forgetSwatches() {
  drawn.clear();
  canvases.clear();
}
