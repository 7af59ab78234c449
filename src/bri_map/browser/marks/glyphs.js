/**
 * Small drawings: a sign for each sector, and a wave for sea routes.
 */

/** @typedef {{fill?: string, stroke?: string, rule?: CanvasFillRule}} Glyph */

/** Drawings in a box of 12 by 12 units: `fill` by the even-odd rule, `stroke` with a line of 1.4. */
/** @type {Readonly<Record<string, Glyph>>} */
export const GLYPHS = Object.freeze({
  railway: {
    fill:
      "M3 1.2h6a1.2 1.2 0 0 1 1.2 1.2v5A1.6 1.6 0 0 1 8.6 9H3.4a1.6 1.6 0 0 1-1.6-1.6v-5A1.2 1.2 0 0 1 3 1.2z" +
      "M3.2 2.7v2.5h5.6V2.7zM3.4 9.6h1.5L3.6 11.4H2zM8.6 9.6H7.1l1.3 1.8H10z",
  },
  "roads-bridges": {
    fill: "M4.2.8h3.6l3.2 10.4H1zM5.5 2v2h1V2zM5.4 5.2v2.2h1.2V5.2zM5.3 8.7v2.5h1.4V8.7z",
  },
  ports: {
    stroke: "M6 3.4v7.2M3.7 5.1h4.6M1.6 6.9c.3 2.4 2.1 3.8 4.4 3.8s4.1-1.4 4.4-3.8M6 1a1.2 1.2 0 1 0 .01 0z",
  },
  airports: {
    fill:
      "M6 .5c.7 0 1 .8 1 1.7v2.1l4.4 2.8v1.5L7 7.3v2.1l1.5 1.1v1.1L6 11l-2.5.6v-1.1L5 9.4V7.3L.6 8.6V7.1L5 4.3V2.2" +
      "C5 1.3 5.3.5 6 .5z",
  },
  "energy-utilities": { fill: "M7.6.3 2 7h3.1L4.2 11.7 10 4.8H6.7z" },
  "construction-commercial": {
    fill: "M2.3 11.2V.8h7.4v10.4H7.1V8.7H4.9v2.5zM4 2.4v1.4h1.4V2.4zM6.6 2.4v1.4H8V2.4zM4 5.3v1.4h1.4V5.3zM6.6 5.3v1.4H8V5.3z",
  },
  "construction-industrial": { fill: "M.8 11.2V5.6l3-2v2l3-2v2l1-.7V.8h2.6v10.4z" },
  ict: { stroke: "M3.5 6.9a3.6 3.6 0 0 1 5 0M1.4 4.5a6.5 6.5 0 0 1 9.2 0M6 9.1a.5.5 0 1 0 .01 0z" },
  health: { fill: "M4.5 1.2h3v3.3h3.3v3H7.5v3.3h-3V7.5H1.2v-3h3.3z" },
  "education-culture": {
    fill: "M.7 2.2c1.8-.6 3.6-.4 4.8.6v7.6c-1.2-1-3-1.2-4.8-.6zM11.3 2.2c-1.8-.6-3.6-.4-4.8.6v7.6c1.2-1 3-1.2 4.8-.6z",
  },
  agriculture: {
    fill: "M5.3 11.4V7.8C2.4 7.8.7 5.9.7 2.9c3 0 4.8 1.5 5.1 3.8C6.1 3.8 8 1.8 11.3 1.8c0 3.5-1.8 5.7-4.6 6v3.6z",
  },
  logistics: {
    fill: "M.6 2.6h6.2v5.9H.6zM7.4 4.3h2l2 2.2v2H7.4zM3 8.1a1.5 1.5 0 1 0 .01 0zM9.1 8.1a1.5 1.5 0 1 0 .01 0z",
    rule: "nonzero",
  },
  water: { fill: "M6 .5c2.1 2.9 3.8 4.8 3.8 6.9a3.8 3.8 0 0 1-7.6 0C2.2 5.3 3.9 3.4 6 .5z" },
  wave: { stroke: "M.4 6.6q1.4-3 2.8 0t2.8 0 2.8 0 2.8 0" },
});
/** @type {Map<string, Path2D>} */
const paths = new Map();

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} name
 * @param {number} x Centre.
 * @param {number} y Centre.
 * @param {number} size Side of the box in pixels.
 * @param {string} colour
 * @param {number} [angle] Turn in radians.
 */
export function drawGlyph(ctx, name, x, y, size, colour, angle = 0) {
  const glyph = GLYPHS[name];
  if (!glyph) return;
  const path = paths.get(name) ?? new Path2D(glyph.fill || glyph.stroke);
  paths.set(name, path);
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.scale(size / 12, size / 12);
  ctx.translate(-6, -6);
  if (glyph.fill) {
    ctx.fillStyle = colour;
    ctx.fill(path, glyph.rule || "evenodd");
  } else {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.5;
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.stroke(path);
  }
  ctx.restore();
}
