/**
 * How lines look: hue, width and dash by kind and status.
 */

/** @import { LayerMark } from "./layer-mark.js" */
/** @import { Look } from "./symbols.js" */

import { palette } from "./palette.js";

const { COLOURS } = palette;
const DOUBLE_LINE_ZOOM = 5;
const STOPPED = new Set(["suspended", "cancelled"]);

/**
 * @typedef {object} Pass One stroke along a line.
 * @property {string} colour
 * @property {number} width Pixels.
 * @property {number[]} [dash]
 * @property {CanvasLineCap} [cap]
 * @property {number} [alpha]
 */

/**
 * @typedef {object} LineStyle
 * @property {string} key Same for lines that can be stroked together.
 * @property {number} width Pixels over all.
 * @property {string} colour
 * @property {Pass[]} passes From the bottom to the top.
 * @property {{name: string, every: number, size: number}} [beads] Glyphs along the line.
 */

/** @type {Readonly<Record<string, number[] | undefined>>} */
const DASHES = Object.freeze({
  completed: undefined,
  "under-construction": [7, 5],
  "early-stage": [0.1, 5],
  suspended: [7, 5],
  cancelled: [0.1, 5],
  unknown: [11, 4, 2, 4],
});

/**
 * @param {LayerMark} mark
 * @param {Look} look
 * @param {number} zoom
 * @param {number} index Of the feature; may decide its hue.
 * @returns {LineStyle}
 */
export function lineStyle(mark, look, zoom, index) {
  if (mark.symbol === "band") return bandStyle(mark, look, zoom, index);
  return mark.symbol === "line" ? trackStyle(mark, look, zoom) : threadStyle(mark, look, zoom);
}

/**
 * A broad band; a route by sea or air is a dashed line with signs on it.
 * @param {LayerMark} mark
 * @param {Look} look
 * @param {number} zoom
 * @param {number} index
 * @returns {LineStyle}
 */
function bandStyle(mark, look, zoom, index) {
  const colour = palette.mark(mark, look, index);
  const key = `${mark.id},${index}`;
  if (look.kind === "maritime-route") {
    /** @type {Pass[]} */
    const passes = [{ colour, width: 2.2, dash: [9, 5], alpha: 0.6, cap: "butt" }];
    return { key, colour, width: 6, passes, beads: { name: "wave", every: 170, size: 13 } };
  }
  if (look.kind === "air-route") {
    /** @type {Pass[]} */
    const passes = [{ colour, width: 1.6, dash: [3, 5], alpha: 0.65, cap: "butt" }];
    return { key, colour, width: 6, passes, beads: { name: "airports", every: 220, size: 13 } };
  }
  const width = zoom < 4 ? 10 : zoom < 7 ? 12 : 14;
  /** @type {Pass[]} */
  const passes = [
    { colour, width, alpha: 0.25, cap: "round" },
    { colour, width: 1, alpha: 0.35, cap: "round" },
  ];
  return { key, colour, width, passes };
}

/**
 * A line that is told by width, doubling and beads as well.
 * @param {LayerMark} mark
 * @param {Look} look
 * @param {number} zoom
 * @returns {LineStyle}
 */
function trackStyle(mark, look, zoom) {
  const grow = zoom < 4 ? 0.65 : zoom < 5 ? 0.8 : 1;
  const colour = STOPPED.has(look.status ?? "") ? COLOURS.stopped : palette.mark(mark, look);
  const dash = DASHES[look.status ?? ""];
  /** @type {CanvasLineCap} */
  const cap = dash && dash[0] < 1 ? "round" : "butt";
  const key = `${mark.id},${look.kind},${look.status}`;
  if (look.kind === "high-speed") {
    const double = zoom >= DOUBLE_LINE_ZOOM && cap === "butt";
    const width = double ? 5 : 3.4 * grow;
    /** @type {Pass[]} */
    const passes = [casing(width), { colour, width, dash, cap }];
    if (double) passes.push({ colour: COLOURS.paper, width: 1.8, dash, cap });
    return { key, colour, width, passes };
  }
  if (look.kind === "freight-service") {
    /** @type {Pass[]} */
    const passes = [
      casing(1.5),
      { colour, width: 1.5, dash, cap },
      { colour, width: 4, dash: [0.1, 30], cap: "round" },
    ];
    return { key, colour, width: 4, passes };
  }
  const width = (look.kind === "metro" ? 1.7 : 2.5) * grow;
  return { key, colour, width, passes: [casing(width), { colour, width, dash, cap }] };
}

/**
 * The thin line of a feature of a layer of points.
 * @param {LayerMark} mark
 * @param {Look} look
 * @param {number} zoom
 * @returns {LineStyle}
 */
function threadStyle(mark, look, zoom) {
  const colour = STOPPED.has(look.status ?? "") ? COLOURS.stopped : palette.mark(mark, look);
  const dash = DASHES[look.status ?? ""];
  /** @type {CanvasLineCap} */
  const cap = dash && dash[0] < 1 ? "round" : "butt";
  const width = zoom < 5 ? 1.3 : 1.8;
  return {
    key: `${mark.id},${look.status},${colour}`,
    colour,
    width,
    passes: [casing(width), { colour, width, dash, cap }],
  };
}

/**
 * A line of the paper underneath, which lifts a thin line off bands and borders.
 * @param {number} width
 * @returns {Pass}
 */
function casing(width) {
  return { colour: COLOURS.paper, width: width + 2, alpha: 0.7, cap: "butt" };
}

/**
 * Stroke the current path.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Pass[]} passes
 */
export function strokePasses(ctx, passes) {
  ctx.lineJoin = "round";
  for (const pass of passes) {
    ctx.globalAlpha = pass.alpha ?? 1;
    ctx.strokeStyle = pass.colour;
    ctx.lineWidth = pass.width;
    ctx.lineCap = pass.cap ?? "butt";
    ctx.setLineDash(pass.dash ?? []);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}
