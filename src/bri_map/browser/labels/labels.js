/**
 * Names of countries and towns, of features, and of what is drawn as a band along it. Names never lie on each other, and
 * give way to points of data where they can.
 */

/** @import { Reports } from "../core/load.js" */
/** @import { View } from "../core/view.js" */
/** @import { Clusters } from "../cluster/clusters.js" */
/** @import { DataLayer } from "../layers/data-layer.js" */
/** @import { Hit } from "../layers/hits.js" */
/** @import { Box } from "./placement.js" */

import { Fetched, loadJson } from "../core/load.js";
import { ORIGINAL } from "../core/locale.js";
import { Surface } from "../core/surface.js";
import { REST } from "../layers/basemap.js";
import { eachPoint } from "../layers/points.js";
import { palette } from "../marks/palette.js";
import { lineStyle } from "../marks/strokes.js";
import { FONT, pointRadius } from "../marks/symbols.js";
import { countrySize, countrySpacing, HALF_HEIGHT, HALO, SHIFTS, WEIGHT } from "./country-style.js";
import { boxesBeside, findSpot, Room, sampledRuns, shortened, spotsOf } from "./placement.js";

const { COLOURS } = palette;
const CORRIDOR_ZOOM = 4;
/** From here on towns are named; before, their names are not even fetched. */
const TOWN_ZOOM = 4;
/** Above this many points in view, names no longer give way to them. */
const MAX_OBSTACLES = 1500;
/** Pixels beyond the canvas from which a name may still reach into it. */
const MAX_NAME = 160;
/** From here on features are named. */
const FEATURE_ZOOM = 7;
/** More features than this in view are not named. */
const MAX_NAMED = 600;
/** Pixels; longer names of features are cut. */
const MAX_FEATURE_NAME = 190;
/** Widths of texts that are kept. */
const MAX_WIDTHS = 20000;

/** @typedef {[names: string[], x: number, y: number, zoom: number, capital?: boolean]} PlaceName */
/** @typedef {{languages: string[], places: PlaceName[]}} NamesFile Names stand in the order of the languages. */
/** @typedef {"countries" | "towns"} Part */
/** @typedef {{x: number, y: number, feature: number}} Point Pixels of the canvas. */
/** @typedef {{ctx: CanvasRenderingContext2D, view: View, names: Room, data: Room, points: Map<DataLayer, Point[]>}} Sheet */

export class Labels extends Surface {
  /**
   * @param {object} options
   * @param {Record<Part, string>} options.urls Addresses of the names.
   * @param {DataLayer[]} options.layers From the bottom to the top.
   * @param {Clusters} options.clusters
   * @param {() => Hit | null} options.selected
   * @param {Reports} options.reports
   */
  constructor({ urls, layers, clusters, selected, reports }) {
    super({ pane: "bri-labels" });
    this.layers = layers;
    this.clusters = clusters;
    this.selected = selected;
    this.lang = ORIGINAL;
    /** Whether names of countries are set in capitals. */
    this.capitals = true;
    /** Whether features are named. */
    this.named = true;
    /** Whether countries and towns are named; some online basemaps do that themselves. */
    this.placed = true;
    this.failed = false;
    this.painted = false;
    /** @type {{layer: string, index: number, box: Box}[]} Features that are named. */
    this.written = [];
    /** @type {Map<string, number>} */
    this.widths = new Map();
    /** @type {Fetched<Part, NamesFile>} */
    this.places = new Fetched((part) => loadJson(urls[part]), {
      ...reports,
      rest: REST,
      onValue: () => this.redraw(),
      onError: (error) => {
        this.failed = true;
        reports.onError(error);
      },
    });
  }

  /** @returns {Promise<unknown>} Settles when the names of countries are there or have failed. */
  load() {
    return this.places.want("countries");
  }

  /** @returns {boolean} Whether the names of this view have been drawn, or never can be. */
  isReady() {
    const isWhole = !this.view || this.view.zoom < TOWN_ZOOM || this.places.get("towns") !== undefined;
    return this.failed || (this.painted && isWhole);
  }

  /**
   * @param {string} lang
   * @param {boolean} capitals Whether names of countries are set in capitals.
   */
  setLanguage(lang, capitals) {
    if (lang === this.lang) return;
    this.lang = lang;
    this.capitals = capitals;
    this.redraw();
  }

