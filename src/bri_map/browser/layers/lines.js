/**
 * How a data layer draws its lines.
 */

/** @import { View } from "../core/view.js" */
/** @import { LineStyle } from "../marks/strokes.js" */
/** @import { DataLayer } from "./data-layer.js" */

import { isSet } from "../core/bits.js";
import { inView } from "../core/view.js";
import { drawGlyph } from "../marks/glyphs.js";
import { palette } from "../marks/palette.js";
import { lineStyle, strokePasses } from "../marks/strokes.js";
import { drawRing } from "../marks/symbols.js";

const { COLOURS } = palette;
/** More parts of lines than this in view are stroked once, thin and plain. */
const LINE_CROWD = 2000;
/** More than the copies of the world that fit a window. */
const MAX_COPIES = 16;
/** Features of lines smaller than this on screen, in pixels, get a small bar instead. */
const TINY = 6;

/** @typedef {{style: LineStyle, parts: number[]}} Group Parts of lines that look alike: part, copy, part, copy ... */

/** Draws the lines of one layer. */
export class LinePainter {
  /** @param {DataLayer} layer */
  constructor(layer) {
    this.layer = layer;
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    const { groups, tiny, count } = this._groupParts(view);
    const crowded = count > LINE_CROWD;
    for (const { style, parts } of groups.values()) {
      ctx.beginPath();
      for (let i = 0; i < parts.length; i += 2) this._trace(ctx, view, parts[i], parts[i + 1]);
      strokePasses(ctx, crowded ? [{ colour: style.colour, width: 1 }] : style.passes);
    }
    for (const { style, parts } of groups.values()) {
      if (!style.beads) continue;
      for (let i = 0; i < parts.length; i += 2) this._paintBeads(ctx, view, parts[i], parts[i + 1], style);
    }
    for (const { x, y, colour } of tiny.values()) {
      if (crowded) drawSpeck(ctx, x, y, colour);
      else drawBar(ctx, x, y, colour);
    }
  }

  /**
   * Sort the visible parts of lines by how they are stroked.
   * @param {View} view
   */
  _groupParts(view) {
    const { layer } = this;
    const { data, bits } = layer;
    /** @type {Map<number, Group>} */
    const groups = new Map();
    /** @type {Map<number, {x: number, y: number, colour: string}>} */
    const tiny = new Map();
    let count = 0;
    if (!data || !bits) return { groups, tiny, count };
    const { partBox, partFeature } = data;
    const each = layer.spec.symbol === "band";
    for (const copy of view.copies) {
      for (let p = 0; p < partFeature.length; p++) {
        const feature = partFeature[p];
        if (!isSet(bits, feature) || !inView(partBox, p, view, copy, 16)) continue;
        count++;
        const key = each ? feature : layer.lookKey(feature);
        let group = groups.get(key);
        if (!group) {
          group = { style: lineStyle(layer.spec, layer.look(feature), view.zoom, feature), parts: [] };
          groups.set(key, group);
        }
        if (layer.spec.symbol === "line" && this._isTiny(feature, p, view.scale)) {
          const x = ((partBox[4 * p] + partBox[4 * p + 2]) / 2 + copy) * view.scale - view.x0;
          const y = ((partBox[4 * p + 1] + partBox[4 * p + 3]) / 2) * view.scale - view.y0;
          tiny.set(feature * MAX_COPIES + (copy & (MAX_COPIES - 1)), { x, y, colour: group.style.colour });
        } else group.parts.push(p, copy);
      }
    }
    return { groups, tiny, count };
  }

  /**
   * Whether all of a feature is too small to see as a line.
   * @param {number} feature
   * @param {number} part One of its parts.
   * @param {number} scale
   */
  _isTiny(feature, part, scale) {
    const partBox = this.layer.data?.partBox;
    if (!partBox || (partBox[4 * part + 2] - partBox[4 * part]) * scale >= TINY) return false;
    const [west, north, east, south] = this.layer.boxOf(feature);
    return (east - west) * scale < TINY && (south - north) * scale < TINY;
  }

  /**
   * Add what is in view of a part to the current path.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {number} part
   * @param {number} copy
   */
  _trace(ctx, view, part, copy) {
    const { data } = this.layer;
    if (!data) return;
    const { vx, vy, partStart } = data;
    const { scale } = view;
    const dx = copy * scale - view.x0;
    const margin = 24;
    const right = view.width + margin;
    const bottom = view.height + margin;
    const end = partStart[part + 1];
    let i = partStart[part];
    let ax = vx[i] * scale + dx;
    let ay = vy[i] * scale - view.y0;
    let down = false;
    for (i++; i < end; i++) {
      const bx = vx[i] * scale + dx;
      const by = vy[i] * scale - view.y0;
      if (i < end - 1 && Math.abs(bx - ax) < 0.9 && Math.abs(by - ay) < 0.9) continue;
      const away =
        (ax < -margin && bx < -margin) ||
        (ax > right && bx > right) ||
        (ay < -margin && by < -margin) ||
        (ay > bottom && by > bottom);
      if (!away) {
        if (!down) ctx.moveTo(ax, ay);
        ctx.lineTo(bx, by);
      }
      down = !away;
      ax = bx;
      ay = by;
    }
  }

