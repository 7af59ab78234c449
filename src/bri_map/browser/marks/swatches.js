/**
 * Small pictures of marks for the legend and for lists, drawn with the same code as the map.
 */

/** @import { Look } from "./symbols.js" */

import { contextOf } from "../core/canvas.js";
import { drawGlyph } from "./glyphs.js";
import { palette } from "./palette.js";
import * as strokes from "./strokes.js";
import * as symbols from "./symbols.js";

/** Pictures that are drawn already, by what they show. */
/** @type {Map<string, string>} */
const drawn = new Map();

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
  return canvas.toDataURL();
}

/**
 * @param {string} layer
 * @param {Look} look
 * @param {number} zoom
 * @param {number} [side] Pixels.
 */
export function pointSwatch(layer, look, zoom, side = 24) {
  return swatch(JSON.stringify([layer, look, zoom, side]), side, 20, (ctx, width, height) => {
    const style = symbols.pointStyle(layer, look, zoom, false);
    style.radius = Math.min(style.radius, layer === "parks" ? 6 : style.glyph ? 10 : 7);
    symbols.drawPoint(ctx, style, width / 2, height / 2);
  });
}

/**
 * @param {string} layer
 * @param {Look} look
 * @param {number} zoom
 * @param {number} [index] Of the feature.
 */
export function lineSwatch(layer, look, zoom, index = 0) {
  return swatch(JSON.stringify([layer, look, zoom, index]), 30, 16, (ctx, width, height) => {
    const style = strokes.lineStyle(layer, look, zoom, index);
    ctx.beginPath();
    ctx.moveTo(layer === "corridors" && !style.beads ? 7 : 1, height / 2);
    ctx.lineTo(width - (layer === "corridors" && !style.beads ? 7 : 1), height / 2);
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

/** @param {string} id @param {Look} [look] Of one point, else that of the layer in general. */
export function layerSwatch(id, look) {
  if (look) return pointSwatch(id, look, 4);
  if (id === "corridors") return lineSwatch(id, { kind: "economic-corridor" }, 3, 6);
  if (id === "rail") return lineSwatch(id, { kind: "conventional", status: "completed" }, 6);
  return pointSwatch(
    id,
    { kind: id === "parks" ? "processing-manufacturing" : "", status: "completed" },
    4,
    30,
  );
}

/** Have all pictures drawn anew, in other colours. */
export function forgetSwatches() {
  drawn.clear();
}