  /**
   * @param {boolean} named Whether features are named.
   * @param {boolean} placed Whether countries and towns are.
   */
  setParts(named, placed) {
    if (named === this.named && placed === this.placed) return;
    this.named = named;
    this.placed = placed;
    this.redraw();
  }

  /** @override */
  isBlank() {
    return !this.places.get("countries");
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    const sheet = { ctx, view, names: new Room(), data: new Room(), points: this._pointsInView(view) };
    this._takeRoom(sheet);
    ctx.lineJoin = "round";
    ctx.textBaseline = "middle";
    if (this.placed) this._paintCountries(this.places.get("countries"), sheet);
    if (this.named && view.zoom >= CORRIDOR_ZOOM) this._paintBands(sheet);
    this.written = [];
    if (this.named && view.zoom >= FEATURE_ZOOM) this._paintFeatures(sheet);
    if (this.placed && view.zoom >= TOWN_ZOOM) {
      this.places.want("towns");
      this._paintTowns(this.places.get("towns"), sheet);
    }
    this.painted = true;
  }

  /**
   * @param {View} view
   * @returns {Map<DataLayer, Point[]>} The points in view of each layer that has not too many.
   */
  _pointsInView(view) {
    /** @type {Map<DataLayer, Point[]>} */
    const found = new Map();
    for (const layer of this.layers) {
      /** @type {Point[]} */
      const points = [];
      eachPoint(layer, view, (x, y, feature) => points.push({ x, y, feature }) > MAX_OBSTACLES);
      if (points.length <= MAX_OBSTACLES) found.set(layer, points);
    }
    return found;
  }

  /**
   * Take the room of points of data.
   * @param {Sheet} sheet
   */
  _takeRoom({ view, data, points }) {
    for (const [layer, there] of points) {
      const r = pointRadius(layer.spec, view.zoom, false);
      for (const { x, y } of there) data.take([x - r, y - r, x + r, y + r]);
    }
    this.clusters.eachPlace(view, (x, y, _, r) => data.take([x - r, y - r, x + r, y + r]));
  }

