/**
 * The outlines of the places that the filter asks for, and of the one being drawn.
 */

/** @import { LonLat } from "../core/projection.js" */
/** @import { View } from "../core/view.js" */
/** @import { DataLayer } from "../layers/data-layer.js" */
/** @import { NearFeature, PlaceState } from "../protocol.js" */
/** @import { Shape } from "./shapes.js" */

import { circle, EQUATOR_KM, stretchAt, toLonLat, toWorld } from "../core/projection.js";
import { Surface } from "../core/surface.js";
import { palette } from "../marks/palette.js";
import { strokePasses } from "../marks/strokes.js";
import { circleShape, shapesOf } from "./shapes.js";

const { COLOURS } = palette;
const CASING = Object.freeze({ width: 4.5, alpha: 0.9 });
const INK = Object.freeze({ width: 1.8, dash: [7, 4] });
const TINT = "rgba(11, 87, 208, 0.05)";
/** @typedef {Shape & {handles?: LonLat[]}} Sketch */

/** @type {PlaceState} */
const NOWHERE = Object.freeze({ bbox: null, area: null, near: null });

export class PlaceOutline extends Surface {
  /**
   * @param {object} options
   * @param {string} options.pane
   * @param {DataLayer[]} options.layers
   */
  constructor({ pane, layers }) {
    super({ pane, padding: 0.1 });
    this.layers = layers;
    this.place = NOWHERE;
    /** @type {Sketch | null} */
    this.sketch = null;
  }

  /** @param {PlaceState | undefined} place What the filter asks for. */
  show(place) {
    this.place = place ?? NOWHERE;
    this.redraw();
  }

  /** @param {Sketch | null} sketch What is being drawn. */
  draft(sketch) {
    this.sketch = sketch;
    this.redraw();
  }

  /** @returns {boolean} Whether the filter asks for a place. */
  isSet() {
    const { bbox, area, near } = this.place;
    return Boolean(bbox || area || near);
  }

  /** @returns {LonLat[] | null} Corners around the reach of a feature, if the filter asks for one that is there. */
  reach() {
    const { near } = this.place;
    if (!near || !("feature" in near)) return null;
    const layer = this.layers.find((one) => one.id === near.layer);
    const box = layer?.boxAround(near.index);
    if (!box) return null;
    const [west, north, east, south] = box;
    return [
      [west, north],
      [east, north],
      [west, south],
      [east, south],
    ].flatMap(([x, y]) => circle(toLonLat([x, y]), near.km));
  }

  /** @override */
  isBlank() {
    return !this.isSet() && !this.sketch;
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    const { near } = this.place;
    ctx.lineJoin = "round";
    if (near && "feature" in near) this._paintAround(ctx, view, near);
    for (const shape of shapesOf(this.place)) paintShape(ctx, view, shape);
    if (near && "lon" in near) paintHandles(ctx, view, [[near.lon, near.lat]]);
    if (!this.sketch) return;
    if (this.sketch.corners.length > 1) paintShape(ctx, view, this.sketch);
    paintHandles(ctx, view, this.sketch.handles ?? []);
  }

  /**
   * The reach around a feature: a circle around a point, an outline around a line.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {NearFeature} near
   */
  _paintAround(ctx, view, { layer: id, index, km }) {
    const layer = this.layers.find((one) => one.id === id);
    const data = layer?.data;
    if (!layer || !data || !(index < data.size)) return;
    const parts = layer.partsOf(index);
    const point = layer.pointOf(index);
    if (!parts.length) {
      if (point < 0) return;
      const centre = toLonLat([data.px[point], data.py[point]]);
      paintShape(ctx, view, circleShape(centre, km));
      return;
    }
    const { vx, vy, partStart } = data;
    /**
     * The outline of a broad stroke: what is left when a thinner one is taken out of it.
     * @param {string} colour
     * @param {number} more Pixels.
     * @param {GlobalCompositeOperation} operation
     */
    const band = (colour, more, operation) => {
      ctx.globalCompositeOperation = operation;
      ctx.strokeStyle = colour;
      ctx.lineCap = "round";
      for (const copy of view.copies) {
        for (const part of parts) {
          for (let i = partStart[part]; i + 1 < partStart[part + 1]; i++) {
            const stretch = stretchAt((vy[i] + vy[i + 1]) / 2);
            ctx.beginPath();
            ctx.moveTo((vx[i] + copy) * view.scale - view.x0, vy[i] * view.scale - view.y0);
            ctx.lineTo((vx[i + 1] + copy) * view.scale - view.x0, vy[i + 1] * view.scale - view.y0);
            ctx.lineWidth = Math.max(1, ((2 * km * stretch) / EQUATOR_KM) * view.scale + more);
            ctx.stroke();
          }
        }
      }
    };
    ctx.save();
    band(COLOURS.paper, 4, "source-over");
    band(COLOURS.ink, 1.5, "source-over");
    band("#000", -1.5, "destination-out");
    ctx.restore();
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {View} view
 * @param {Shape} shape
 */
function paintShape(ctx, view, { corners, closed }) {
  const points = corners.map(toWorld);
  for (const copy of [view.copies[0] - 1, ...view.copies, view.copies[view.copies.length - 1] + 1]) {
    ctx.beginPath();
    points.forEach(([x, y], i) => {
      const px = (x + copy) * view.scale - view.x0;
      const py = y * view.scale - view.y0;
      if (i) ctx.lineTo(px, py);
      else ctx.moveTo(px, py);
    });
    if (closed) {
      ctx.closePath();
      ctx.fillStyle = TINT;
      ctx.fill();
    }
    strokePasses(ctx, [
      { ...CASING, colour: COLOURS.paper },
      { ...INK, colour: COLOURS.ink },
    ]);
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {View} view
 * @param {LonLat[]} handles
 */
function paintHandles(ctx, view, handles) {
  for (const handle of handles) {
    const [x, y] = toWorld(handle);
    for (const copy of [view.copies[0] - 1, ...view.copies]) {
      ctx.beginPath();
      ctx.arc((x + copy) * view.scale - view.x0, y * view.scale - view.y0, 4.5, 0, 2 * Math.PI);
      ctx.fillStyle = COLOURS.paper;
      ctx.fill();
      strokePasses(ctx, [{ colour: COLOURS.ink, width: 1.8 }]);
    }
  }
}
