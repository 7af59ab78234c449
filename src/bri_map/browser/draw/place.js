/**
 * The outlines of the places that the filter asks for, and of the one being drawn.
 */

import { Surface } from "../core/surface.js";
import { palette } from "../marks/palette.js";
import * as strokes from "../marks/strokes.js";

const { COLOURS } = palette;
const EARTH_KM = 6371.0088;
const EQUATOR_KM = 40075.017;
const RADIANS = Math.PI / 180;
const MAX_LATITUDE = 85.05;
const CORNERS = 120;
const CASING = Object.freeze({ width: 4.5, alpha: 0.9 });
const INK = Object.freeze({ width: 1.8, dash: [7, 4] });
const TINT = "rgba(11, 87, 208, 0.05)";

/** @typedef {[number, number]} LonLat Degrees. */
/**
 * @typedef {object} Place
 * @property {[number, number, number, number] | null} [bbox] West, south, east, north.
 * @property {LonLat[] | null} [area]
 * @property {{lon: number, lat: number, km: number} | {feature: string, layer: string, index: number,
 *   km: number} | null} [near]
 */

/** @returns {number} A longitude from -180 up to 180. */
function wrap(lon) {
  return lon - 360 * Math.floor((lon + 180) / 360);
}

/** @returns {LonLat} World units. */
function world([lon, lat]) {
  const sine = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * RADIANS);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** @returns {LonLat[]} The corners with longitudes that do not jump at the date line. */
function unrolled(corners) {
  let before = corners.length ? corners[0][0] : 0;
  return corners.map(([lon, lat]) => {
    before = lon + 360 * Math.round((before - lon) / 360);
    return [before, lat];
  });
}

/**
 * @param {LonLat} centre
 * @param {number} km
 * @returns {LonLat[]} A circle on the globe, from its northernmost point round by the east.
 */
function circle([lon, lat], km) {
  const angle = km / EARTH_KM;
  const [sinLat, cosLat] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)];
  const corners = [];
  for (let i = 0; i <= CORNERS; i++) {
    const bearing = (2 * Math.PI * i) / CORNERS;
    const sine = sinLat * Math.cos(angle) + cosLat * Math.sin(angle) * Math.cos(bearing);
    const east = Math.atan2(Math.sin(bearing) * Math.sin(angle) * cosLat, Math.cos(angle) - sinLat * sine);
    corners.push([lon + east / RADIANS, Math.asin(Math.max(-1, Math.min(1, sine))) / RADIANS]);
  }
  return unrolled(corners);
}

/** @returns {number} Kilometres between two places, on a sphere. */
function distance([lon, lat], [otherLon, otherLat]) {
  const half = (a) => Math.sin((a * RADIANS) / 2) ** 2;
  const h =
    half(otherLat - lat) + Math.cos(lat * RADIANS) * Math.cos(otherLat * RADIANS) * half(otherLon - lon);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** @returns {LonLat[]} */
function rectangle([west, south, east, north]) {
  const right = east < west ? east + 360 : east;
  return [
    [west, south],
    [right, south],
    [right, north],
    [west, north],
  ];
}

/** Options: `pane`, `layers`. */
const PlaceOutline = Surface.extend({
  options: { padding: 0.1 },

  initialize(options) {
    L.setOptions(this, options);
    /** @type {Place} */
    this.place = {};
    /** @type {{corners: LonLat[], closed: boolean, handles?: LonLat[], centre?: LonLat} | null} */
    this.sketch = null;
  },

  /** @param {Place | null | undefined} place What the filter asks for. */
  show(place) {
    this.place = place || {};
    this.redraw();
  },

  /** @param {object | null} sketch What is being drawn. */
  draft(sketch) {
    this.sketch = sketch;
    this.redraw();
  },

  /** @returns {boolean} Whether the filter asks for a place. */
  isSet() {
    const { bbox, area, near } = this.place;
    return Boolean(bbox || area || near);
  },

  isBlank() {
    return !this.isSet() && !this.sketch;
  },

  paint(ctx, view) {
    const { bbox, area, near } = this.place;
    ctx.lineJoin = "round";
    if (near && near.layer !== undefined) this._paintAround(ctx, view, near);
    if (bbox) this._paintShape(ctx, view, rectangle(bbox), true);
    if (area) this._paintShape(ctx, view, unrolled(area), true);
    if (near && near.layer === undefined) {
      this._paintShape(ctx, view, circle([near.lon, near.lat], near.km), true);
      this._paintHandles(ctx, view, [[near.lon, near.lat]]);
    }
    if (!this.sketch) return;
    const { corners, closed, handles } = this.sketch;
    if (corners.length > 1) this._paintShape(ctx, view, corners, closed);
    if (handles) this._paintHandles(ctx, view, handles);
  },

  _paintShape(ctx, view, corners, closed) {
    const points = corners.map(world);
    const round = Math.abs(points[0][0] - points[points.length - 1][0]) > 0.9;
    for (const copy of [view.copies[0] - 1, ...view.copies, view.copies[view.copies.length - 1] + 1]) {
      ctx.beginPath();
      points.forEach(([x, y], i) => {
        const at = [(x + copy) * view.scale - view.x0, y * view.scale - view.y0];
        if (i) ctx.lineTo(...at);
        else ctx.moveTo(...at);
      });
      if (closed && !round) {
        ctx.closePath();
        ctx.fillStyle = TINT;
        ctx.fill();
      }
      strokes.strokePasses(ctx, [
        { ...CASING, colour: COLOURS.paper },
        { ...INK, colour: COLOURS.ink },
      ]);
    }
  },

  _paintHandles(ctx, view, handles) {
    for (const [lon, lat] of handles) {
      const [x, y] = world([lon, lat]);
      for (const copy of [view.copies[0] - 1, ...view.copies]) {
        ctx.beginPath();
        ctx.arc((x + copy) * view.scale - view.x0, y * view.scale - view.y0, 4.5, 0, 2 * Math.PI);
        ctx.fillStyle = COLOURS.paper;
        ctx.fill();
        strokes.strokePasses(ctx, [{ colour: COLOURS.ink, width: 1.8 }]);
      }
    }
  },

  /** The reach around a feature: a circle around a point, an outline around a line. */
  _paintAround(ctx, view, { layer: id, index, km }) {
    const layer = this.options.layers.find((one) => one.id === id);
    if (!layer || !layer.data || !(index < layer.data.size)) return;
    const { px, py, vx, vy, partStart } = layer.data;
    const parts = layer.partsOf(index);
    if (!parts.length) {
      const point = layer.pointOf(index);
      if (point < 0) return;
      const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * py[point]))) / RADIANS;
      this._paintShape(ctx, view, circle([px[point] * 360 - 180, lat], km), true);
      return;
    }
    // The outline of a broad stroke: what is left when a thinner one is taken out of it.
    const band = (colour, more, operation) => {
      ctx.globalCompositeOperation = operation;
      ctx.strokeStyle = colour;
      ctx.lineCap = "round";
      for (const copy of view.copies) {
        for (const part of parts) {
          for (let i = partStart[part]; i + 1 < partStart[part + 1]; i++) {
            const stretch = Math.cosh(Math.PI * (1 - vy[i] - vy[i + 1]));
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
  },
});

export { circle, distance, rectangle, unrolled, wrap };
export { PlaceOutline };
