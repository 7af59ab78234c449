/**
 * The data layers: one canvas, one file and one bitmap of visibility each.
 */

import * as codec from "../core/codec.js";
import { Surface } from "../core/surface.js";
import { linePainting } from "./lines.js";
import { pointPainting } from "./points.js";

const KIND_CHANNELS = new Set(["kind", "type", "sector"]);

/**
 * @typedef {object} LayerSpec As the server describes a layer.
 * @property {string} id
 * @property {string} url
 * @property {string} names Address of the names with `{chunk}` in it.
 * @property {number} chunk Features in a chunk of names.
 * @property {string[]} channels
 */

/** Options: `spec`, `codes` (code lists by name), `clusters` (gives them), `onError`. */
const DataLayer = Surface.extend({
  includes: [pointPainting, linePainting],

  initialize(options) {
    L.setOptions(this, { pane: `bri-${options.spec.id}`, ...options });
    this.id = options.spec.id;
    this.bits = null;
    /** Bits of the visible points that are in no cluster, while there are clusters. */
    this.alone = null;
    this.packed = false;
    this.chunks = new Map();
    this.channels = { kind: -1, status: -1, precision: -1, rating: -1 };
    options.spec.channels.forEach((name, at) => {
      this.channels[KIND_CHANNELS.has(name) ? "kind" : name === "green_rating" ? "rating" : name] = at;
    });
    this.kindChannel = options.spec.channels.find((name) => KIND_CHANNELS.has(name)) || "kind";
    this.codes = {
      kind: options.codes[`${this.id}.${this.kindChannel}`] || options.codes[this.kindChannel] || [],
      status: options.codes.status || [],
      precision: options.codes.precision || [],
      rating: options.codes.green_rating || [],
    };
  },

  /** @returns {Promise<void>} Settles when the layer's file is there or has failed. */
  async load() {
    try {
      this.data = await codec.loadLayer(this.options.spec.url);
    } catch (error) {
      this.failed = true;
      this.options.onError(error);
      return;
    }
    this.setVisible(this.packed, true);
    if (this.data.size) this._loadNames(0);
  },

  /** Whether the layer has been drawn once, or never can be. */
  isReady() {
    return this.failed || Boolean(this.data && this.painted);
  },

  /**
   * Say which features are visible.
   * @param {string | boolean} packed See `codec.decodeBits`.
   * @param {boolean} [again] Whether to decode what has not changed.
   */
  setVisible(packed, again = false) {
    if (packed === this.packed && !again) return;
    this.packed = packed;
    if (!this.data) return;
    this.bits = codec.decodeBits(packed, this.data.size);
    this.redraw();
  },

  /**
   * Draw the features with other statuses than those of today.
   * @param {Uint8Array | null} codes One a feature; null for today's.
   */
  setStatuses(codes) {
    const at = this.channels.status;
    if (!this.data || at < 0) return;
    this.today = this.today || this.data.channels[at];
    this.data.channels[at] = codes || this.today;
    this.redraw();
  },

  isBlank() {
    const blank = !this.data || !this.bits;
    if (blank && this.data) this.painted = true;
    return blank;
  },

  /** @param {number} i @returns {boolean} */
  isVisible(i) {
    return Boolean(this.bits && this.data && i < this.data.size && (this.bits[i >> 3] >> (i & 7)) & 1);
  },

  /** @param {number} i @returns {boolean} Whether a feature's point is drawn by itself. */
  isAlone(i) {
    return this.isVisible(i) && (!this.alone || Boolean((this.alone[i >> 3] >> (i & 7)) & 1));
  },

  countVisible() {
    return this.data ? codec.countBits(this.bits, this.data.size) : 0;
  },

  /** @param {number} i @returns {import("./symbols.js").Look} */
  look(i) {
    const { channels } = this.data;
    const code = (name) =>
      this.channels[name] < 0 ? "" : this.codes[name][channels[this.channels[name]][i]] || "";
    return {
      kind: code("kind"),
      status: code("status"),
      precision: code("precision"),
      rating: code("rating"),
    };
  },

  // --- names -------------------------------------------------------------------------------------

  /**
   * @param {number} i
   * @param {string} lang
   * @returns {string | null} Name of a feature; null while it is being fetched.
   */
  name(i, lang) {
    const { chunk } = this.options.spec;
    const part = this.chunks.get(Math.floor(i / chunk));
    if (!part) {
      this._loadNames(Math.floor(i / chunk));
      return null;
    }
    const name = String(part.names[i % chunk] ?? "");
    return (lang === "zh" && part.names_zh[i % chunk]) || name;
  },

  async _loadNames(number) {
    if (this.chunks.has(number)) return;
    this.chunks.set(number, undefined);
    try {
      this.chunks.set(
        number,
        await codec.loadJson(this.options.spec.names.replace("{chunk}", String(number))),
      );
      if (this._map) this._map.fire("bri:names");
    } catch (error) {
      this.options.onError(error);
    }
  },

  // --- drawing -----------------------------------------------------------------------------------

  paint(ctx, view) {
    if (this.data.partFeature.length) this._paintLines(ctx, view);
    if (this.data.px.length) this._paintPoints(ctx, view);
    this.painted = true;
  },

  /** A number that is the same for features that look the same. */
  _lookKey(feature) {
    const { channels } = this.data;
    let key = 0;
    for (const at of Object.values(this.channels)) key = key * 256 + (at < 0 ? 0 : channels[at][feature]);
    return key;
  },

  // --- one feature -------------------------------------------------------------------------------

  /**
   * @param {number} feature
   * @returns {{x: number, y: number} | null} A place on the feature in the map's window, in pixels,
   *   the nearest to its middle.
   */
  pixel(feature) {
    if (!this.data || !(feature < this.data.size)) return null;
    const map = this._map;
    const bounds = map.getPixelBounds();
    const middle = bounds.getCenter();
    const scale = 256 * 2 ** map.getZoom();
    let best = null;
    const consider = (wx, wy) => {
      const x = (wx + Math.round(middle.x / scale - wx)) * scale;
      const far = Math.hypot(x - middle.x, wy * scale - middle.y);
      if (!best || far < best.far) best = { x: x - bounds.min.x, y: wy * scale - bounds.min.y, far };
    };
    const { px, py, vx, vy, partStart } = this.data;
    const point = this.pointOf(feature);
    if (point >= 0) consider(px[point], py[point]);
    else
      for (const part of this.partsOf(feature))
        for (let i = partStart[part]; i < partStart[part + 1]; i++) consider(vx[i], vy[i]);
    return best && { x: best.x, y: best.y };
  },
});

export { DataLayer };
