/**
 * What is under the pointer: a grid over points and runs of lines, the highlight of the hovered
 * and the selected feature, and the tooltip.
 */

import { Surface } from "../core/surface.js";
import * as strokes from "../marks/strokes.js";
import * as symbols from "../marks/symbols.js";

/** Segments of a line that share a box in the grid. */
const RUN = 12;
const LINE_REACH = 6;
const TOUCH_REACH = 14;

// --- grid ----------------------------------------------------------------------------------------

/** Boxes in world units, found by place. An item lies in every cell that its box touches. */
class Grid {
  /**
   * @param {number} size Number of items.
   * @param {(i: number, box: Float64Array) => void} boxOf Writes west, north, east, south of an item.
   */
  constructor(size, boxOf) {
    this.side = Math.max(8, Math.min(1024, Math.ceil(Math.sqrt(size))));
    this.start = new Uint32Array(this.side * this.side + 1);
    const box = new Float64Array(4);
    const each = (visit) => {
      for (let i = 0; i < size; i++) {
        boxOf(i, box);
        this._cells(box[0], box[1], box[2], box[3], (cell) => visit(cell, i));
      }
    };
    each((cell) => this.start[cell + 1]++);
    for (let cell = 0; cell < this.start.length - 1; cell++) this.start[cell + 1] += this.start[cell];
    this.items = new Uint32Array(this.start[this.start.length - 1]);
    const next = this.start.slice();
    each((cell, i) => (this.items[next[cell]++] = i));
  }

  _cells(west, north, east, south, visit) {
    const last = this.side - 1;
    const at = (value) => Math.max(0, Math.min(last, Math.floor(value * this.side)));
    const [left, right, bottom] = [at(west), at(east), at(south)];
    for (let row = at(north); row <= bottom; row++) {
      for (let column = left; column <= right; column++) visit(row * this.side + column);
    }
  }

  /**
   * Visit the items near a place; one item may be visited more than once.
   * @param {number} x World x in 0..1; a place near the date line also finds what lies beyond it.
   * @param {number} y
   * @param {number} reach World units.
   * @param {(i: number) => void} visit
   */
  near(x, y, reach, visit) {
    const look = (at) =>
      this._cells(at - reach, y - reach, at + reach, y + reach, (cell) => {
        for (let k = this.start[cell]; k < this.start[cell + 1]; k++) visit(this.items[k]);
      });
    look(x);
    if (x < reach) look(x + 1);
    if (x > 1 - reach) look(x - 1);
  }
}

/** Finds features of one layer. Its grids are built when first asked. */
class Index {
  /** @param {briMap.DataLayer} layer */
  constructor(layer) {
    this.layer = layer;
    this.data = layer.data;
  }

  get points() {
    const { px, py } = this.data;
    this._points =
      this._points ||
      new Grid(px.length, (i, box) => {
        box[0] = box[2] = px[i];
        box[1] = box[3] = py[i];
      });
    return this._points;
  }

  get lines() {
    if (!this._lines) {
      const { vx, vy, partStart, partFeature } = this.data;
      const first = [];
      const part = [];
      for (let p = 0; p < partFeature.length; p++) {
        for (let i = partStart[p]; i < partStart[p + 1] - 1; i += RUN) {
          first.push(i);
          part.push(p);
        }
      }
      const grid = new Grid(first.length, (run, box) => {
        const end = Math.min(first[run] + RUN, partStart[part[run] + 1] - 1);
        box[0] = box[1] = Infinity;
        box[2] = box[3] = -Infinity;
        for (let i = first[run]; i <= end; i++) {
          box[0] = Math.min(box[0], vx[i]);
          box[1] = Math.min(box[1], vy[i]);
          box[2] = Math.max(box[2], vx[i]);
          box[3] = Math.max(box[3], vy[i]);
        }
      });
      this._lines = { grid, first, part };
    }
    return this._lines;
  }

  /**
   * @param {number} x World units.
   * @param {number} y World units.
   * @param {number} scale Pixels a world unit.
   * @param {number} reach Pixels.
   * @returns {{feature: number, distance: number} | null} The nearest visible point within reach.
   */
  nearestPoint(x, y, scale, reach) {
    const { px, py, pointFeature } = this.data;
    let best = null;
    this.points.near(x, y, reach / scale, (i) => {
      if (!this.layer.isAlone(pointFeature[i])) return;
      const dx = Math.abs(px[i] - x);
      const distance = Math.hypot(Math.min(dx, 1 - dx), py[i] - y) * scale;
      // Of points in one place the last is drawn on top.
      if (distance <= reach && (!best || distance <= best.distance))
        best = { feature: pointFeature[i], distance };
    });
    return best;
  }

  /** As nearestPoint, for lines. `reachOf` gives the reach for a feature, in pixels. */
  nearestLine(x, y, scale, reachOf, furthest) {
    const { grid, first, part } = this.lines;
    const { vx, vy, partStart, partFeature } = this.data;
    let best = null;
    grid.near(x, y, furthest / scale, (run) => {
      const feature = partFeature[part[run]];
      if (!this.layer.isVisible(feature)) return;
      const end = Math.min(first[run] + RUN, partStart[part[run] + 1] - 1);
      const reach = reachOf(feature);
      for (let i = first[run]; i < end; i++) {
        const shift = Math.round(x - vx[i]);
        const distance = toSegment(x - shift, y, vx[i], vy[i], vx[i + 1], vy[i + 1]) * scale;
        if (distance <= reach && (!best || distance < best.distance)) best = { feature, distance };
      }
    });
    return best;
  }
}

