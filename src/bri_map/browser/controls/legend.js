/**
 * The legend: which layers are on, how many of their features the filter shows, and what the marks mean.
 * A click on a layer's row asks the page to switch it.
 */

import { NARROW } from "../core/device.js";
import { element, formatCount } from "../core/dom.js";
import { recall, remember } from "../core/storage.js";
import { palette } from "../marks/palette.js";
import { forgetSwatches, layerSwatch, lineSwatch, pointSwatch } from "../marks/swatches.js";
import * as symbols from "../marks/symbols.js";

const STATUSES = ["completed", "under-construction", "early-stage", "suspended", "cancelled", "unknown"];
/** A second click on a row waits this long for the page's answer to the first, in milliseconds. */
const PATIENCE = 4000;
const FOLD = "bri-map.legend";

// --- legend --------------------------------------------------------------------------------------

/**
 * Options: `layers` (ids from the bottom to the top), `codes`, `text(key, values)`, `onToggle(layer)`.
 */
const Legend = L.Control.extend({
  options: { position: "bottomleft" },

  initialize(options) {
    L.setOptions(this, options);
    this.states = {};
    this.waiting = new Map();
  },

  onAdd(map) {
    this.near = map.getZoom() >= symbols.GLYPH_ZOOM;
    this.chosen = recall(FOLD);
    this.folded = this.chosen ? this.chosen === "folded" : map.getSize().x < NARROW;
    this.root = element("section", "bri-legend leaflet-control");
    this.head = element("button", "bri-legend-head");
    this.head.type = "button";
    this.head.addEventListener("click", () => this._fold(!this.folded));
    this.body = element("div", "bri-legend-body");
    this.rows = element("div", "bri-legend-rows");
    this.keys = element("div", "bri-legend-keys");
    this.keys.tabIndex = 0;
    this.keys.setAttribute("role", "group");
    this.body.append(this.rows, this.keys);
    this.inView = element("div", "bri-legend-in-view");
    this.inView.setAttribute("role", "status");
    this.root.append(this.head, this.inView, this.body);
    L.DomEvent.disableClickPropagation(this.root);
    L.DomEvent.disableScrollPropagation(this.root);
    map.on("zoomend", this._onZoom, this);
    map.on("resize", this._onResize, this);
    this.render();
    return this.root;
  },

  onRemove(map) {
    map.off("zoomend", this._onZoom, this);
    map.off("resize", this._onResize, this);
  },

  /** @param {Object<string, {on: boolean, shown: number, total: number}>} states By layer. */
  update(states) {
    this.states = states;
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    this.render();
  },

  render() {
    if (!this.root) return;
    const { text, layers } = this.options;
    const focused = this.root.contains(document.activeElement) && document.activeElement.dataset.layer;
    this.root.setAttribute("aria-label", text("map.legend"));
    this.root.classList.toggle("bri-folded", this.folded);
    this.head.setAttribute("aria-expanded", String(!this.folded));
    this.head.replaceChildren(
      element("span", "bri-legend-title", text("map.legend")),
      ...(this.folded ? [this._summary()] : []),
      element("span", "bri-legend-arrow"),
    );
    this.body.hidden = this.folded;
    this.keys.setAttribute("aria-label", text("map.legend"));
    this._renderCounts();
    const ids = [...layers].reverse();
    this.rows.replaceChildren(...ids.map((id) => this._row(id)));
    this._renderKeys(ids);
    const again = focused && this.rows.querySelector(`[data-layer="${CSS.escape(focused)}"]`);
    if (again) again.focus({ preventScroll: true });
  },

  /** Write the keys again only if they change, so that they keep their scroll position. */
  _renderKeys(ids) {
    const { theme, scheme } = palette;
    const shown = [this.near, theme, scheme, this.indicator && this.indicator.id];
    const state = [...shown, this.options.text("map.status"), ...ids.map((id) => this._isOn(id))].join();
    if (state === this.keyed) return;
    this.keyed = state;
    this.keys.replaceChildren(
      ...this._indicatorKey(),
      ...ids.flatMap((id) => this._key(id)),
      ...this._commonKeys(),
    );
  },

  /** Draw everything anew in other colours. */
  recolour() {
    forgetSwatches();
    this.render();
  },

  /** @param {{matching: number, inView: number}} counts Said below the title. */
  setCounts({ matching, inView }) {
    this.counts = { matching, inView };
    this._renderCounts();
  },

  _renderCounts() {
    const { text } = this.options;
    this.inView.hidden = !this.counts;
    if (!this.counts) return;
    const { matching, inView } = this.counts;
    this.inView.textContent = text("seeing.in_view", {
      n: formatCount(matching),
      m: formatCount(inView),
    });
  },

  _fold(folded) {
    this.folded = folded;
    this.chosen = folded ? "folded" : "open";
    remember(FOLD, this.chosen);
    this.render();
  },

  _onZoom() {
    const near = this._map.getZoom() >= symbols.GLYPH_ZOOM;
    if (near === this.near) return;
    this.near = near;
    this.render();
  },

  _onResize() {
    const folded = this._map.getSize().x < NARROW;
    if (this.chosen || folded === this.folded) return;
    this.folded = folded;
    this.render();
  },

  _isOn(id) {
    return this.states[id] ? this.states[id].on !== false : true;
  },

  /** The layers in one line, for the folded legend. */
  _summary() {
    const line = element("span", "bri-legend-summary");
    for (const id of [...this.options.layers].reverse()) {
      if (!this._isOn(id) || !this.states[id]) continue;
      line.append(element("span", "bri-legend-brief", layerSwatch(id), formatCount(this.states[id].shown)));
    }
    return line;
  },

  _row(id) {
    const { text } = this.options;
    const state = this.states[id] || { on: true, shown: 0, total: 0 };
    const row = element("button", "bri-legend-row");
    row.type = "button";
    row.dataset.layer = id;
    row.setAttribute("aria-pressed", String(this._isOn(id)));
    row.classList.toggle("bri-waiting", this.waiting.has(id));
    row.title = text(this._isOn(id) ? "map.hide_layer" : "map.show_layer", { layer: text(`layer.${id}`) });
    const count = element(
      "span",
      "bri-legend-count",
      this._isOn(id) && this.states[id] ? formatCount(state.shown) : "",
    );
    if (this._isOn(id) && state.shown !== state.total) {
      count.append(element("span", "bri-legend-total", ` / ${formatCount(state.total)}`));
    }
    row.append(
      element("span", "bri-legend-switch"),
      layerSwatch(id),
      element("span", "bri-legend-name", text(`layer.${id}`)),
      count,
    );
    row.addEventListener("click", () => this._toggle(id));
    return row;
  },

  /** Ask for a switch, unless the page has yet to answer the last one. */
  _toggle(id) {
    if (this.waiting.size) return;
    const giveUp = setTimeout(() => {
      this.waiting.delete(id);
      this.render();
    }, PATIENCE);
    this.waiting.set(id, giveUp);
    this.options.onToggle(id);
    this.render();
  },

  _entry(mark, label) {
    return element("li", "", mark, element("span", "", label));
  },

  _list(entries, className = "bri-legend-key") {
    return element("ul", className, ...entries);
  },

  /** What the marks of one layer mean; empty while it is off. */
  _key(id) {
    const keys = {
      parks: "_parkKey",
      projects: "_projectKey",
      rail: "_railKey",
      corridors: "_corridorKey",
    };
    if (!this._isOn(id) || !keys[id]) return [];
    return [element("h4", "", this.options.text(`layer.${id}`)), this[keys[id]]()];
  },

  _parkKey() {
    const { text, codes } = this.options;
    return this._list(
      (codes.type || []).map((kind) =>
        this._entry(pointSwatch("parks", { kind, status: "completed" }, 4), text(`type.${kind}`)),
      ),
    );
  },

  _projectKey() {
    const { text, codes } = this.options;
    const scheme = this._schemeKey();
    if (scheme) return scheme;
    if (!this.near) return element("p", "bri-legend-hint", text("map.sector_hint"));
    const entries = (codes.sector || []).map((kind) =>
      this._entry(pointSwatch("projects", { kind, status: "completed" }, 6), text(`sector.${kind}`)),
    );
    return this._list(entries);
  },

  _railKey() {
    const { text, codes } = this.options;
    const kinds = codes["rail.kind"] || [];
    return this._list(
      kinds.map((kind) =>
        this._entry(lineSwatch("rail", { kind, status: "completed" }, 6), text(`rail_kind.${kind}`)),
      ),
    );
  },

  _corridorKey() {
    const { text, codes } = this.options;
    const bands = { "maritime-route": 12, "air-route": 8 };
    const kinds = (codes["corridors.kind"] || []).filter((kind) => kind in bands);
    return this._list([
      this._entry(lineSwatch("corridors", { kind: "economic-corridor" }, 3, 6), text("map.land_corridor")),
      ...kinds.map((kind) =>
        this._entry(lineSwatch("corridors", { kind }, 3, bands[kind]), text(`corridor_kind.${kind}`)),
      ),
    ]);
  },

  /** Status and precision, which the layers share. */
  _commonKeys() {
    const { text } = this.options;
    const points = ["parks", "projects"].some((id) => this._isOn(id));
    const lines = ["rail", "projects"].some((id) => this._isOn(id));
    if (!points && !lines) return [];
    const marks = (status) => [
      ...(lines ? [lineSwatch("rail", { kind: "conventional", status }, 6)] : []),
      ...(points ? [pointSwatch("parks", { kind: "unknown", status, precision: "site" }, 4)] : []),
    ];
    const found = [
      element("h4", "", text("map.status")),
      this._list(
        STATUSES.map((status) =>
          this._entry(element("span", "bri-legend-marks", ...marks(status)), text(`status.${status}`)),
        ),
      ),
    ];
    if (!points) return found;
    const exact = (precision) =>
      pointSwatch("parks", { kind: "processing-manufacturing", status: "completed", precision }, 6);
    found.push(
      element("h4", "", text("map.precision")),
      this._list([
        this._entry(exact("site"), text("map.exact")),
        this._entry(exact("district"), text("map.rough")),
      ]),
    );
    return found;
  },
});

export { Legend };
