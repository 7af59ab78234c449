/**
 * How points look: size, marks of status, filled or hollow; colours are those of palette.js. Nothing here knows about Leaflet.
 *
 * Status and precision are never told by colour alone: status by a mark inside or beside a point and by
 * the dash of a line, precision by filled or hollow.
 */

/** @import { LayerMark } from "./layer-mark.js" */

import { contextOf } from "../core/canvas.js";
import { drawGlyph, GLYPHS } from "./glyphs.js";
import { palette } from "./palette.js";
import { strokePasses } from "./strokes.js";

const { COLOURS } = palette;

/** Letters on the map. */
export const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';
export const HOLLOW = new Set(["district", "country"]);
/** @type {Readonly<Record<string, StatusMark>>} */
const STATUS_MARKS = Object.freeze({
  "under-construction": "dot",
  "early-stage": "ring",
  suspended: "slash",
  cancelled: "cross",
  unknown: "question",
});
export const GLYPH_ZOOM = 6;

/** @typedef {"dot" | "ring" | "slash" | "cross" | "question"} StatusMark */

/**
 * @typedef {object} PointStyle
 * @property {string} key Same for styles that look the same.
 * @property {"circle" | "diamond"} shape
 * @property {number} radius Pixels; of a diamond, half its diagonal.
 * @property {string} colour
 * @property {boolean} hollow Whether the position is known only roughly.
 * @property {StatusMark | ""} mark Mark of the status, or empty.
 * @property {string} glyph Glyph inside, or empty.
 * @property {import("./palette.js").RatingSign | ""} sign Sign of the green rating inside, or empty.
 */

/**
 * @typedef {object} Look What of a feature decides how it looks, as codes.
 * @property {string} kind
 * @property {string} [status]
 * @property {string} [precision]
 * @property {string} [rating]
 */

/**
 * @param {LayerMark} mark
 * @param {number} zoom
 * @param {boolean} crowded
 * @returns {number} Radius in pixels.
 */
export function pointRadius(mark, zoom, crowded) {
  if (crowded) return 3.2;
  const step = zoom < 4 ? 0 : zoom < GLYPH_ZOOM ? 1 : zoom < 9 ? 2 : 3;
  return mark.symbol === "circle" ? [5, 6, 7.5, 8.5][step] : [5.5, 7, 11, 12][step];
}

/**
 * @param {LayerMark} layer
 * @param {Look} look
 * @param {number} zoom
 * @param {boolean} crowded Whether there is no room for marks.
 * @returns {PointStyle}
 */
