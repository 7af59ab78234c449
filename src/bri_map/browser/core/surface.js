/**
 * Surfaces: the canvases that everything on the map is drawn on.
 */

const TILE = 256;
const MAX_RATIO = 2;
/** Milliseconds between two drawings during one zoom. */
const REST = 120;

/**
 * @typedef {object} View What a canvas shows.
 * @property {number} zoom
 * @property {number} scale Pixels a world unit.
 * @property {number} x0 Projected x of the left edge, in pixels.
 * @property {number} y0 Projected y of the upper edge, in pixels.
 * @property {number} width Pixels.
 * @property {number} height Pixels.
 * @property {number[]} copies Copies of the world in view: 0 is the first east of 180 W, 1 the next.
 * @property {number} ratio Device pixels a pixel.
 */

// --- drawing together ----------------------------------------------------------------------------

const waiting = new Set();
let frame = 0;

/** Draw all waiting surfaces in the next frame. */
function schedule(surface) {
  waiting.add(surface);
  if (!frame) frame = requestAnimationFrame(flush);
}

/** Draw all waiting surfaces now; called early, it spares the wait for a frame. */
function flush() {
  cancelAnimationFrame(frame);
  frame = 0;
  if (!waiting.size) return;
  const surfaces = [...waiting];
  waiting.clear();
  const begun = performance.now();
  const map = surfaces.map((surface) => surface._map).find(Boolean);
  for (const surface of surfaces) {
    try {
      surface.draw();
    } catch (error) {
      console.error("bri-map:", error);
    }
  }
  if (map) map.fire("bri:drawn", { ms: performance.now() - begun });
}

// --- surfaces ------------------------------------------------------------------------------------

/**
 * A canvas somewhat larger than the map's window. It moves and scales with the map and is drawn again
 * when the zoom changes or the window leaves it.
 *
 * Subclasses define `paint(ctx, view)` and may define `isBlank()`.
 */
const Surface = L.Layer.extend({
  options: { pane: "overlayPane", padding: 0.25 },

  initialize(options) {
    L.setOptions(this, options);
  },

  onAdd(map) {
    const canvas = (this.canvas = L.DomUtil.create("canvas", "bri-canvas"));
    canvas.setAttribute("aria-hidden", "true");
    if (map.options.zoomAnimation && L.Browser.any3d) canvas.classList.add("leaflet-zoom-animated");
    canvas.style.transformOrigin = "0 0";
    this.getPane().appendChild(canvas);
    this.redraw();
  },

  onRemove() {
    waiting.delete(this);
    this.canvas.remove();
    this.view = null;
  },

  getEvents() {
    return {
      viewreset: this.redraw,
      resize: this.redraw,
      move: this._onMove,
      moveend: this._onMoveEnd,
      zoom: this._follow,
      zoomanim: this._animate,
    };
  },

  /** Have the surface drawn in the next frame. */
  redraw() {
    if (this._map) schedule(this);
  },

  isBlank() {
    return false;
  },

  /** Draw now. */
  draw() {
    const map = this._map;
    const size = map && map.getSize();
    if (!size || !size.x || !size.y) return;
    if (this.isBlank()) {
      this.canvas.width = this.canvas.height = 0;
      this.view = null;
      return;
    }
    const view = (this.view = makeView(map, size, this.options.padding));
    const corner = L.point(view.x0, view.y0);
    this._corner = map.unproject(corner, view.zoom);
    this._extent = L.bounds(corner, corner.add([view.width, view.height]));
    const ctx = prepare(this.canvas, view);
    L.DomUtil.setTransform(this.canvas, corner.subtract(map.getPixelOrigin()), 1);
    this.paint(ctx, view);
    this._drawnAt = performance.now();
  },

  /** While the map is dragged, draw only when the window leaves the canvas. */
  _onMove() {
    const map = this._map;
    const stays = this.view && this.view.zoom === map.getZoom() && !map._animatingZoom;
    if (stays && !this._extent.contains(map.getPixelBounds())) this.redraw();
  },

  _onMoveEnd() {
    if (this.view && this.view.zoom !== this._map.getZoom()) this.redraw();
    else this._onMove();
  },

  /** Scale with a zoom in small steps (two fingers, a flight); draw when the window shows bare edges. */
  _follow() {
    if (!this.view) return;
    const map = this._map;
    const scale = map.getZoomScale(map.getZoom(), this.view.zoom);
    const corner = map.project(this._corner, map.getZoom());
    L.DomUtil.setTransform(this.canvas, corner.subtract(map.getPixelOrigin()), scale);
    const extent = L.bounds(corner, corner.add(L.point(this.view.width, this.view.height).multiplyBy(scale)));
    const rested = performance.now() - this._drawnAt > REST;
    if (rested && !map._animatingZoom && !extent.contains(map.getPixelBounds())) this.redraw();
  },

  _animate(event) {
    if (!this.view) return;
    const map = this._map;
    const scale = map.getZoomScale(event.zoom, this.view.zoom);
    const origin = map._getNewPixelOrigin(event.center, event.zoom);
    L.DomUtil.setTransform(this.canvas, map.project(this._corner, event.zoom).subtract(origin), scale);
  },
});

/**
 * @param {L.Map} map
 * @param {L.Point} size
 * @param {number} padding Share of the window added on each side.
 * @returns {View}
 */
function makeView(map, size, padding) {
  const zoom = map.getZoom();
  const scale = TILE * 2 ** zoom;
  const corner = map.getPixelBounds().min.subtract(size.multiplyBy(padding))._round();
  const width = Math.round(size.x * (1 + 2 * padding));
  const height = Math.round(size.y * (1 + 2 * padding));
  const copies = [];
  for (let k = Math.floor(corner.x / scale); k <= Math.floor((corner.x + width) / scale); k++) copies.push(k);
  const ratio = Math.min(window.devicePixelRatio || 1, MAX_RATIO);
  return { zoom, scale, x0: corner.x, y0: corner.y, width, height, copies, ratio };
}

/** Give a canvas its size, cleared, with a context that takes pixels of the page. */
function prepare(canvas, view) {
  const width = Math.round(view.width * view.ratio);
  const height = Math.round(view.height * view.ratio);
  const ctx = canvas.getContext("2d");
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

/**
 * @param {Float32Array} box West, north, east, south of one thing after another, in world units.
 * @param {number} i
 * @param {View} view
 * @param {number} copy Copy of the world.
 * @param {number} margin Pixels around the canvas that count as in view.
 * @returns {boolean} Whether box i is in view.
 */
function inView(box, i, view, copy, margin) {
  const at = 4 * i;
  const left = view.x0 - copy * view.scale;
  return (
    box[at] * view.scale <= left + view.width + margin &&
    box[at + 2] * view.scale >= left - margin &&
    box[at + 1] * view.scale <= view.y0 + view.height + margin &&
    box[at + 3] * view.scale >= view.y0 - margin
  );
}

export { Surface, inView, flush as drawNow };
