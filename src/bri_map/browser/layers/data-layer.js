/**
 * The data layers: one canvas, one file and one bitmap of visibility each.
 */

/** @import { LayerData } from "../core/codec.js" */
/** @import { Reports } from "../core/load.js" */
/** @import { View } from "../core/view.js" */
/** @import { LayerMark } from "../marks/layer-mark.js" */
/** @import { Look } from "../marks/symbols.js" */

import { countBits, decodeBits, isSet } from "../core/bits.js";
import { decodeLayer } from "../core/codec.js";
import { Fetched, loadBinary, loadJson } from "../core/load.js";
import { ORIGINAL } from "../core/locale.js";
import { worldScale } from "../core/projection.js";
import { Surface } from "../core/surface.js";
import { LayerIndex } from "./layer-index.js";
import { LinePainter } from "./lines.js";
import { PointPainter } from "./points.js";

/** Milliseconds after a failure before names are asked for again: every drawing wants them. */
const REST = 5000;

/**
 * @typedef {object} LayerFiles Where the server keeps a layer, and where it is listed.
 * @property {number} listing Place in the legend.
 * @property {string} url
 * @property {string} names Address of the names with `{chunk}` in it.
 * @property {string} history Address of the statuses by year.
 * @property {number} chunk Features in a chunk of names.
 * @property {{name: Channel, vocabulary: string}[]} channels Codes of the features, in the order of the file.
 */
/** @typedef {LayerMark & LayerFiles} LayerSpec As the server describes a layer. */

/** @typedef {Record<string, (string | null)[]>} NamesFile Names in order, by language. */
/** @typedef {"kind" | "status" | "precision" | "rating"} Channel */
/** @typedef {{x: number, y: number}} Pixel Of the map's window. */

export class DataLayer extends Surface {
  /**
   * @param {object} options
   * @param {LayerSpec} options.spec
   * @param {Record<string, string[]>} options.codes Lists of codes by vocabulary.
   * @param {(zoom: number) => void} options.beforePoints Called before points are drawn.
   * @param {() => void} options.onNames Told when names have come.
   * @param {Reports} options.reports
   */
  constructor({ spec, codes, beforePoints, onNames, reports }) {
    super({ pane: `bri-${spec.id}` });
    this.spec = spec;
    this.id = spec.id;
    this.beforePoints = beforePoints;
    this.reports = reports;
    /** @type {LayerData | null} */
    this.data = null;
    /** @type {Uint8Array | null} Bits of the visible features. */
    this.bits = null;
    /** @type {Uint8Array | null} Bits of the visible points that are in no cluster, while there are clusters. */
    this.alone = null;
    /** How many visible features have a position. */
    this.placed = 0;
    /** @type {string | boolean} */
    this.packed = false;
    this.failed = false;
    this.painted = false;
    /** @type {Uint8Array | null} The statuses of today. */
    this.today = null;
    /** @type {Record<Channel, number>} */
    this.channels = { kind: -1, status: -1, precision: -1, rating: -1 };
    /** @type {Record<Channel, string[]>} */
    this.codes = { kind: [], status: [], precision: [], rating: [] };
    spec.channels.forEach(({ name, vocabulary }, at) => {
      this.channels[name] = at;
      this.codes[name] = codes[vocabulary] ?? [];
    });
    /** @type {Fetched<number, NamesFile>} */
    this.names = new Fetched((chunk) => loadJson(spec.names.replace("{chunk}", String(chunk))), {
      rest: REST,
      ...reports,
      onValue: onNames,
    });
    this.pointPainter = new PointPainter(this);
    this.linePainter = new LinePainter(this);
    /** @type {Int32Array | null} */
    this._points = null;
    /** @type {Map<number, number[]> | null} */
    this._parts = null;
    /** @type {LayerIndex | null} */
    this._index = null;
  }

  /** @returns {Promise<void>} Settles when the layer's file is there or has failed. */
  async load() {
    try {
      this.data = await loadBinary(this.spec.url, decodeLayer);
    } catch (error) {
      this.failed = true;
      this.reports.onError(/** @type {Error} */ (error));
      return;
    }
    this.setVisible(this.packed, true);
    if (this.data.size) this.names.want(0);
  }

  /** @returns {boolean} Whether the layer has been drawn once, or never can be. */
  isReady() {
    return this.failed || Boolean(this.data && this.painted);
  }

  /**
   * Say which features are visible.
   * @param {string | boolean} packed See `decodeBits`.
   * @param {boolean} [again] Whether to decode what has not changed.
   */
  setVisible(packed, again = false) {
    if (packed === this.packed && !again) return;
    this.packed = packed;
    if (!this.data) return;
    this.bits = decodeBits(packed, this.data.size);
    this.placed = this._countPlaced(this.data);
    this.redraw();
  }

  /**
   * Say which visible points are drawn by themselves.
   * @param {Uint8Array | null} bits Null for all.
   */
  setAlone(bits) {
    this.alone = bits;
    this.redraw();
  }

  /**
   * Draw the features with other statuses than those of today.
   * @param {Uint8Array | null} codes One a feature; null for today's.
   */
  setStatuses(codes) {
    const at = this.channels.status;
    if (!this.data || at < 0) return;
    this.today ??= this.data.channels[at];
    this.data.channels[at] = codes ?? this.today;
    this.redraw();
  }

  /** @override */
  isBlank() {
    const blank = !this.data || !this.bits;
    if (blank && this.data) this.painted = true;
    return blank;
  }

  /**
   * @param {number} i
   * @returns {boolean} Whether a feature is shown.
   */
  isVisible(i) {
    return Boolean(this.bits && this.data && i < this.data.size && isSet(this.bits, i));
  }