export function pointStyle(layer, look, zoom, crowded) {
  /** @type {PointStyle["shape"]} */
  const shape = layer.symbol === "circle" ? "circle" : "diamond";
  const radius = pointRadius(layer, zoom, crowded);
  const colour = palette.mark(layer, look);
  const sign = crowded ? "" : palette.ratingSign(layer, look);
  const hollow = !crowded && HOLLOW.has(look.precision ?? "");
  const near = layer.has_signs && zoom >= GLYPH_ZOOM;
  const mark = crowded || (sign && !near) ? "" : STATUS_MARKS[look.status ?? ""] || "";
  const glyph = !crowded && near && GLYPHS[look.kind] && !sign ? look.kind : "";
  return {
    key: [shape, radius, colour, hollow, mark, glyph, sign].join(),
    shape,
    radius,
    colour,
    hollow,
    mark,
    glyph,
    sign,
  };
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {PointStyle} style
 * @param {number} x
 * @param {number} y
 * @param {number} [grow]
 */
function outline(ctx, style, x, y, grow = 0) {
  const r = style.radius + grow;
  ctx.beginPath();
  if (style.shape === "circle") ctx.arc(x, y, r, 0, 2 * Math.PI);
  else {
    ctx.moveTo(x, y - r);
    ctx.lineTo(x + r, y);
    ctx.lineTo(x, y + r);
    ctx.lineTo(x - r, y);
    ctx.closePath();
  }
}

/**
 * Draw a point.
 * @param {CanvasRenderingContext2D} ctx
 * @param {PointStyle} style
 * @param {number} x
 * @param {number} y
 */
export function drawPoint(ctx, style, x, y) {
  ctx.save();
  ctx.lineJoin = "round";
  if (style.mark === "ring" && !style.glyph && !style.sign) drawHalo(ctx, style, x, y);
  if (style.hollow) {
    outline(ctx, style, x, y, 0.4);
    ctx.fillStyle = COLOURS.hollow;
    ctx.fill();
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = 1.8;
    ctx.setLineDash(style.radius > 9 ? [3.4, 2.2] : [2.9, 1.9]);
    ctx.stroke();
    ctx.setLineDash([]);
  } else {
    outline(ctx, style, x, y, 0.9);
    ctx.fillStyle = COLOURS.paper;
    ctx.fill();
    outline(ctx, style, x, y);
    ctx.fillStyle = style.colour;
    ctx.fill();
  }
  const ink = style.hollow ? style.colour : COLOURS.sign;
  if (style.glyph || style.sign) {
    if (style.sign) drawSign(ctx, style, x, y);
    else drawGlyph(ctx, style.glyph, x, y, style.radius, ink);
    if (style.mark) drawBadge(ctx, style, x, y);
  } else if (style.mark) {
    drawMark(ctx, style.mark, x, y, style.radius * (style.shape === "circle" ? 1 : 0.82), ink);
  }
  ctx.restore();
}

/**
 * The ring around a point at an early stage.
 * @param {CanvasRenderingContext2D} ctx
 * @param {PointStyle} style
 * @param {number} x
 * @param {number} y
 */
function drawHalo(ctx, style, x, y) {
  outline(ctx, style, x, y, style.shape === "circle" ? 3 : 3.8);
  ctx.fillStyle = COLOURS.hollow;
  ctx.fill();
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = 1.3;
  ctx.stroke();
}

/**
 * Check, dash or cross of a green rating; dark on yellow, which is too pale for a white one.
 * @param {CanvasRenderingContext2D} ctx
 * @param {PointStyle} style
 * @param {number} x
 * @param {number} y
 */
function drawSign(ctx, style, x, y) {
  const r = Math.min(style.radius * 0.42, 4.2);
  ctx.beginPath();
  if (style.sign === "check") {
    ctx.moveTo(x - r, y + r * 0.1);
    ctx.lineTo(x - r * 0.25, y + r * 0.8);
    ctx.lineTo(x + r, y - r * 0.75);
  } else if (style.sign === "dash") {
    ctx.moveTo(x - r, y);
    ctx.lineTo(x + r, y);
  } else {
    ctx.moveTo(x - r * 0.8, y - r * 0.8);
    ctx.lineTo(x + r * 0.8, y + r * 0.8);
    ctx.moveTo(x + r * 0.8, y - r * 0.8);
    ctx.lineTo(x - r * 0.8, y + r * 0.8);
  }
  ctx.lineCap = "round";
  ctx.strokeStyle = style.hollow ? style.colour : style.sign === "dash" ? "#14171A" : COLOURS.sign;
  ctx.lineWidth = style.radius < 7 ? 1.5 : 2;
  ctx.stroke();
}

/**
 * A mark of status on a point of radius r.
 * @param {CanvasRenderingContext2D} ctx
 * @param {StatusMark | ""} mark
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {string} ink
 */
function drawMark(ctx, mark, x, y, r, ink) {
  if (mark === "dot") {
    ctx.beginPath();
    ctx.arc(x, y, r * 0.42, 0, 2 * Math.PI);
    ctx.fillStyle = ink;
    ctx.fill();
  } else if (mark === "question") {
    ctx.font = `bold ${Math.round(r * 1.75)}px Arial, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = ink;
    ctx.fillText("?", x, y + r * 0.1);
  } else if (mark === "slash" || mark === "cross") {
    const reach = r * (mark === "slash" ? 1.05 : 0.85);
    ctx.beginPath();
    ctx.moveTo(x - reach, y + reach);
    ctx.lineTo(x + reach, y - reach);
    if (mark === "cross") {
      ctx.moveTo(x - reach, y - reach);
      ctx.lineTo(x + reach, y + reach);
    }
    ctx.lineCap = "round";
    strokeLifted(ctx, 3.6, 1.6);
  }
}

/**
 * The mark of status beside a point whose inside is taken by a glyph.
 * @param {CanvasRenderingContext2D} ctx
 * @param {PointStyle} style
 * @param {number} x
 * @param {number} y
 */
function drawBadge(ctx, style, x, y) {
  const r = 5;
  const at = style.radius * 0.66;
  ctx.beginPath();
  ctx.arc(x + at, y - at, r, 0, 2 * Math.PI);
  ctx.fillStyle = COLOURS.paper;
  ctx.fill();
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = 1.2;
  ctx.stroke();
  if (style.mark === "ring") {
    ctx.beginPath();
    ctx.arc(x + at, y - at, 2, 0, 2 * Math.PI);
    ctx.stroke();
  } else drawMark(ctx, style.mark, x + at, y - at, r * (style.mark === "dot" ? 1.1 : 0.75), style.colour);
}

/**
 * The ring around what is selected.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number[]} [dash] Pixels drawn and left out; whole by default.
 */
export function drawRing(ctx, x, y, radius, dash = []) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  strokePasses(ctx, [
    { colour: COLOURS.paper, width: 5 },
    { colour: COLOURS.ink, width: 3, dash },
  ]);
}

/**
 * Keeps drawn points as small canvases; copying one is far quicker than drawing it.
 */
export class Sprites {
  /** @param {number} ratio Device pixels a pixel. */
  constructor(ratio) {
    this.ratio = ratio;
    /** @type {Map<string, {canvas: HTMLCanvasElement, side: number}>} */
    this.known = new Map();
  }

  /**
   * @param {PointStyle} style
   * @returns {{canvas: HTMLCanvasElement, side: number}} The drawing and its side in pixels.
   */
  get(style) {
    let sprite = this.known.get(style.key);
    if (!sprite) {
      const side = 2 * Math.ceil(style.radius + (style.mark || style.hollow ? 7 : 2));
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = Math.ceil(side * this.ratio);
      const ctx = contextOf(canvas);
      ctx.scale(canvas.width / side, canvas.width / side);
      drawPoint(ctx, style, side / 2, side / 2);
      sprite = { canvas, side };
      this.known.set(style.key, sprite);
    }
    return sprite;
  }
}

/**
 * Stroke the path in ink, on a broader stroke of paper that lifts it off what lies below.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} paper Pixels.
 * @param {number} ink Pixels.
 */
export function strokeLifted(ctx, paper, ink) {
  ctx.strokeStyle = COLOURS.paper;
  ctx.lineWidth = paper;
  ctx.stroke();
  ctx.strokeStyle = COLOURS.ink;
  ctx.lineWidth = ink;
  ctx.stroke();
}
