/**
 * Surfaces: the canvases that everything on the map is drawn on.
 */

/** @import { View } from "./view.js" */

import { contextOf } from "./canvas.js";
import { isAnimatingZoom, pixelOriginAfter } from "./leaflet-private.js";
import { worldScale } from "./projection.js";
import { copiesBetween } from "./view.js";

const MAX_RATIO = 2;
/** Milliseconds between two drawings during one zoom. */
const REST = 120;

// --- drawing together ----------------------------------------------------------------------------

/** @type {Set<Surface>} */
const waiting = new Set();
let frame = 0;

/**
 * Draw all waiting surfaces in the next frame.
 * @param {Surface} surface
 */
function schedule(surface) {
  waiting.add(surface);
  if (!frame) frame = requestAnimationFrame(drawNow);
}

/** Draw all waiting surfaces now; called early, it spares the wait for a frame. */
export function drawNow() {
  cancelAnimationFrame(frame);
  frame = 0;
  if (!waiting.size) return;
  const surfaces = [...waiting];
  waiting.clear();
  const begun = performance.now();
  for (const surface of surfaces) {
    try {
      surface.draw();
    } catch (error) {
      console.error("bri-map:", error);
    }
  }
  const ms = performance.now() - begun;
  for (const map of new Set(surfaces.map((surface) => surface.shownOn))) map?.fire("bri:drawn", { ms });
}

// --- surfaces ------------------------------------------------------------------------------------

/**
 * @typedef {object} SurfaceOptions
 * @property {string} [pane]
 * @property {number} [padding] Share of the window added on each side.
 */

/**
 * A canvas somewhat larger than the map's window. It moves and scales with the map and is drawn again
 * when the zoom changes or the window leaves it.
 */
export class Surface extends L.Layer {
  /** @param {SurfaceOptions} options */
  constructor({ pane = "overlayPane", padding = 0.25 }) {
    super();
    L.setOptions(this, { pane });
    this.padding = padding;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "bri-canvas";
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.style.transformOrigin = "0 0";
    /** @type {View | null} What is drawn, if anything is. */
    this.view = null;
    this.corner = L.latLng(0, 0);
    this.drawnBounds = L.bounds([0, 0], [0, 0]);
    this.drawnAt = 0;
  }

  /** @returns {L.Map | null} */
  get shownOn() {
    return this._map ?? null;
  }

  /**
   * @override
   * @param {L.Map} map
   */
  onAdd(map) {
    if (map.options.zoomAnimation && L.Browser.any3d) this.canvas.classList.add("leaflet-zoom-animated");
    this.getPane()?.appendChild(this.canvas);
    this.redraw();
    return this;
  }

  /**
   * @override
   * @param {L.Map} _map
   */
  onRemove(_map) {
    waiting.delete(this);
    this.canvas.remove();
    this.view = null;
    return this;
  }

  /** @override */
  getEvents() {
    return {
      viewreset: this.redraw,
      resize: this.redraw,
      move: this._onMove,
      moveend: this._onMoveEnd,
      zoom: this._follow,
      zoomanim: /** @type {L.LeafletEventHandlerFn} */ (this._animate),
    };
  }

  /** Have the surface drawn in the next frame. */
  redraw() {
    if (this._map) schedule(this);
  }

  /** @returns {boolean} Whether there is nothing to draw. */
  isBlank() {
    return false;
  }

  /**
   * Draw; for subclasses.
   * @param {CanvasRenderingContext2D} _ctx
   * @param {View} _view
   */
  paint(_ctx, _view) {}

  /** Draw now. */
  draw() {
    const map = this.shownOn;
    const size = map?.getSize();
    if (!map || !size?.x || !size.y) return;
    if (this.isBlank()) {
      this.canvas.width = this.canvas.height = 0;
      this.view = null;
      return;
    }
    const view = makeView(map, size, this.padding);
    const corner = L.point(view.x0, view.y0);
    this.view = view;
    this.corner = map.unproject(corner, view.zoom);
    this.drawnBounds = L.bounds(corner, corner.add([view.width, view.height]));
    const ctx = prepare(this.canvas, view);
    L.DomUtil.setTransform(this.canvas, corner.subtract(map.getPixelOrigin()), 1);
    this.paint(ctx, view);
    this.drawnAt = performance.now();
  }

  /** While the map is dragged, draw only when the window leaves the canvas. */
  _onMove() {
    const map = this._map;
    const stays = this.view && this.view.zoom === map.getZoom() && !isAnimatingZoom(map);
    if (stays && !this.drawnBounds.contains(map.getPixelBounds())) this.redraw();
  }

  _onMoveEnd() {
    if (this.view && this.view.zoom !== this._map.getZoom()) this.redraw();
    else this._onMove();
  }

  /** Scale with a zoom in small steps (two fingers, a flight); draw when the window shows bare edges. */
  _follow() {
    if (!this.view) return;
    const map = this._map;
    const scale = map.getZoomScale(map.getZoom(), this.view.zoom);
    const corner = map.project(this.corner, map.getZoom());
    L.DomUtil.setTransform(this.canvas, corner.subtract(map.getPixelOrigin()), scale);
    const extent = L.bounds(corner, corner.add(L.point(this.view.width, this.view.height).multiplyBy(scale)));
    const rested = performance.now() - this.drawnAt > REST;
    if (rested && !isAnimatingZoom(map) && !extent.contains(map.getPixelBounds())) this.redraw();
  }

  /** @param {L.ZoomAnimEvent} event */
  _animate({ center, zoom }) {
    if (!this.view) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.view.zoom);
    const origin = pixelOriginAfter(map, center, zoom);
    L.DomUtil.setTransform(this.canvas, map.project(this.corner, zoom).subtract(origin), scale);
  }
}

/**
 * @param {L.Map} map
 * @param {L.Point} size
 * @param {number} padding Share of the window added on each side.
 * @returns {View}
 */
function makeView(map, size, padding) {
  const zoom = map.getZoom();
  const scale = worldScale(zoom);
  const bounds = map.getPixelBounds();
  const corner = (bounds.min ?? L.point(0, 0)).subtract(size.multiplyBy(padding)).round();
  const width = Math.round(size.x * (1 + 2 * padding));
  const height = Math.round(size.y * (1 + 2 * padding));
  const copies = copiesBetween(corner.x / scale, (corner.x + width) / scale);
  const ratio = Math.min(window.devicePixelRatio || 1, MAX_RATIO);
  return { zoom, scale, x0: corner.x, y0: corner.y, width, height, copies, ratio };
}

/**
 * Give a canvas its size, cleared, with a context that takes pixels of the page.
 * @param {HTMLCanvasElement} canvas
 * @param {View} view
 */
function prepare(canvas, view) {
  const width = Math.round(view.width * view.ratio);
  const height = Math.round(view.height * view.ratio);
  const ctx = contextOf(canvas);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${view.width}px`;
    canvas.style.height = `${view.height}px`;
  } else {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
  }
  ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  return ctx;
}
