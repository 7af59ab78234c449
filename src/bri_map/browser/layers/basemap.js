/**
 * The basemap: water, land, coasts and borders.
 */

import * as codec from "../core/codec.js";
import { Surface, inView } from "../core/surface.js";
import { palette } from "../marks/palette.js";

const { COLOURS } = palette;
const FINE_ZOOM = 6;
/** Below this zoom, land is drawn with less care: nobody sees half a pixel of it. */
const FAR_ZOOM = 5;

/**
 * Water, land, coasts and borders; coarse at first and in far views, fine in near ones.
 * Options: `coarse` and `fine`, addresses of the files; `onError`.
 */
const Basemap = Surface.extend({
  options: { pane: "bri-basemap", padding: 0.4 },

  /** @returns {Promise<void>} Settles when the coarse land is there or has failed. */
  load() {
    return this._load("coarse");
  },

  /** Whether land has been drawn once, or never can be. */
  isReady() {
    return Boolean(this.drawn || this.failed);
  },

  async _load(detail) {
    try {
      this[detail] = await codec.loadBasemap(this.options[detail]);
      this.redraw();
    } catch (error) {
      this.failed = true;
      this.options.onError(error);
    }
  },

  _paths(zoom) {
    if (zoom < FINE_ZOOM) return this.coarse;
    this.asked = this.asked || this._load("fine");
    return this.fine || this.coarse;
  },

  paint(ctx, view) {
    ctx.fillStyle = COLOURS.water;
    ctx.fillRect(0, 0, view.width, view.height);
    const paths = this._paths(view.zoom);
    if (!paths) return;
    ctx.beginPath();
    traceRings(ctx, paths.fill, view);
    ctx.fillStyle = COLOURS.land;
    ctx.fill("evenodd");
    this.paintEdges(ctx, view);
    this.drawn = true;
  },

  /** Draw coasts, and borders in a colour. */
  paintEdges(ctx, view, border = COLOURS.border) {
    const paths = this._paths(view.zoom);
    if (!paths) return;
    strokePaths(ctx, paths.coasts, view, COLOURS.coast, view.zoom < 5 ? 0.7 : 1);
    strokePaths(ctx, paths.borders, view, border, view.zoom < 5 ? 0.8 : 1.1);
  },
});

/**
 * Add all rings in view to the current path. Vertices are rounded, and those that then coincide are left
 * out: pieces of land that meet are rounded alike, so no seam opens between them. Rings stay open, which
 * is the same to a fill: `closePath` takes longer the longer the path is (Chromium), seconds in all.
 * `wanted` says of a ring by its number whether it is to be added.
 */
function traceRings(ctx, rings, view, wanted = () => true) {
  const { start, x, y } = rings;
  const { scale } = view;
  const grain = view.zoom < FAR_ZOOM ? 4 : 16;
  for (const copy of view.copies) {
    const dx = copy * scale - view.x0;
    for (let ring = 0; ring < rings.size; ring++) {
      if (!wanted(ring) || !inView(rings.box, ring, view, copy, 2)) continue;
      let px = NaN;
      let py = NaN;
      let count = 0;
      for (let i = start[ring]; i < start[ring + 1]; i++) {
        const qx = Math.round((x[i] * scale + dx) * grain) / grain;
        const qy = Math.round((y[i] * scale - view.y0) * grain) / grain;
        if (qx === px && qy === py) continue;
        if (count++) ctx.lineTo(qx, qy);
        else ctx.moveTo(qx, qy);
        px = qx;
        py = qy;
      }
    }
  }
}

/** Stroke all lines in view, without the vertices and islets that nobody could see. */
function strokePaths(ctx, lines, view, colour, width) {
  const { start, box, x, y } = lines;
  const { scale } = view;
  const least = view.zoom < FAR_ZOOM ? 1.2 : 0.8;
  const islet = 1.5 / scale;
  ctx.beginPath();
  for (const copy of view.copies) {
    const dx = copy * scale - view.x0;
    for (let line = 0; line < lines.size; line++) {
      if (!inView(box, line, view, copy, 2)) continue;
      if (box[4 * line + 2] - box[4 * line] < islet && box[4 * line + 3] - box[4 * line + 1] < islet)
        continue;
      const last = start[line + 1] - 1;
      let px = x[start[line]] * scale + dx;
      let py = y[start[line]] * scale - view.y0;
      ctx.moveTo(px, py);
      for (let i = start[line] + 1; i <= last; i++) {
        const qx = x[i] * scale + dx;
        const qy = y[i] * scale - view.y0;
        if (i < last && Math.abs(qx - px) < least && Math.abs(qy - py) < least) continue;
        ctx.lineTo(qx, qy);
        px = qx;
        py = qy;
      }
    }
  }
  ctx.lineJoin = "bevel";
  ctx.lineCap = "butt";
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

export { Basemap, traceRings };