  /**
   * @param {NamesFile} file
   * @param {PlaceName} place
   * @returns {string} Its name in the language of the page, else the first one.
   */
  _text({ languages }, [names]) {
    return names[languages.indexOf(this.lang)] || names[0];
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {string} text
   * @returns {number} Pixels.
   */
  _width(ctx, text) {
    const key = `${ctx.font}${ctx.letterSpacing ?? ""}${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    if (this.widths.size > MAX_WIDTHS) this.widths.clear();
    const { width } = ctx.measureText(text);
    this.widths.set(key, width);
    return width;
  }

  /**
   * @param {NamesFile | undefined} file
   * @param {Sheet} sheet
   */
  _paintCountries(file, { ctx, view, names, data }) {
    ctx.textAlign = "center";
    if (!file) return;
    for (const place of file.places) {
      const [, x, y, first] = place;
      if (first > view.zoom) break;
      const seen = spotsOf(view, x, y, MAX_NAME);
      if (!seen.length) continue;
      const size = countrySize(first, view.zoom);
      ctx.font = `${WEIGHT} ${size}px ${FONT}`;
      const name = this._text(file, place);
      const text = this.capitals ? name.toLocaleUpperCase(this.lang) : name;
      space(ctx, `${countrySpacing(this.capitals)}em`);
      const half = this._width(ctx, text) / 2 + 2;
      const reach = size * HALF_HEIGHT;
      for (const [px, py] of seen) {
        /** @type {(shift: number) => Box} */
        const box = (shift) => [px - half, py + shift - reach, px + half, py + shift + reach];
        const shifts = SHIFTS.map((one) => one * size).filter((shift) => names.isFree(box(shift)));
        if (!shifts.length) continue;
        const shift = shifts.find((one) => data.isFree(box(one))) ?? shifts[0];
        names.take(box(shift));
        write(ctx, text, px, py + shift, COLOURS.label, HALO);
      }
    }
    space(ctx, "0px");
  }

  /**
   * @param {NamesFile | undefined} file
   * @param {Sheet} sheet
   */
  _paintTowns(file, { ctx, view, names, data }) {
    ctx.textAlign = "left";
    if (!file) return;
    for (const place of file.places) {
      const [, x, y, first, capital = false] = place;
      if (first > view.zoom) break;
      const seen = spotsOf(view, x, y, MAX_NAME);
      if (!seen.length) continue;
      const size = capital || view.zoom - first >= 3 ? 11.5 : 11;
      ctx.font = `${capital ? 600 : 400} ${size}px ${FONT}`;
      const text = this._text(file, place);
      const width = this._width(ctx, text);
      for (const [px, py] of seen) {
        const box = boxesBeside(px, py, width, size, capital || view.zoom > first).find(
          (one) => names.isFree(one) && data.isFree(one),
        );
        if (!box) continue;
        names.take(box);
        names.take([px - 3, py - 3, px + 3, py + 3]);
        drawTown(ctx, px, py, capital);
        write(ctx, text, box[0] + 1, (box[1] + box[3]) / 2, COLOURS.label, 2.6);
      }
    }
  }

  /**
   * Name points beside them, the selected one first and then layer by layer from the top.
   * @param {Sheet} sheet
   */
  _paintFeatures({ ctx, view, names, data, points }) {
    const selected = this.selected();
    const wanted = [...this.layers].reverse().flatMap((layer) => {
      const r = pointRadius(layer.spec, view.zoom, false);
      const there = points.get(layer) ?? [];
      return (there.length > MAX_NAMED ? [] : there).map(({ x, y, feature }) => {
        const chosen = selected?.layer === layer && selected.feature === feature;
        return { layer, feature, x, y, r, chosen };
      });
    });
    if (wanted.length > MAX_NAMED) return;
    wanted.sort((a, b) => Number(b.chosen) - Number(a.chosen));
    ctx.textAlign = "left";
    const size = 11.5;
    for (const { layer, feature, x, y, r, chosen } of wanted) {
      const name = layer.name(feature, this.lang);
      if (!name) continue;
      ctx.font = `${chosen ? 700 : 500} ${size}px ${FONT}`;
      const text = shortened(name, MAX_FEATURE_NAME, (part) => this._width(ctx, part));
      const box = boxesBeside(x, y, this._width(ctx, text), size, false, r + (chosen ? 6 : 2)).find(
        (one) => names.isFree(one) && data.isFree(one),
      );
      if (!box) continue;
      names.take(box);
      this.written.push({ layer: layer.id, index: feature, box });
      write(ctx, text, box[0] + 1, (box[1] + box[3]) / 2, COLOURS.name, 3);
    }
  }

  /** @param {Sheet} sheet */
  _paintBands(sheet) {
    for (const layer of this.layers) if (layer.spec.symbol === "band") this._paintAlong(layer, sheet);
  }

  /**
   * Name the features of a layer along their lines.
   * @param {DataLayer} layer
   * @param {Sheet} sheet
   */
  _paintAlong(layer, { ctx, view, names, data }) {
    if (!layer.data || !layer.bits) return;
    ctx.textAlign = "center";
    ctx.font = `italic 600 ${view.zoom < 6 ? 11.5 : 12.5}px ${FONT}`;
    space(ctx, "0.02em");
    for (let feature = 0; feature < layer.data.size; feature++) {
      const text = layer.isVisible(feature) && layer.name(feature, this.lang);
      if (!text) continue;
      const style = lineStyle(layer.spec, layer.look(feature), view.zoom, feature);
      const beside = style.beads ? 13 : 0;
      const runs = sampledRuns(layer.data, layer.partsOf(feature), view);
      const spot = findSpot(runs, view, this._width(ctx, text) + 10, beside, { names, data });
      if (!spot) continue;
      for (const box of spot.boxes) names.take(box);
      ctx.save();
      ctx.translate(spot.x, spot.y);
      ctx.rotate(spot.angle);
      write(ctx, text, 0, 0, style.colour, 3.4);
      ctx.restore();
    }
    space(ctx, "0px");
  }
}

/**
 * Letter spacing, where the browser knows it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} width
 */
function space(ctx, width) {
  if ("letterSpacing" in ctx) ctx.letterSpacing = width;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {number} halo Pixels.
 */
function write(ctx, text, x, y, colour, halo) {
  ctx.strokeStyle = COLOURS.labelHalo;
  ctx.lineWidth = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {boolean} capital
 */
function drawTown(ctx, x, y, capital) {
  ctx.beginPath();
  ctx.arc(x, y, capital ? 2.6 : 1.7, 0, 2 * Math.PI);
  ctx.fillStyle = capital ? COLOURS.paper : COLOURS.label;
  ctx.strokeStyle = capital ? COLOURS.label : COLOURS.labelHalo;
  ctx.lineWidth = capital ? 1.4 : 1;
  ctx.stroke();
  ctx.fill();
}
