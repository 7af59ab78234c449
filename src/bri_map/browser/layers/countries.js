/**
 * Countries coloured by an indicator, beneath the layers. Their shapes are those of the basemap; the values are
 * asked for when an indicator is first chosen. A country without a value keeps the colour of the land: it is never
 * taken for zero.
 */

import * as codec from "../core/codec.js";
import { Surface } from "../core/surface.js";
import { countryAt, traceBody } from "../core/topology.js";
import { palette } from "../marks/palette.js";
import { grainOf } from "./basemap.js";

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
 * Options: `values`, address of the file; `basemap`, which has the territories and draws coasts and borders again on
 * top; `onError`, `onReady`.
 */
const Countries = Surface.extend({
  options: { pane: "bri-countries", padding: 0.4 },
  chosen: "",
  overTiles: false,

  onAdd(map) {
    Surface.prototype.onAdd.call(this, map);
    this.options.basemap.on("load", this.redraw, this);
  },

  onRemove(map) {
    this.options.basemap.off("load", this.redraw, this);
    Surface.prototype.onRemove.call(this, map);
  },

  /**
   * Choose an indicator, or none with an empty id.
   * @param {string} id
   * @param {boolean} overTiles Whether an online basemap lies beneath.
   */
  choose(id, overTiles) {
    this.chosen = id;
    this.overTiles = overTiles;
    if (id) this._load();
    this.redraw();
  },

  /** @returns {Indicator | null} The chosen one, once it is there. */
  indicator() {
    return (this.chosen && this.values && this.values.indicators[this.chosen]) || null;
  },

  /** Whether what was chosen is drawn, or never can be. */
  isReady() {
    const { failed } = this.options.basemap;
    return !this.chosen || Boolean(this.failed || failed || (this.indicator() && this.view));
  },

  async _load() {
    if (this.asked) return;
    this.asked = true;
    try {
      this.values = await codec.loadJson(this.options.values);
      this.redraw();
      this.options.onReady();
    } catch (error) {
      this.failed = true;
      this.options.onError(error);
    }
  },

  isBlank() {
    return !this.indicator() || !this.options.basemap.coarse;
  },

  paint(ctx, view) {
    const { classes, values } = this.indicator();
    const territories = this.options.basemap.territories(view.zoom);
    const classOf = territories.codes.map((iso3) =>
      iso3 in values ? classes.findIndex(([low, high]) => values[iso3] >= low && values[iso3] <= high) : -1,
    );
    // All of a class is one path: neighbours then meet without a seam.
    classes.forEach((_, at) => {
      ctx.beginPath();
      classOf.forEach((one, body) => {
        if (one === at) traceBody(ctx, territories, body, view, grainOf(view));
      });
      ctx.fillStyle = palette.valueClass(at, classes.length);
      ctx.globalAlpha = this.overTiles ? OVER_TILES : 1;
      ctx.fill("evenodd");
      ctx.globalAlpha = 1;
    });
    this.options.basemap.paintEdges(ctx, view, palette.COLOURS.valueBorder);
  },

  /**
   * @param {number} x World units.
   * @param {number} y World units.
   * @returns {{iso3: string, value: number | null, names: [string, string]} | null} The country at a
   *   place while an indicator is shown.
   */
  at(x, y) {
    const shown = this.indicator();
    const { fine, coarse } = this.options.basemap;
    const iso3 = shown && (fine || coarse) ? countryAt(fine || coarse, x, y) : "";
    if (!iso3) return null;
    return { iso3, value: shown.values[iso3] ?? null, names: this.values.names[iso3] || [iso3, iso3] };
  },
});

export { Countries };