  /**
   * @param {number} i
   * @returns {boolean} Whether a feature's point is drawn by itself.
   */
  isAlone(i) {
    return this.isVisible(i) && (!this.alone || isSet(this.alone, i));
  }

  /**
   * @param {LayerData} data
   * @returns {number}
   */
  _countPlaced({ size, pointFeature, partFeature }) {
    const placed = new Uint8Array(size);
    for (const features of [pointFeature, partFeature])
      for (const feature of features) if (this.isVisible(feature)) placed[feature] = 1;
    return placed.reduce((sum, one) => sum + one, 0);
  }

  /** @returns {number} */
  countVisible() {
    return this.data ? countBits(this.bits, this.data.size) : 0;
  }

  /**
   * @param {number} i
   * @returns {Look}
   */
  look(i) {
    return {
      kind: this._code("kind", i),
      status: this._code("status", i),
      precision: this._code("precision", i),
      rating: this._code("rating", i),
    };
  }

  /**
   * @param {Channel} channel
   * @param {number} i
   */
  _code(channel, i) {
    const at = this.channels[channel];
    return (at >= 0 && this.data && this.codes[channel][this.data.channels[at][i]]) || "";
  }

  /**
   * @param {number} i
   * @returns {number} The same for features that look the same.
   */
  lookKey(i) {
    const { kind, status, precision, rating } = this.channels;
    const channels = this.data?.channels;
    let key = 0;
    for (const at of [kind, status, precision, rating])
      key = key * 256 + (at < 0 || !channels ? 0 : channels[at][i]);
    return key;
  }

  /**
   * @param {number} i
   * @param {string} lang
   * @returns {string | null} Name of a feature; null while it is being fetched.
   */
  name(i, lang) {
    const { chunk } = this.spec;
    const number = Math.floor(i / chunk);
    const part = this.names.get(number);
    if (!part) {
      this.names.want(number);
      return null;
    }
    return String((part[lang] ?? part[ORIGINAL])[i % chunk] ?? "");
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    if (this.data?.partFeature.length) this.linePainter.paint(ctx, view);
    if (this.data?.px.length) {
      this.beforePoints(view.zoom);
      this.pointPainter.paint(ctx, view);
    }
    this.painted = true;
  }

  // --- one feature -----------------------------------------------------------------------------------

  /** @returns {LayerIndex | null} What finds features by place; null while there are none. */
  index() {
    if (this.data) this._index ??= new LayerIndex(this.data);
    return this._index;
  }

  /**
   * @param {number} feature
   * @returns {number} Number of the point of a feature, or -1.
   */
  pointOf(feature) {
    if (!this.data) return -1;
    if (!this._points) {
      const points = new Int32Array(this.data.size).fill(-1);
      this.data.pointFeature.forEach((owner, i) => {
        points[owner] = i;
      });
      this._points = points;
    }
    return this._points[feature];
  }

  /**
   * @param {number} feature
   * @returns {number[]} Numbers of the parts of a feature.
   */
  partsOf(feature) {
    if (!this._parts) {
      /** @type {Map<number, number[]>} */
      const parts = new Map();
      this.data?.partFeature.forEach((owner, part) => {
        const others = parts.get(owner);
        if (others) others.push(part);
        else parts.set(owner, [part]);
      });
      if (!this.data) return [];
      this._parts = parts;
    }
    return this._parts.get(feature) ?? [];
  }

  /**
   * @param {number} feature
   * @returns {[number, number, number, number]} West, north, east, south of a feature's lines, in world units.
   */
  boxOf(feature) {
    /** @type {[number, number, number, number]} */
    const found = [Infinity, Infinity, -Infinity, -Infinity];
    const { data } = this;
    if (!data) return found;
    for (const part of this.partsOf(feature)) {
      const [west, north, east, south] = data.partBox.subarray(4 * part, 4 * part + 4);
      found[0] = Math.min(found[0], west);
      found[1] = Math.min(found[1], north);
      found[2] = Math.max(found[2], east);
      found[3] = Math.max(found[3], south);
    }
    return found;
  }

  /**
   * @param {number} feature
   * @returns {[number, number, number, number] | null} West, north, east, south of a feature, in world units.
   */
  boxAround(feature) {
    if (!this.data || !(feature < this.data.size)) return null;
    if (this.partsOf(feature).length) return this.boxOf(feature);
    const point = this.pointOf(feature);
    if (point < 0) return null;
    const [x, y] = [this.data.px[point], this.data.py[point]];
    return [x, y, x, y];
  }

  /**
   * @param {number} feature
   * @returns {Pixel | null} A place on the feature in the map's window, the nearest to its middle.
   */
  pixel(feature) {
    const { data, shownOn: map } = this;
    if (!data || !map || !(feature < data.size)) return null;
    const bounds = map.getPixelBounds();
    const middle = bounds.getCenter();
    const origin = bounds.getTopLeft();
    const scale = worldScale(map.getZoom());
    /** @type {{x: number, y: number, far: number} | null} */
    let best = null;
    /**
     * @param {number} wx
     * @param {number} wy
     */
    const consider = (wx, wy) => {
      const x = (wx + Math.round(middle.x / scale - wx)) * scale;
      const far = Math.hypot(x - middle.x, wy * scale - middle.y);
      if (!best || far < best.far) best = { x: x - origin.x, y: wy * scale - origin.y, far };
    };
    const { px, py, vx, vy, partStart } = data;
    const point = this.pointOf(feature);
    if (point >= 0) consider(px[point], py[point]);
    else
      for (const part of this.partsOf(feature))
        for (let i = partStart[part]; i < partStart[part + 1]; i++) consider(vx[i], vy[i]);
    const found = /** @type {{x: number, y: number, far: number} | null} */ (best);
    return found && { x: found.x, y: found.y };
  }
}
