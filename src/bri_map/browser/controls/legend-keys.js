/**
 * What the marks mean: kinds of each layer, status, precision, the scheme of colours, and the indicator of countries
 * with its classes and sources.
 */

/** @import { Say } from "../core/texts.js" */
/** @import { ShownIndicator } from "./legend.js" */

import { element } from "../core/dom.js";
import { formatValue } from "../core/numbers.js";
import { palette } from "../marks/palette.js";
import { lineSwatch, pointSwatch } from "../marks/swatches.js";
import { GLYPH_ZOOM } from "../marks/symbols.js";

const RATINGS = Object.freeze(["green", "yellow", "red", "unrated"]);
const STATUSES = ["completed", "under-construction", "early-stage", "suspended", "cancelled", "unknown"];
/** Hues for the pictures of corridors that are no bands on land, by kind. */
const ROUTE_HUES = Object.freeze({ "maritime-route": 12, "air-route": 8 });

/** @typedef {[mark: HTMLElement, label: string]} Entry */

export class LegendKeys {
  /**
   * @param {Say} text
   * @param {Record<string, string[]>} codes Lists of codes by name.
   */
  constructor(text, codes) {
    this.text = text;
    this.codes = codes;
    /** @type {Record<string, (near: boolean) => HTMLElement>} */
    this.layers = {
      parks: () => this._parks(),
      projects: (near) => this._projects(near),
      rail: () => this._rail(),
      corridors: () => this._corridors(),
    };
  }

  /**
   * @param {string} id
   * @param {boolean} near Whether glyphs are drawn.
   * @returns {HTMLElement[]} What the marks of one layer mean.
   */
  ofLayer(id, near) {
    const key = this.layers[id];
    return key ? [element("h4", "", this.text(`layer.${id}`)), key(near)] : [];
  }

  _parks() {
    return list(
      (this.codes.type ?? []).map((kind) => [
        pointSwatch("parks", { kind, status: "completed" }, 4),
        this.text(`type.${kind}`),
      ]),
    );
  }

  /** @param {boolean} near */
  _projects(near) {
    const { scheme } = palette;
    if (scheme === "green")
      return list(
        RATINGS.map((rating) => [
          pointSwatch("projects", { kind: "", status: "completed", rating }, GLYPH_ZOOM),
          this.text(`green_rating.${rating}`),
        ]),
      );
    if (!near && scheme !== "sector") return element("p", "bri-legend-hint", this.text("map.sector_hint"));
    return list(
      (this.codes.sector ?? []).map((kind) => [
        pointSwatch("projects", { kind, status: "completed" }, GLYPH_ZOOM),
        this.text(`sector.${kind}`),
      ]),
    );
  }

  _rail() {
    return list(
      (this.codes["rail.kind"] ?? []).map((kind) => [
        lineSwatch("rail", { kind, status: "completed" }, 6),
        this.text(`rail_kind.${kind}`),
      ]),
    );
  }

  _corridors() {
    const known = this.codes["corridors.kind"] ?? [];
    /** @type {Entry[]} */
    const routes = Object.entries(ROUTE_HUES)
      .filter(([kind]) => known.includes(kind))
      .map(([kind, hue]) => [lineSwatch("corridors", { kind }, 3, hue), this.text(`corridor_kind.${kind}`)]);
    return list([
      [lineSwatch("corridors", { kind: "economic-corridor" }, 3, 6), this.text("map.land_corridor")],
      ...routes,
    ]);
  }

  /**
   * @param {string[]} on Layers that are shown.
   * @returns {HTMLElement[]} Status and precision, which the layers share.
   */
  ofAll(on) {
    const { text } = this;
    const points = on.includes("parks") || on.includes("projects");
    const lines = on.includes("rail") || on.includes("projects");
    if (!points && !lines) return [];
    const marks = (/** @type {string} */ status) => [
      ...(lines ? [lineSwatch("rail", { kind: "conventional", status }, 6)] : []),
      ...(points ? [pointSwatch("parks", { kind: "unknown", status, precision: "site" }, 4)] : []),
    ];
    const found = [
      element("h4", "", text("map.status")),
      list(
        STATUSES.map((status) => [
          element("span", "bri-legend-marks", ...marks(status)),
          text(`status.${status}`),
        ]),
      ),
    ];
    if (!points) return found;
    const exact = (/** @type {string} */ precision) =>
      pointSwatch("parks", { kind: "processing-manufacturing", status: "completed", precision }, 6);
    return [
      ...found,
      element("h4", "", text("map.precision")),
      list([
        [exact("site"), text("map.exact")],
        [exact("district"), text("map.rough")],
      ]),
    ];
  }
}

/**
 * @param {ShownIndicator} indicator
 * @param {Say} text
 * @returns {HTMLElement[]} By what countries are coloured, with classes and sources.
 */
export function indicatorKey({ id, lang, classes, period, counted, sources }, text) {
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
  const links = counted ? [text("seeing.this_atlas")] : sourceLinks(sources);
  return [
    element("h4", "bri-indicator-title", text(`indicator.${id}`)),
    element("p", "bri-legend-hint", `${unit} · ${period[lang]}`),
    element("ul", "bri-legend-key bri-classes", ...ranges.reverse(), none),
    element("p", "bri-legend-hint", `${text(`indicator_note.${id}`)} ${text("seeing.quantiles")}`),
    element("p", "bri-legend-hint", text("seeing.source"), " ", ...links),
  ];
}

/**
 * @param {ShownIndicator["sources"]} sources
 * @returns {(string | HTMLElement)[]} Links to the sources; one without an address leads to the page of sources.
 */
function sourceLinks(sources) {
  return sources.flatMap(([title, locators, address], at) => {
    const link = element("a", "", locators ? `${title}, ${locators}` : title);
    Object.assign(link, { href: address || "../../sources", target: "_blank", rel: "noopener" });
    return at ? ["; ", link] : [link];
  });
}

/** @param {string} colour */
function box(colour) {
  const swatch = element("span", "bri-class-swatch");
  swatch.style.background = colour;
  return swatch;
}

/** @param {Entry[]} entries */
function list(entries) {
  const items = entries.map(([mark, label]) => element("li", "", mark, element("span", "", label)));
  return element("ul", "bri-legend-key", ...items);
}