  /**
   * Put a glyph at even distances along a part. They keep their places when the map moves.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {number} part
   * @param {number} copy
   * @param {LineStyle} style
   */
  _paintBeads(ctx, view, part, copy, style) {
    const { data } = this.layer;
    if (!data || !style.beads) return;
    const { vx, vy, partStart } = data;
    const { scale } = view;
    const { name, every, size } = style.beads;
    const dx = copy * scale - view.x0;
    let next = every / 2;
    let gone = 0;
    for (let i = partStart[part]; i + 1 < partStart[part + 1]; i++) {
      const ax = vx[i] * scale + dx;
      const ay = vy[i] * scale - view.y0;
      const bx = vx[i + 1] * scale + dx;
      const by = vy[i + 1] * scale - view.y0;
      const length = Math.hypot(bx - ax, by - ay);
      for (; next <= gone + length; next += every) {
        const t = (next - gone) / length;
        const x = ax + t * (bx - ax);
        const y = ay + t * (by - ay);
        if (x < -size || y < -size || x > view.width + size || y > view.height + size) continue;
        ctx.beginPath();
        ctx.arc(x, y, size * 0.62, 0, 2 * Math.PI);
        ctx.fillStyle = COLOURS.hollow;
        ctx.fill();
        const angle = name === "wave" ? 0 : Math.atan2(by - ay, bx - ax) + Math.PI / 2;
        drawGlyph(ctx, name, x, y, size * 0.95, style.colour, angle);
      }
      gone += length;
    }
  }

  /**
   * Draw the lines of a feature stronger than their neighbours.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {number} feature
   * @param {boolean} selected Whether it is selected; else it is only under the pointer.
   */
  paintStrong(ctx, view, feature, selected) {
    const { layer } = this;
    const parts = layer.partsOf(feature);
    if (!parts.length) return;
    const style = lineStyle(layer.spec, layer.look(feature), view.zoom, feature);
    ctx.beginPath();
    for (const copy of view.copies) for (const part of parts) this._trace(ctx, view, part, copy);
    if (layer.spec.symbol === "band") strokeBand(ctx, style, selected);
    else strokeThread(ctx, style, selected);
    if (layer.spec.symbol !== "line" || !this._isTiny(feature, parts[0], view.scale)) return;
    const [west, north, east, south] = layer.boxOf(feature);
    for (const copy of view.copies) {
      const x = ((west + east) / 2 + copy) * view.scale - view.x0;
      const y = ((north + south) / 2) * view.scale - view.y0;
      drawBar(ctx, x, y, style.colour);
      if (selected) drawRing(ctx, x, y, 9);
    }
  }
}

/**
 * A short bar in place of a line too small to see.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
function drawBar(ctx, x, y, colour) {
  ctx.fillStyle = COLOURS.paper;
  ctx.fillRect(x - 4.5, y - 3, 9, 6);
  ctx.fillStyle = colour;
  ctx.fillRect(x - 3.5, y - 2, 7, 4);
}

/**
 * As drawBar, where there are very many.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
function drawSpeck(ctx, x, y, colour) {
  ctx.fillStyle = colour;
  ctx.fillRect(Math.round(x) - 1, Math.round(y) - 1, 3, 2);
}

/**
 * Stroke a thin line along the current path with a pale and a dark edge.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LineStyle} style
 * @param {boolean} selected
 */
function strokeThread(ctx, style, selected) {
  const width = style.width * 1.3;
  strokePasses(ctx, [
    { colour: selected ? COLOURS.ink : style.colour, width: width + (selected ? 6 : 4), cap: "round" },
    { colour: COLOURS.paper, width: width + 2, cap: "round" },
    ...style.passes.slice(1).map((pass) => ({ ...pass, width: pass.width * 1.3 })),
  ]);
}

/**
 * Stroke both edges of a band along the current path; the band itself shines through.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LineStyle} style
 * @param {boolean} selected
 */
function strokeBand(ctx, style, selected) {
  const width = style.width * 1.15;
  const edge = selected ? 2.5 : 1;
  const colour = selected ? COLOURS.ink : style.colour;
  strokePasses(ctx, [{ colour, width: width + 2 * edge, cap: "round" }]);
  ctx.globalCompositeOperation = "destination-out";
  strokePasses(ctx, [{ colour: "#000", width, cap: "round" }]);
  ctx.globalCompositeOperation = "source-over";
  strokePasses(ctx, [{ colour: style.colour, width, alpha: 0.3, cap: "round" }]);
}
