/**
 * How a data layer draws its points.
 */

/** @import { View } from "../core/view.js" */
/** @import { DataLayer } from "./data-layer.js" */

import { isSet } from "../core/bits.js";
import { EQUATOR_KM, stretchAt } from "../core/projection.js";
import { palette } from "../marks/palette.js";
import { strokePasses } from "../marks/strokes.js";
import { drawPoint, drawRing, pointStyle, Sprites } from "../marks/symbols.js";

/** More points than this in view are drawn as plain small marks. */
const CROWD = 2500;
/** More points than this in view are written as pixels. */
const DOTS = 20000;
const DOT_SIDE = 3;
const HALO_ZOOM = 9;
/** Uncertainty of a position known to the town. */
const TOWN_KM = 10;
/** Pixels around the canvas in which points are drawn. */
const MARGIN = 16;
/** Codes of a channel are bytes. */
const CODES = 256;

/**
 * Visit the drawn points in view: the visible ones that are in no cluster.
 * @param {DataLayer} layer
 * @param {View} view
 * @param {(x: number, y: number, feature: number) => boolean | void} visit Returns true to stop.
 */
export function eachPoint(layer, view, visit) {
  const { data } = layer;
  const bits = layer.alone ?? layer.bits;
  if (!data || !bits) return;
  const { px, py, pointFeature } = data;
  const { scale, width, height } = view;
  for (const copy of view.copies) {
    const dx = copy * scale - view.x0;
    for (let i = 0; i < px.length; i++) {
      const feature = pointFeature[i];
      if (!isSet(bits, feature)) continue;
      const x = px[i] * scale + dx;
      const y = py[i] * scale - view.y0;
      if (x < -MARGIN || y < -MARGIN || x > width + MARGIN || y > height + MARGIN) continue;
      if (visit(x, y, feature)) return;
    }
  }
}

/**
 * Count the points in view, no further than just above a limit.
 * @param {DataLayer} layer
 * @param {View} view
 * @param {number} limit
 * @returns {number}
 */
export function countPoints(layer, view, limit) {
  let count = 0;
  eachPoint(layer, view, () => ++count > limit);
  return count;
}

/** Draws the points of one layer and keeps their pictures. */
export class PointPainter {
  /** @param {DataLayer} layer */
  constructor(layer) {
    this.layer = layer;
    this.sprites = new Sprites(1);
    this.spritesFor = "";
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    const count = countPoints(this.layer, view, DOTS);
    if (count > DOTS) this._paintDots(ctx, view);
    else this._paintSprites(ctx, view, count > CROWD);
  }

  /**
   * From near, a faint circle says how far off a position known to the town may be.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  _paintHalos(ctx, view) {
    const { layer } = this;
    eachPoint(layer, view, (x, y, feature) => {
      const look = layer.look(feature);
      if (look.precision !== "town") return;
      const km = EQUATOR_KM / view.scale / stretchAt((y + view.y0) / view.scale);
      ctx.beginPath();
      ctx.arc(x, y, TOWN_KM / km, 0, 2 * Math.PI);
      strokePasses(ctx, [{ colour: palette.mark(layer.spec, look), width: 1, alpha: 0.45 }]);
    });
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {boolean} crowded
   */
  _paintSprites(ctx, view, crowded) {
    const { layer } = this;
    const { ratio, zoom } = view;
    if (zoom >= HALO_ZOOM && !crowded) this._paintHalos(ctx, view);
    const wanted = `${ratio},${palette.theme}`;
    if (this.spritesFor !== wanted) this.sprites = new Sprites(ratio);
    this.spritesFor = wanted;
    const { sprites } = this;
    /** @type {Map<number, {canvas: HTMLCanvasElement, side: number}>} */
    const byLook = new Map();
    eachPoint(layer, view, (x, y, feature) => {
      const key = layer.lookKey(feature);
      let sprite = byLook.get(key);
      if (!sprite) {
        sprite = sprites.get(pointStyle(layer.spec, layer.look(feature), zoom, crowded));
        byLook.set(key, sprite);
      }
      const left = Math.round((x - sprite.side / 2) * ratio) / ratio;
      const top = Math.round((y - sprite.side / 2) * ratio) / ratio;
      ctx.drawImage(sprite.canvas, left, top, sprite.side, sprite.side);
    });
  }

  /**
   * Write points as squares of pixels; no marks, no outlines.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  _paintDots(ctx, view) {
    const { layer } = this;
    const { data } = layer;
    const bits = layer.alone ?? layer.bits;
    if (!data || !bits) return;
    const { px, py, pointFeature } = data;
    const coloured = palette.scheme === "green" && layer.channels.rating >= 0 ? "rating" : "kind";
    const codes = data.channels[layer.channels[coloured]] ?? new Uint8Array(data.size);
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
        if (!isSet(bits, feature)) continue;
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
  }

  /**
   * @param {"kind" | "rating"} channel
   * @returns {Uint32Array} Colour of each code as little-endian RGBA.
   */
  _dotColours(channel) {
    const { layer } = this;
    const colours = new Uint32Array(CODES).fill(0xff7a7a7a);
    layer.codes[channel].forEach((code, at) => {
      colours[at] = littleEndian(palette.mark(layer.spec, { kind: "", [channel]: code }));
    });
    return colours;
  }

  /**
   * Draw the point of a feature stronger than its neighbours.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {number} feature
   * @param {boolean} selected Whether to ring it; else it is only under the pointer.
   */
  paintStrong(ctx, view, feature, selected) {
    const { layer } = this;
    const { data } = layer;
    const point = layer.pointOf(feature);
    if (!data || point < 0) return;
    const style = pointStyle(layer.spec, layer.look(feature), view.zoom, false);
    style.radius *= 1.3;
    for (const copy of view.copies) {
      const x = (data.px[point] + copy) * view.scale - view.x0;
      const y = data.py[point] * view.scale - view.y0;
      drawPoint(ctx, style, x, y);
      if (selected) drawRing(ctx, x, y, style.radius + (style.mark === "ring" ? 6.5 : 4));
    }
  }
}

/**
 * @param {string} colour As `#rrggbb`.
 * @returns {number} Opaque, as pixels of a canvas hold it.
 */
export function littleEndian(colour) {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return (0xff000000 | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}
