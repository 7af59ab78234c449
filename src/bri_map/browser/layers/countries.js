/**
 * Countries coloured by an indicator, beneath the layers. Their shapes are those of the basemap; the values are
 * asked for when an indicator is first chosen. A country without a value keeps the colour of the land: it is never
 * taken for zero.
 */

/** @import { Reports } from "../core/load.js" */
/** @import { View } from "../core/view.js" */
/** @import { Basemap } from "./basemap.js" */

import { Fetched, loadJson } from "../core/load.js";
import { Surface } from "../core/surface.js";
import { countryAt, traceBody } from "../core/topology.js";
import { palette } from "../marks/palette.js";
import { grainOf, REST } from "./basemap.js";
import { classOfValue } from "./classes.js";

/** How strongly colours cover the pictures of an online basemap. */
const OVER_TILES = 0.55;

/**
 * @typedef {object} Indicator
 * @property {Record<string, number>} values By ISO 3166-1 alpha-3.
 * @property {[number, number, number][]} classes Least and greatest value, and number of countries.
 * @property {Record<string, string>} period From when to when, by language.
 * @property {boolean} counted Whether it counts the catalog itself.
 * @property {[string, string, string][]} sources Title, locators, address.
 */

/** @typedef {{indicators: Record<string, Indicator>, names: Record<string, Record<string, string>>}} IndicatorFile */
/** @typedef {{iso3: string, value: number | null, names: Record<string, string>}} Country */

export class Countries extends Surface {
  /**
   * @param {object} options
   * @param {string} options.url Address of the values.
   * @param {Basemap} options.basemap It has the territories, and draws coasts and borders again on top.
   * @param {() => void} options.onReady Told when the values have come.
   * @param {Reports} options.reports
   */
  constructor({ url, basemap, onReady, reports }) {
    super({ pane: "bri-countries", padding: 0.4 });
    this.basemap = basemap;
    this.chosen = "";
    this.overTiles = false;
    this.failed = false;
    /** @type {Fetched<"values", IndicatorFile>} */
    this.values = new Fetched(() => loadJson(url), {
      ...reports,
      rest: REST,
      onValue: () => {
        this.redraw();
        onReady();
      },
      onError: (error) => {
        this.failed = true;
        reports.onError(error);
      },
    });
  }

  /**
   * Choose an indicator, or none with an empty id.
   * @param {string} id
   * @param {boolean} overTiles Whether an online basemap lies beneath.
   */
  choose(id, overTiles) {
    this.chosen = id;
    this.overTiles = overTiles;
    if (id) this.values.want("values");
    this.redraw();
  }

  /** @returns {Indicator | null} The chosen one, once it is there. */
  indicator() {
    return (this.chosen && this.values.get("values")?.indicators[this.chosen]) || null;
  }

  /** @returns {boolean} Whether what was chosen is drawn, or never can be. */
  isReady() {
    return !this.chosen || this.failed || this.basemap.failed || Boolean(this.indicator() && this.view);
  }

  /** @override */
  isBlank() {
    return !this.indicator() || !this.basemap.finest;
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    const indicator = this.indicator();
    const territories = this.basemap.territories(view.zoom);
    if (!indicator || !territories) return;
    const { classes, values } = indicator;
    const classOf = territories.codes.map((iso3) => classOfValue(classes, values[iso3]));
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
    this.basemap.paintEdges(ctx, view, palette.COLOURS.valueBorder);
  }

  /**
   * @param {number} x World units.
   * @param {number} y World units.
   * @returns {Country | null} The country at a place while an indicator is shown.
   */
  at(x, y) {
    const shown = this.indicator();
    const territories = this.basemap.finest;
    const iso3 = shown && territories ? countryAt(territories, x, y) : "";
    if (!shown || !iso3) return null;
    const names = this.values.get("values")?.names[iso3] ?? {};
    return { iso3, value: shown.values[iso3] ?? null, names };
  }
}
