/**
 * Countries coloured by an indicator, beneath the layers. Files are asked for when an indicator is first
 * chosen. A country without a value keeps the colour of the land: it is never taken for zero.
 */

import * as codec from "../core/codec.js";
import { Surface } from "../core/surface.js";
import { traceRings } from "./basemap.js";
import { palette } from "../marks/palette.js";

const FINE_ZOOM = 6;
/** How strongly colours cover the pictures of an online basemap. */
const OVER_TILES = 0.55;

/**
 * @typedef {object} Indicator
 * @property {Object<string, number>} values By ISO 3166-1 alpha-3.
 * @property {[number, number, number][]} classes Least and greatest value, and number of countries.
 * @property {[string, string]} period
 * @property {boolean} counted Whether it counts the catalog itself.
 * @property {[string, string, string][]} sources Title, locators, address.
 */

/**
 * Options: `coarse`, `fine` and `values`, addresses of the files; `onError`, `onReady`;
 * `paintEdges(ctx, view, border)`, which draws coasts and borders again on top.
 */
const Countries = Surface.extend({
  options: { pane: "bri-countries", padding: 0.4 },
  chosen: "",
  overTiles: false,

  /**
   * Choose an indicator, or none with an empty id.
   * @param {string} id
   * @param {boolean} overTiles Whether an online basemap lies beneath.
   */
  choose(id, overTiles) {
    this.chosen = id;
    this.overTiles = overTiles;
    if (id) {
      this._load("values", codec.loadJson);
      this._load("coarse", codec.loadCountries);
    }
    this.redraw();
  },

  /** @returns {Indicator | null} The chosen one, once it is there. */
  indicator() {
    return (this.chosen && this.values && this.values.indicators[this.chosen]) || null;
  },

  /** Whether what was chosen is drawn, or never can be. */
  isReady() {
    return !this.chosen || Boolean(this.failed || (this.indicator() && this.coarse && this.view));
  },

  async _load(part, load) {
    this.asked = this.asked || new Set();
    if (this.asked.has(part)) return;
    this.asked.add(part);
    try {
      this[part] = await load(this.options[part]);
      this.redraw();
      this.options.onReady();
    } catch (error) {
      this.failed = true;
      this.options.onError(error);
    }
  },

  isBlank() {
    return !this.indicator() || !this.coarse;
  },

  _shapes(zoom) {
    if (zoom < FINE_ZOOM) return this.coarse;
    this._load("fine", codec.loadCountries);
    return this.fine || this.coarse;
  },

  paint(ctx, view) {
    const { classes, values } = this.indicator();
    const shapes = this._shapes(view.zoom);
    const classOf = shapes.codes.map((iso3) =>
      iso3 in values ? classes.findIndex(([low, high]) => values[iso3] >= low && values[iso3] <= high) : -1,
    );
    // All of a class is one path: pieces of a country and neighbours alike then meet without a seam.
    classes.forEach((_, at) => {
      ctx.beginPath();
      traceRings(ctx, shapes, view, (path) => classOf[shapes.country[path]] === at);
      ctx.fillStyle = palette.valueClass(at, classes.length);
      ctx.globalAlpha = this.overTiles ? OVER_TILES : 1;
      ctx.fill("evenodd");
      ctx.globalAlpha = 1;
    });
    this.options.paintEdges(ctx, view, palette.COLOURS.valueBorder);
  },

  /**
   * @param {number} x World units.
   * @param {number} y World units.
   * @returns {{iso3: string, value: number | null, names: [string, string]} | null} The country at a
   *   place while an indicator is shown.
   */
  at(x, y) {
    const shown = this.indicator();
    const shapes = this.fine || this.coarse;
    if (!shown || !shapes) return null;
    const wx = x - Math.floor(x);
    for (let path = 0; path < shapes.size; path++) {
      const iso3 = shapes.codes[shapes.country[path]];
      if (iso3 && holds(shapes, path, wx, y))
        return { iso3, value: shown.values[iso3] ?? null, names: this.values.names[iso3] || [iso3, iso3] };
    }
    return null;
  },
});

/** Whether a place lies in a piece of land. */
function holds({ start, box, x, y }, path, px, py) {
  const at = 4 * path;
  if (px < box[at] || py < box[at + 1] || px > box[at + 2] || py > box[at + 3]) return false;
  let inside = false;
  let last = start[path + 1] - 1;
  for (let i = start[path]; i < start[path + 1]; last = i++) {
    if (y[i] > py !== y[last] > py && px < ((x[last] - x[i]) * (py - y[i])) / (y[last] - y[i]) + x[i])
      inside = !inside;
  }
  return inside;
}

export { Countries };