/** Distance of a point from a segment. */
function toSegment(x, y, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const t = square ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/**
 * @typedef {object} Hit
 * @property {briMap.DataLayer} layer
 * @property {number} feature
 */

/**
 * Find the feature at a place: the nearest point, else the nearest line, bands last.
 * @param {L.Map} map
 * @param {briMap.DataLayer[]} layers From the bottom to the top.
 * @param {L.LatLng} latlng
 * @param {boolean} touch Whether a finger points.
 * @returns {Hit | null}
 */
function findHit(map, layers, latlng, touch) {
  const zoom = map.getZoom();
  const scale = 256 * 2 ** zoom;
  const place = map.project(latlng, zoom).divideBy(scale);
  const x = place.x - Math.floor(place.x);
  const shown = layers.filter((layer) => layer.data && layer.bits).reverse();
  let best = null;
  for (const layer of shown) {
    if (!layer.data.px.length) continue;
    const reach = touch ? TOUCH_REACH + 4 : symbols.pointRadius(layer.id, zoom, false) + 3;
    const found = indexOf(layer).nearestPoint(x, place.y, scale, reach);
    if (found && (!best || found.distance < best.distance)) best = { layer, ...found };
  }
  return best || findLine(shown, x, place.y, zoom, touch);
}

/** Thin lines first: the nearest of them, and only else a band. */
function findLine(shown, x, y, zoom, touch) {
  const scale = 256 * 2 ** zoom;
  const reach = touch ? TOUCH_REACH : LINE_REACH;
  for (const broad of [false, true]) {
    let best = null;
    for (const layer of shown) {
      if ((layer.id === "corridors") !== broad || !layer.data.partFeature.length) continue;
      const reachOf = (feature) =>
        Math.max(reach, strokes.lineStyle(layer.id, layer.look(feature), zoom, feature).width / 2);
      const found = indexOf(layer).nearestLine(x, y, scale, reachOf, Math.max(reach, 8));
      if (found && (!best || found.distance < best.distance)) best = { layer, ...found };
    }
    if (best) return best;
  }
  return null;
}

function indexOf(layer) {
  layer.index = layer.index || new Index(layer);
  return layer.index;
}

// --- highlight -----------------------------------------------------------------------------------

/** One canvas of the highlight: its lines or its points. Options: `pane`, `highlight`, `paintOne`. */
const Overlay = Surface.extend({
  options: { padding: 0.1 },

  isBlank() {
    const { hovered, selected } = this.options.highlight;
    return !canDraw(hovered) && !canDraw(selected);
  },

  paint(ctx, view) {
    const { highlight, paintOne } = this.options;
    const { hovered, selected } = highlight;
    if (canDraw(hovered) && !isSame(hovered, selected))
      hovered.layer[paintOne](ctx, view, hovered.feature, false);
    if (canDraw(selected)) selected.layer[paintOne](ctx, view, selected.feature, true);
  },
});

/**
 * The hovered and the selected feature, drawn again and stronger: lines below the names and points,
 * points above everything.
 */
class Highlight {
  /**
   * @param {L.Map} map
   * @param {string} linePane
   * @param {string} pointPane
   */
  constructor(map, linePane, pointPane) {
    /** @type {Hit | null} */
    this.hovered = null;
    /** @type {Hit | null} */
    this.selected = null;
    this.surfaces = [
      new Overlay({ pane: linePane, highlight: this, paintOne: "paintStrongLine" }).addTo(map),
      new Overlay({ pane: pointPane, highlight: this, paintOne: "paintStrongPoint" }).addTo(map),
    ];
  }

  /** @param {Hit | null} hit */
  hover(hit) {
    if (isSame(hit, this.hovered)) return;
    this.hovered = hit;
    this.redraw();
  }

  /** @param {Hit | null} hit */
  select(hit) {
    if (isSame(hit, this.selected)) return;
    this.selected = hit;
    this.redraw();
  }

  redraw() {
    for (const surface of this.surfaces) surface.redraw();
  }
}

function canDraw(hit) {
  return Boolean(hit && hit.layer.isVisible(hit.feature));
}

/**
 * @param {Hit | null} a
 * @param {Hit | null} b
 */
function isSame(a, b) {
  return a === b || Boolean(a && b && a.layer === b.layer && a.feature === b.feature);
}

// --- tooltip -------------------------------------------------------------------------------------

/** Name, kind and status of a feature beside the pointer; all of it text, never markup. */
class Tooltip {
  /** @param {HTMLElement} container The map's element. */
  constructor(container) {
    this.container = container;
    this.element = L.DomUtil.create("div", "bri-tooltip", container);
    this.element.setAttribute("role", "tooltip");
    this.element.hidden = true;
  }

  /**
   * @param {string[]} lines The first is the name.
   * @param {L.Point} at Pixels in the map's window.
   */
  show(lines, at) {
    this.element.replaceChildren(
      ...lines.map((text, i) => {
        const line = document.createElement("div");
        line.className = i ? "bri-tooltip-fact" : "bri-tooltip-name";
        line.dir = "auto";
        line.textContent = text;
        return line;
      }),
    );
    this.element.hidden = false;
    this._place(at);
  }

  hide() {
    this.element.hidden = true;
  }

  /** @returns {string | null} */
  text() {
    return this.element.hidden ? null : [...this.element.children].map((line) => line.textContent).join("\n");
  }

  /** Beside the pointer, on the side where there is room. */
  _place(at) {
    const { offsetWidth, offsetHeight } = this.element;
    const gap = 14;
    const { clientWidth, clientHeight } = this.container;
    const right = at.x + gap + offsetWidth <= clientWidth - 4;
    const left = right ? at.x + gap : Math.max(4, at.x - gap - offsetWidth);
    const below = at.y + gap + offsetHeight <= clientHeight - 4;
    const top = below ? at.y + gap : Math.max(4, at.y - gap - offsetHeight);
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}

export { Highlight, Tooltip, findHit, isSame };
