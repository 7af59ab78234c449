/**
 * Parts of the legend that follow the display: the green rating, the sectors in colour, and the indicator
 * of countries with its classes and sources.
 */

import { Legend } from "./legend.js";
import { element } from "../core/dom.js";
import { palette } from "../marks/palette.js";
import { pointSwatch } from "../marks/swatches.js";
import * as symbols from "../marks/symbols.js";

const RATINGS = Object.freeze(["green", "yellow", "red", "unrated"]);

/**
 * @param {number} value
 * @returns {string} With thin spaces between thousands, and at most one decimal.
 */
function formatValue(value) {
  const [whole, part] = String(Math.round(value * 10) / 10).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return part ? `${grouped}.${part}` : grouped;
}

/**
 * @param {[string, string]} period As `YYYY`, `YYYY-MM` or a day.
 * @param {string} lang
 * @returns {string} For people.
 */
function formatPeriod([first, last], lang) {
  const words = (date) => {
    const [year, month, day] = date.split("-");
    if (lang !== "zh") return date;
    return `${year}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`;
  };
  if (first === last) return words(first);
  return lang === "zh" ? `${words(first)}至${words(last)}` : `${words(first)} to ${words(last)}`;
}

Legend.include({
  /** What the colours of projects mean under the chosen scheme, or null under the usual one. */
  _schemeKey() {
    const { text, codes } = this.options;
    const zoom = symbols.GLYPH_ZOOM;
    if (palette.scheme === "green") {
      return this._list(
        RATINGS.map((rating) =>
          this._entry(
            pointSwatch("projects", { kind: "", status: "completed", rating }, zoom),
            text(`green_rating.${rating}`),
          ),
        ),
      );
    }
    if (palette.scheme !== "sector") return null;
    return this._list(
      (codes.sector || []).map((kind) =>
        this._entry(pointSwatch("projects", { kind, status: "completed" }, zoom), text(`sector.${kind}`)),
      ),
    );
  },

  /**
   * Show the indicator by which countries are coloured.
   * @param {string} id Empty for none.
   * @param {import("./countries.js").Indicator | null} indicator
   * @param {string} lang
   */
  setIndicator(id, indicator, lang) {
    this.indicator = id && indicator ? { id, lang, ...indicator } : null;
    this.render();
  },

  _indicatorKey() {
    if (!this.indicator) return [];
    const { text } = this.options;
    const { id, lang, classes, period, counted, sources } = this.indicator;
    const unit = text(`indicator_unit.${id}`);
    const ranges = classes.map(([low, high, count], at) => {
      const range = low === high ? formatValue(low) : `${formatValue(low)} – ${formatValue(high)}`;
      return element(
        "li",
        "",
        box(palette.valueClass(at, classes.length)),
        element("span", "bri-class-range", range),
        element("span", "bri-class-count", text("seeing.countries", { n: count })),
      );
    });
    const none = element("li", "", box(palette.COLOURS.land), element("span", "", text("seeing.no_value")));
    return [
      element("h4", "bri-indicator-title", text(`indicator.${id}`)),
      element("p", "bri-legend-hint", `${unit} · ${formatPeriod(period, lang)}`),
      this._list([...ranges.reverse(), none], "bri-legend-key bri-classes"),
      element("p", "bri-legend-hint", `${text(`indicator_note.${id}`)} ${text("seeing.quantiles")}`),
      element("p", "bri-legend-hint", text("seeing.source"), " ", ...this._sourceLinks(counted, sources)),
    ];
  },

  /** Links to the sources; one without an address leads to the page of sources. */
  _sourceLinks(counted, sources) {
    if (counted) return [this.options.text("seeing.this_atlas")];
    return sources.flatMap(([title, locators, address], at) => {
      const link = element("a", "", locators ? `${title}, ${locators}` : title);
      Object.assign(link, { href: address || "../../sources", target: "_blank", rel: "noopener" });
      return at ? ["; ", link] : [link];
    });
  },
});

function box(colour) {
  const swatch = element("span", "bri-class-swatch");
  swatch.style.background = colour;
  return swatch;
}

export { formatValue };
