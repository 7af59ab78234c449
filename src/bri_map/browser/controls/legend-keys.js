/**
 * What the marks mean: kinds of each layer, status, precision, the scheme of colours, and the indicator of countries
 * with its classes and sources.
 */

/** @import { Say } from "../core/texts.js" */
/** @import { LayerMark } from "../marks/layer-mark.js" */
/** @import { ShownIndicator } from "./legend.js" */

import { element } from "../core/dom.js";
import { formatValue } from "../core/numbers.js";
import { PLAIN } from "../marks/layer-mark.js";
import { palette } from "../marks/palette.js";
import { kindSwatch, lineSwatch, pointSwatch } from "../marks/swatches.js";
import { GLYPH_ZOOM } from "../marks/symbols.js";

/** @typedef {[mark: HTMLElement, label: string]} Entry */

export class LegendKeys {
  /**
   * @param {Say} text
   * @param {Record<string, string[]>} codes Lists of codes by vocabulary.
   */
  constructor(text, codes) {
    this.text = text;
    this.codes = codes;
  }

  /**
   * @param {LayerMark} mark
   * @param {boolean} near Whether signs are drawn.
   * @returns {HTMLElement[]} What the marks of one layer mean.
   */
  ofLayer(mark, near) {
    return [element("h4", "", this.text(`layer.${mark.id}`)), this._ofMarks(mark, near)];
  }

  /**
   * @param {LayerMark} mark
   * @param {boolean} near
   */
  _ofMarks(mark, near) {
    const scheme = mark.palette === "sectors" ? palette.scheme : "kind";
    if (scheme === "green") return this._ratings(mark);
    if (mark.has_signs && !near && scheme === "kind")
      return element("p", "bri-legend-hint", this.text("map.sector_hint"));
    const entries = mark.legend.length ? mark.legend : mark.kinds.map((kind) => ({ kind, message: "" }));
    return list(
      entries.map(({ kind, message }) => [
        kindSwatch(mark, kind),
        this.text(message || `${mark.kind_vocabulary}.${kind}`),
      ]),
    );
  }

  /** @param {LayerMark} mark */
  _ratings(mark) {
    return list(
      (this.codes.green_rating ?? []).map((rating) => [
        pointSwatch(mark, { kind: "", status: "completed", rating }, GLYPH_ZOOM),
        this.text(`green_rating.${rating}`),
      ]),
    );
  }

  /**
   * @param {LayerMark[]} on Layers that are shown.
   * @returns {HTMLElement[]} Status and precision, which the layers share.
   */
  ofAll(on) {
    const { text } = this;
    const points = on.some((mark) => mark.has_points);
    const thin = on.filter((mark) => mark.has_lines && mark.symbol !== "band");
    const line = thin.find((mark) => mark.symbol === "line") ?? thin[0];
    if (!points && !line) return [];
    const marks = (/** @type {string} */ status) => [
      ...(line ? [lineSwatch(line, { kind: "", status }, 6)] : []),
      ...(points ? [pointSwatch(PLAIN, { kind: "", status, precision: "site" }, 4)] : []),
    ];
    const found = [
      element("h4", "", text("map.status")),
      list(
        (this.codes.status ?? []).map((status) => [
          element("span", "bri-legend-marks", ...marks(status)),
          text(`status.${status}`),
        ]),
      ),
    ];
    if (!points) return found;
    const exact = (/** @type {string} */ precision) =>
      pointSwatch(PLAIN, { kind: "", status: "completed", precision }, 6);
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
