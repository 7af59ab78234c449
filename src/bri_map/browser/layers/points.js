/**
 * How a data layer draws its points; mixed into DataLayer.
 */

import { palette } from "../marks/palette.js";
import * as strokes from "../marks/strokes.js";
import * as symbols from "../marks/symbols.js";

/** More points than this in view are drawn as plain small marks. */
const CROWD = 2500;
/** More points than this in view are written as pixels. */
const DOTS = 20000;
const DOT_SIDE = 3;
const HALO_ZOOM = 9;
/** Uncertainty of a position known to the town, in metres. */
const TOWN_M = 10000;
const EQUATOR_M = 40075017;

export const pointPainting = {
  _paintPoints(ctx, view) {
    if (this.options.clusters) this.options.clusters().update(view.zoom);
    const count = this._countPoints(view, DOTS);
    if (count > DOTS) this._paintDots(ctx, view);
    else this._paintSprites(ctx, view, count > CROWD);
  },

  /** Count the points in view, no further than just above a limit. */
  _countPoints(view, limit) {
    let count = 0;
    this._eachPoint(view, () => ++count > limit);
    return count;
  },

  /**
   * Visit the visible points in view.
   * @param {View} view
   * @param {(x: number, y: number, feature: number) => boolean | void} visit Returns true to stop.
   */
  _eachPoint(view, visit) {
    const { px, py, pointFeature } = this.data;
    const bits = this.alone || this.bits;
    const { scale, width, height } = view;
    const margin = 16;
    for (const copy of view.copies) {
      const dx = copy * scale - view.x0;
      for (let i = 0; i < px.length; i++) {
        const feature = pointFeature[i];
        if (!((bits[feature >> 3] >> (feature & 7)) & 1)) continue;
        const x = px[i] * scale + dx;
        const y = py[i] * scale - view.y0;
        if (x < -margin || y < -margin || x > width + margin || y > height + margin) continue;
        if (visit(x, y, feature)) return;
      }
    }
  },

  /** From near, a faint circle says how far off a position known to the town may be. */
  _paintHalos(ctx, view) {
    const town = this.codes.precision.indexOf("town");
    const precision = this.data.channels[this.channels.precision];
    if (!precision || town < 0) return;
    const mercator = EQUATOR_M / view.scale;
    this._eachPoint(view, (x, y, feature) => {
      if (precision[feature] !== town) return;
      const metres = mercator / Math.cosh(Math.PI * (1 - (2 * (y + view.y0)) / view.scale));
      ctx.beginPath();
      ctx.arc(x, y, TOWN_M / metres, 0, 2 * Math.PI);
      strokes.strokePasses(ctx, [
        { colour: palette.mark(this.id, this.look(feature)), width: 1, alpha: 0.45 },
      ]);
    });
  },

  _paintSprites(ctx, view, crowded) {
    if (view.zoom >= HALO_ZOOM && !crowded) this._paintHalos(ctx, view);
    const made = `${view.ratio},${palette.theme}`;
    if (this.spritesMade !== made) this.sprites = new symbols.Sprites(view.ratio);
    this.spritesMade = made;
    const { sprites } = this;
    const { ratio, zoom } = view;
    const byLook = new Map();
    this._eachPoint(view, (x, y, feature) => {
      const key = this._lookKey(feature);
      let sprite = byLook.get(key);
      if (!sprite) {
        sprite = sprites.get(symbols.pointStyle(this.id, this.look(feature), zoom, crowded));
        byLook.set(key, sprite);
      }
      const left = Math.round((x - sprite.side / 2) * ratio) / ratio;
      const top = Math.round((y - sprite.side / 2) * ratio) / ratio;
      ctx.drawImage(sprite.canvas, left, top, sprite.side, sprite.side);
    });
  },

  /** Write points as squares of pixels; no marks, no outlines. */
  _paintDots(ctx, view) {
    const { px, py, pointFeature, channels } = this.data;
    const bits = this.alone || this.bits;
    const coloured = palette.scheme === "green" && this.channels.rating >= 0 ? "rating" : "kind";
    const codes = channels[this.channels[coloured]] || new Uint8Array(this.data.size);
    const colours = this._dotColours(coloured);
    const width = ctx.canvas.width;
    const height = ctx.canvas.height;
    const image = ctx.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const side = Math.round(DOT_SIDE * view.ratio);
    const half = side / 2 - 0.5;
    const scale = view.scale * view.ratio;
    const dy = -view.y0 * view.ratio - half;
    for (const copy of view.copies) {
      const dx = (copy * view.scale - view.x0) * view.ratio - half;
      for (let i = 0; i < px.length; i++) {
        const feature = pointFeature[i];
        if (!((bits[feature >> 3] >> (feature & 7)) & 1)) continue;
        const x = (px[i] * scale + dx) | 0;
        const y = (py[i] * scale + dy) | 0;
        if (x < 0 || y < 0 || x > width - side || y > height - side) continue;
        const colour = colours[codes[feature]];
        for (let at = y * width + x, row = 0; row < side; row++, at += width) {
          for (let column = 0; column < side; column++) pixels[at + column] = colour;
        }
      }
    }
    ctx.putImageData(image, 0, 0);
  },

  /** Colour of each code of a channel as little-endian RGBA. */
  _dotColours(channel) {
    const colours = new Uint32Array(256).fill(0xff7a7a7a);
    this.codes[channel].forEach((code, at) => {
      const rgb = parseInt(palette.mark(this.id, { [channel]: code }).slice(1), 16);
      colours[at] = (0xff000000 | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
    });
    return colours;
  },

  /** @returns {number} Number of the point of a feature, or -1. */
  pointOf(feature) {
    if (!this.points) {
      this.points = new Int32Array(this.data.size).fill(-1);
      this.data.pointFeature.forEach((owner, i) => (this.points[owner] = i));
    }
    return this.points[feature];
  },

  /**
   * Draw the point of a feature stronger than its neighbours.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {number} feature
   * @param {boolean} selected Whether to ring it; else it is only under the pointer.
   */
  paintStrongPoint(ctx, view, feature, selected) {
    const point = this.pointOf(feature);
    if (point < 0) return;
    const style = symbols.pointStyle(this.id, this.look(feature), view.zoom, false);
    style.radius *= 1.3;
    for (const copy of view.copies) {
      const x = (this.data.px[point] + copy) * view.scale - view.x0;
      const y = this.data.py[point] * view.scale - view.y0;
      symbols.drawPoint(ctx, style, x, y);
      if (selected) drawRing(ctx, x, y, style.radius + (style.mark === "ring" ? 6.5 : 4));
    }
  },
};

function drawRing(ctx, x, y, radius) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  strokes.strokePasses(ctx, [
    { colour: palette.COLOURS.paper, width: 5 },
    { colour: palette.COLOURS.ink, width: 3 },
  ]);
}

export { drawRing };
