/**
 * The legend: which layers are on, how many of their features the filter shows, and what the marks mean.
 * A click on a layer's row asks the page to switch it.
 */

/** @import { Lifetime } from "../core/lifetime.js" */
/** @import { Say } from "../core/texts.js" */
/** @import { LayerMark } from "../marks/layer-mark.js" */
/** @import { Indicator } from "../layers/countries.js" */
/** @import { LayerState } from "../protocol.js" */

import { NARROW } from "../core/device.js";
import { button, element, keepFromMap } from "../core/dom.js";
import { formatCount } from "../core/numbers.js";
import { recall, remember } from "../core/storage.js";
import { palette } from "../marks/palette.js";
import { forgetSwatches, layerSwatch } from "../marks/swatches.js";
import { GLYPH_ZOOM } from "../marks/symbols.js";
import { indicatorKey, LegendKeys } from "./legend-keys.js";

const FOLD = "bri-map.legend";
/** Share of the map that the legend may cover without having been unfolded by hand. */
const LARGEST = 0.1;

/** @typedef {Indicator & {id: string, lang: string}} ShownIndicator */

export class Legend extends L.Control {
  /** @type {Record<string, LayerState>} By layer. */
  #states = {};
  /** What the keys were made of. */
  #keyed = "";
  /** @type {{matching: number, inView: number} | null} */
  #counts = null;
  /** @type {ShownIndicator | null} */
  #indicator = null;

  /**
   * @param {object} options
   * @param {L.Map} options.map
   * @param {LayerMark[]} options.layers In the order in which they are listed.
   * @param {Record<string, string[]>} options.codes
   * @param {Say} options.text
   * @param {(layer: string, on: boolean) => void} options.onToggle
   * @param {(layer: string) => boolean | undefined} options.wanted How a layer was switched while the page has
   *   not answered.
   * @param {Lifetime} options.life
   */
  constructor({ map, layers, codes, text, onToggle, wanted, life }) {
    super({ position: "bottomleft" });
    this.map = map;
    this.layers = layers;
    this.text = text;
    this.onToggle = onToggle;
    this.wanted = wanted;
    this.near = map.getZoom() >= GLYPH_ZOOM;
    this.chosen = recall(FOLD);
    this.folded = this.chosen !== "open";
    /** What it was measured for. */
    this.measured = "";
    this.explained = new LegendKeys(text, codes);
    this.head = button("bri-legend-head", () => this._fold(!this.folded));
    this.rows = element("div", "bri-legend-rows");
    this.keys = element("div", "bri-legend-keys");
    this.keys.tabIndex = 0;
    this.keys.setAttribute("role", "group");
    this.body = element("div", "bri-legend-body", this.rows, this.keys);
    this.inView = element("div", "bri-legend-in-view");
    this.inView.setAttribute("role", "status");
    this.root = element("section", "bri-legend leaflet-control", this.head, this.inView, this.body);
    keepFromMap(this.root);
    life.on(map, {
      zoomend: () => this._onZoom(),
      resize: () => this._onResize(),
      "bri:panel": ({ panel }) => panel !== this && this._giveWay(),
    });
  }

  /** @override */
  onAdd() {
    this.render();
    return this.root;
  }

  /** @param {Record<string, LayerState>} states By layer. */
  update(states) {
    this.#states = states;
    this.render();
  }

  render() {
    const { text, layers } = this;
    const { activeElement } = document;
    const focused = this.root.contains(activeElement) && activeElement instanceof HTMLElement;
    const focusedLayer = focused ? activeElement.dataset.layer : undefined;
    this.root.setAttribute("aria-label", text("map.legend"));
    this.root.classList.toggle("bri-folded", this.folded);
    this.map.getContainer().classList.toggle("bri-with-legend", !this.folded);
    this.head.setAttribute("aria-expanded", String(!this.folded));
    this.head.replaceChildren(
      element("span", "bri-legend-title", text("map.legend")),
      ...(this.folded ? [this._summary()] : []),
      element("span", "bri-legend-arrow"),
    );
    this.body.hidden = this.folded;
    this.keys.setAttribute("aria-label", text("map.legend"));
    this._renderCounts();
    const rows = layers.map((layer) => this._row(layer));
    this.rows.replaceChildren(...rows);
    this._renderKeys();
    this._measure();
    rows.find((row) => focusedLayer && row.dataset.layer === focusedLayer)?.focus({ preventScroll: true });
  }

  /** Write the keys again only if they change, so that they keep their scroll position. */
  _renderKeys() {
    const { text, layers, near } = this;
    const { theme, scheme } = palette;
    const on = layers.filter(({ id }) => this._isOn(id));
    const indicator = this.#indicator;
    const made = [near, theme, scheme, indicator?.id, text("map.status"), ...on.map(({ id }) => id)].join();
    if (made === this.#keyed) return;
    this.#keyed = made;
    this.keys.replaceChildren(
      ...(indicator ? indicatorKey(indicator, text) : []),
      ...on.flatMap((layer) => this.explained.ofLayer(layer, near)),
      ...this.explained.ofAll(on),
    );
  }

  /** Draw everything anew in other colours. */
  recolour() {
    forgetSwatches();
    this.render();
  }

  /** @param {{matching: number, inView: number}} counts Said below the title. */
  setCounts(counts) {
    this.#counts = counts;
    this._renderCounts();
  }

  /** @param {ShownIndicator | null} indicator That by which countries are coloured. */
  setIndicator(indicator) {
    this.#indicator = indicator;
    this.#keyed = "";
    this.render();
  }

  _renderCounts() {
    this.inView.hidden = !this.#counts;
    if (!this.#counts) return;
    const { matching, inView } = this.#counts;
    const values = { n: formatCount(matching), m: formatCount(inView) };
    this.inView.textContent = this.text("seeing.in_view", values);
  }

  /** @param {boolean} folded */
  _fold(folded) {
    this.folded = folded;
    this.chosen = folded ? "folded" : "open";
    remember(FOLD, this.chosen);
    this.render();
    if (!folded) this.map.fire("bri:panel", { panel: this });
  }

  /** Another panel opens: where there is room for one, this one folds, until it is unfolded again. */
  _giveWay() {
    if (this.folded || this.map.getSize().x >= NARROW) return;
    this.folded = true;
    this.render();
  }

  _onZoom() {
    const near = this.map.getZoom() >= GLYPH_ZOOM;
    if (near === this.near) return;
    this.near = near;
    this.render();
  }

  _onResize() {
    if (!this.chosen) this.render();
  }

  /** Unless a person has chosen, unfold it where it covers little of the map, and only there. */
  _measure() {
    const { map, root } = this;
    const { x, y } = map.getSize();
    const made = [x, y, this.#keyed].join();
    if (this.chosen || made === this.measured || !root.isConnected) return;
    this.measured = made;
    root.classList.remove("bri-folded");
    this.body.hidden = false;
    const folded = x < NARROW || root.offsetWidth * root.offsetHeight > LARGEST * x * y;
    root.classList.toggle("bri-folded", this.folded);
    this.body.hidden = this.folded;
    if (folded === this.folded) return;
    this.folded = folded;
    this.render();
  }

  /** @param {string} id */
  _isOn(id) {
    return this.wanted(id) ?? this.#states[id]?.on !== false;
  }

  /** The layers in one line, for the folded legend. */
  _summary() {
    const line = element("span", "bri-legend-summary");
    for (const layer of this.layers) {
      const state = this.#states[layer.id];
      if (!state || !this._isOn(layer.id)) continue;
      line.append(element("span", "bri-legend-brief", layerSwatch(layer), formatCount(state.shown)));
    }
    return line;
  }

  /** @param {LayerMark} layer */
  _row(layer) {
    const { text } = this;
    const { id } = layer;
    const state = this.#states[id];
    const on = this._isOn(id);
    const name = text(`layer.${id}`);
    const count = element("span", "bri-legend-count", on && state ? formatCount(state.shown) : "");
    if (on && state && state.shown !== state.total)
      count.append(element("span", "bri-legend-total", ` / ${formatCount(state.total)}`));
    const row = button(
      "bri-legend-row",
      () => this._toggle(id),
      element("span", "bri-legend-switch"),
      layerSwatch(layer),
      element("span", "bri-legend-name", name),
      count,
    );
    row.dataset.layer = id;
    row.setAttribute("aria-pressed", String(on));
    row.classList.toggle("bri-waiting", this.wanted(id) !== undefined);
    row.title = text(on ? "map.hide_layer" : "map.show_layer", { layer: name });
    return row;
  }

  /**
   * Ask for a switch; the row shows at once what was asked for.
   * @param {string} id
   */
  _toggle(id) {
    this.onToggle(id, !this._isOn(id));
    this.render();
  }
}
