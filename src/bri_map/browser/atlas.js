/**
 * Puts the atlas on a Leaflet map and keeps it in step with the page.
 *
 * `briMap.attach(map)` builds everything once; `briMap.apply(state)` says what to show and may come at any
 * time, also before `attach` or before the data; `briMap.probe()` tells tests what is shown.
 */

import { Clusters, cluster } from "./cluster/clusters.js";
import { Attribution } from "./controls/attribution.js";
import { Buttons } from "./controls/buttons.js";
import { DisplayControl } from "./controls/display.js";
import { Gestures } from "./controls/gestures.js";
import { Keys } from "./controls/keys.js";
import { Legend } from "./controls/legend.js";
import { Notices } from "./controls/notices.js";
import { ViewMemory } from "./controls/view-memory.js";
import * as codec from "./core/codec.js";
import { wantsStillness } from "./core/device.js";
import { Live } from "./core/live.js";
import { recall, remember } from "./core/storage.js";
import { drawNow } from "./core/surface.js";
import { Draw } from "./draw/draw.js";
import { PlaceOutline } from "./draw/place.js";
import { Labels } from "./labels/labels.js";
import { Basemap } from "./layers/basemap.js";
import { DataLayer } from "./layers/data-layer.js";
import { findHit, Highlight, isSame, Tooltip } from "./layers/hits.js";
import { palette } from "./marks/palette.js";
import * as symbols from "./marks/symbols.js";
import { Timeline } from "./years/timeline.js";
import { Years } from "./years/year-data.js";

const FIRST_PANE = 410;
const PANE_STEP = 20;
const BASEMAP_PANE = 210;
const LABEL_PANE = 445;
const POINT_ZOOM = 9;
const LAST_FOCUS = "bri-map.focus";
const LANGUAGES = Object.freeze(["en", "zh"]);
const KIND_MESSAGES = Object.freeze({
  parks: "type",
  projects: "sector",
  rail: "rail_kind",
  corridors: "corridor_kind",
});
const SETTLED = 500;

/**
 * @typedef {object} State What the page wants shown.
 * @property {number} [seq] Rises with every change of what is shown.
 * @property {string} [live] Name of the session's short way; see live.js.
 * @property {string} lang
 * @property {Object<string, {bits: string | boolean, shown: number, total: number, on: boolean}>} layers
 * @property {{layer: string, index: number} | null} selected
 * @property {{token: string, bbox: [number, number, number, number]} | null} focus
 * @property {number | null} [year] The features shown are those as of the end of this year.
 * @property {string} [query] The filter as URL parameters, without the year.
 * @property {import("./place.js").Place} [place] Where the filter looks.
 * @property {import("./display.js").Display} [display]
 */

/** One map with all that belongs to it. */
class Atlas {
  /**
   * @param {L.Map} map
   * @param {object} config As the server writes it; see web/store.py.
   */
  constructor(map, config) {
    this.map = map;
    this.config = config;
    this.lang = "en";
    this.messages = {};
    this.counter = 0;
    this.drawn = { seq: 0, ms: 0 };
    this.received = 0;
    this.text = this.text.bind(this);
    this._prepareMap();
    this.notices = new Notices(map.getContainer(), this.text);
    this._addSurfaces();
    this._addControls();
    this.displayControl = new DisplayControl(this);
    this.live = new Live((state) => this.apply(state));
    this.memory = new ViewMemory(map, config.view);
    this.memory.begin();
    this._watchPointer();
    this._watchSize();
    this._load();
  }

  // --- building ----------------------------------------------------------------------------------

  _prepareMap() {
    const { map, config } = this;
    if (map.attributionControl) map.attributionControl.remove();
    map.setMaxZoom(config.max_zoom);
    this._limitZoom();
    map.setMaxBounds([
      [-85.06, -36000],
      [85.06, 36000],
    ]);
    map.options.maxBoundsViscosity = 1;
    map.on("bri:drawn", ({ ms }) => {
      this.drawn = { seq: this.seq || 0, ms };
    });
  }

  /** Zoom out no further than where the world fills the window from north to south. */
  _limitZoom() {
    const { map, config } = this;
    const least = Math.ceil(Math.log2((map.getSize().y * 0.85) / 256));
    map.setMinZoom(Math.min(Math.max(config.min_zoom, least || 0), config.max_zoom));
  }

  _addSurfaces() {
    const { map, config } = this;
    const onError = (error) => this.notices.add(error);
    this._addPane("bri-basemap", BASEMAP_PANE);
    this._addPane("bri-labels", LABEL_PANE);
    this.basemap = new Basemap({ ...config.basemap, onError }).addTo(map);
    this.layers = config.layers.map((spec, i) => {
      this._addPane(`bri-${spec.id}`, FIRST_PANE + i * PANE_STEP);
      const clusters = () => this.clusters;
      return new DataLayer({ spec, codes: config.codes, clusters, onError });
    });
    this._addPane("bri-clusters", FIRST_PANE + config.layers.length * PANE_STEP - 1);
    this.clusters = new Clusters({ layers: this.layers }).addTo(map);
    for (const layer of this.layers) layer.addTo(map);
    this.labels = new Labels({
      countries: config.basemap.countries,
      towns: config.basemap.towns,
      layers: this.layers,
      clusters: this.clusters,
      selected: () => this.highlight && this.highlight.selected,
      onError,
    }).addTo(map);
    this._addPane("bri-strong-lines", LABEL_PANE - 1);
    this._addPane("bri-strong-points", FIRST_PANE + config.layers.length * PANE_STEP);
    this.highlight = new Highlight(map, "bri-strong-lines", "bri-strong-points");
    this._addPane("bri-place", FIRST_PANE + (config.layers.length + 1) * PANE_STEP);
    this.outline = new PlaceOutline({ pane: "bri-place", layers: this.layers }).addTo(map);
  }

  _addPane(name, order) {
    const pane = this.map.createPane(name);
    pane.style.zIndex = String(order);
    pane.style.pointerEvents = "none";
  }

  _addControls() {
    const { map, text, config } = this;
    this.buttons = new Buttons({ text }).addTo(map);
    const parts = () => (this.displayControl ? this.displayControl.credited() : { land: true, names: true });
    this.attribution = new Attribution({ text, parts }).addTo(map);
    L.control.scale({ position: "bottomright", imperial: false, maxWidth: 120 }).addTo(map);
    const layers = config.layers.map((spec) => spec.id);
    const onToggle = (layer) => this._send({ event: "toggle", layer });
    this.legend = new Legend({ layers, codes: config.codes, text, onToggle }).addTo(map);
    this.tooltip = new Tooltip(map.getContainer());
    this._addExploring();
    map.getContainer().setAttribute("role", "region");
  }

  /** Years, drawing, fingers and keys. */
  _addExploring() {
    const { map, text, layers } = this;
    const onSend = (event) => this._send(event);
    this.draw = new Draw({ text, outline: this.outline, onSend }).addTo(map);
    this.timeline = new Timeline(map, {
      years: new Years(layers),
      layers,
      text,
      onShow: () => this._show(),
      onSend,
    });
    this.gestures = new Gestures(map, { text, drawing: () => this.draw.takesDrags() });
    this.keys = new Keys(map, {
      layers,
      clusters: this.clusters,
      text,
      describe: (mark) => (mark.cluster ? this.displayControl.describe(mark.cluster) : this._describe(mark)),
      onVisit: (mark, at) =>
        mark.cluster ? this.displayControl.tell(mark.cluster, L.point(at)) : this._hover(mark, L.point(at)),
      onSelect: (mark, at) =>
        mark.cluster ? this.displayControl.open(mark.cluster, L.point(at)) : this._select(mark),
    });
  }

  /** Load everything; a bar tells when that takes longer than half a second. */
  _load() {
    const container = this.map.getContainer();
    container.setAttribute("aria-busy", "true");
    const loads = this.layers.map((layer) => layer.load().then(() => this._onLayer()));
    Promise.all([this.basemap.load(), this.labels.load(), ...loads]).then(() =>
      container.removeAttribute("aria-busy"),
    );
    this._loadMessages(this.lang);
  }

  _onLayer() {
    if (this.state) this._show();
    this.outline.redraw();
    this._showSelected();
    this.labels.redraw();
  }

  _layer(id) {
    return this.layers.find((layer) => layer.id === id);
  }

  // --- texts -------------------------------------------------------------------------------------

  /**
   * @param {string} key
   * @param {Object<string, string | number>} [values] For the placeholders in braces.
   * @returns {string} In the page's language; words made of the key while messages are on their way.
   */
  text(key, values = {}) {
    const find = (name) => (this.messages[this.lang] || {})[name] ?? (this.messages.en || {})[name];
    const known = (values.n === 1 ? find(`${key}.one`) : undefined) ?? find(key);
    const plain = known ?? [key.split(".").pop().replace(/[-_]/g, " "), ...Object.values(values)].join(" ");
    return plain.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  async _loadMessages(lang) {
    if (lang in this.messages) return;
    this.messages[lang] = undefined;
    try {
      this.messages[lang] = await codec.loadJson(this.config.messages[lang]);
    } catch (error) {
      this.notices.add(error);
    }
    this._renderTexts();
  }

  _renderTexts() {
    document.documentElement.lang = this.lang === "zh" ? "zh-Hans" : "en";
    this.map.getContainer().setAttribute("aria-label", this.text("map.label"));
    for (const part of [this.buttons, this.attribution, this.legend, this.notices, this.draw, this.timeline])
      part.render();
    this.displayControl.renderTexts();
  }

  // --- state -------------------------------------------------------------------------------------

  /**
   * Show a state. It may come twice, by the short way and with the page; the second time is let go.
   * @param {State} state
   */
  apply(state) {
    this.live.follow(state.live);
    this.received++;
    if (state.seq !== undefined && state.live === this.channel && state.seq <= this.seq) return;
    this.channel = state.live;
    this.state = state;
    this.seq = state.seq ?? ++this.counter;
    this._applyLanguage(state.lang);
    this.outline.show(state.place);
    this.draw.follow();
    this.timeline.follow(state);
    this.displayControl.apply(state.display);
    this._showSelected();
    this._hover(null);
    this._show();
    this._tellCount();
    drawNow();
    if (state.focus) this._focus(state.focus);
    if (this.memory.isChosen()) setTimeout(() => this.memory.writeLink(), SETTLED);
  }

  /** Show what the page wants, or the year on the slider. */
  _show() {
    const shown = this.timeline.shown();
    for (const layer of this.layers) {
      const wanted = shown[layer.id];
      layer.setVisible(wanted && wanted.on !== false ? wanted.bits : false);
    }
    this.clusters.refresh();
    this.displayControl.countSoon();
    this.legend.update(shown);
    this.keys.forget();
    this.labels.redraw();
    this.highlight.redraw();
  }

  /** Say how many features are shown when that has changed. */
  _tellCount() {
    const parts = Object.values(this.state.layers || {});
    const sum = (name) => parts.reduce((all, part) => all + (part[name] || 0), 0);
    const told = `${sum("shown")} ${sum("total")}`;
    if (this.toldCount && told !== this.toldCount)
      this.keys.say(this.text("map.shown", { n: sum("shown"), total: sum("total") }));
    this.toldCount = told;
  }

  _applyLanguage(lang) {
    if (!LANGUAGES.includes(lang) || lang === this.lang) return;
    this.lang = lang;
    this.labels.setLanguage(lang);
    this._renderTexts();
    this._loadMessages(lang);
  }

  _showSelected() {
    const wanted = this.state && this.state.selected;
    const layer = wanted && this._layer(wanted.layer);
    const known = layer && layer.data && wanted.index < layer.data.size;
    this.highlight.select(known ? { layer, feature: wanted.index } : null);
  }

  /** Show a place once; its token is remembered, so that a rebuilt frame does not jump again. */
  _focus({ token, bbox }) {
    if (recall(LAST_FOCUS) === token) return;
    remember(LAST_FOCUS, token);
    const [west, south, east, north] = bbox;
    if (!bbox.every(Number.isFinite)) return;
    const middle = (west + (east < west ? east + 360 : east)) / 2;
    const shift = 360 * Math.round((this.map.getCenter().lng - middle) / 360);
    const bounds = L.latLngBounds([south, west + shift], [north, (east < west ? east + 360 : east) + shift]);
    this.memory.show(bounds, { padding: [48, 48], maxZoom: POINT_ZOOM, animate: !wantsStillness() });
  }

  _send(value) {
    this.sent = Math.max(Date.now(), (this.sent || 0) + 1);
    if (window.Streamlit) window.Streamlit.setComponentValue({ ...value, n: this.sent });
  }

  // --- pointer and keys --------------------------------------------------------------------------

  _watchPointer() {
    const { map } = this;
    const container = map.getContainer();
    container.addEventListener("pointerdown", (event) => (this.touch = event.pointerType === "touch"), true);
    map.on("mousemove", this._onPointer, this);
    map.on("mouseout movestart zoomstart", () => this._hover(null));
    map.on("click", this._onClick, this);
    map.on("bri:names", () => this._retell());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this._clear();
    });
  }

  /** Look under the pointer, once a frame at most. */
  _onPointer(event) {
    this.pointer = event;
    if (this.looking || this.touch) return;
    this.looking = requestAnimationFrame(() => {
      this.looking = 0;
      const { latlng, containerPoint, originalEvent } = this.pointer;
      if (this.map.dragging && this.map.dragging.moving()) return;
      const over = originalEvent.target;
      const onMap = !(over instanceof Element && over.closest(".leaflet-control, .bri-years"));
      const free = onMap && !this.draw.isActive();
      if (free && this.displayControl.tellAt(latlng, containerPoint)) return;
      this._hover(free ? findHit(this.map, this.layers, latlng, false) : null, containerPoint);
      if (free && !this.told) this.displayControl.tellCountry(latlng, containerPoint);
    });
  }

  _hover(hit, at) {
    this.highlight.hover(hit);
    this.displayControl.announce(hit);
    this.map.getContainer().classList.toggle("bri-pointing", Boolean(hit));
    this.told = hit && at ? { hit, at } : null;
    if (this.told) this.tooltip.show(this._describe(hit), at);
    else this.tooltip.hide();
  }

  /** Write the tooltip again when names have arrived. */
  _retell() {
    if (this.told) this.tooltip.show(this._describe(this.told.hit), this.told.at);
  }

  /** @returns {string[]} Name, then kind and status, then a word on the position where it is rough. */
  _describe({ layer, feature }) {
    const { kind, status, precision } = layer.look(feature);
    const colon = this.lang === "zh" ? "：" : ": ";
    const about = status === "unknown" ? this.text("map.status") + colon : "";
    const facts = [
      kind && this.text(`${KIND_MESSAGES[layer.id] || "kind"}.${kind}`),
      status && about + this.text(`status.${status}`),
    ];
    const lines = [layer.name(feature, this.lang) ?? "…", facts.filter(Boolean).join(" · ")];
    if (symbols.HOLLOW.has(precision)) lines.push(this.text("map.not_exact"));
    return lines;
  }

  _onClick(event) {
    const { target } = event.originalEvent;
    // A part of a control that its own click has replaced is no longer known as one.
    if (this.draw.isActive() || !target.isConnected) return;
    if (this.displayControl.takeClick(event.latlng, event.containerPoint)) return;
    const hit = findHit(this.map, this.layers, event.latlng, Boolean(this.touch));
    if (!hit) {
      this._hover(null);
      this._clear();
      return;
    }
    if (this.touch) this._hover(hit, event.containerPoint);
    this._select(hit);
  }

  _select(hit) {
    if (isSame(hit, this.highlight.selected)) return;
    this.highlight.select(hit);
    this._send({ event: "select", layer: hit.layer.id, index: hit.feature });
  }

  _clear() {
    if (!this.highlight.selected) return;
    this.highlight.select(null);
    this._send({ event: "clear" });
  }

  // --- size --------------------------------------------------------------------------------------

  _watchSize() {
    if (typeof ResizeObserver === "undefined") return;
    new ResizeObserver(() => this._onSize()).observe(this.map.getContainer());
  }

  _onSize() {
    const { map } = this;
    const { clientWidth, clientHeight } = map.getContainer();
    if (!clientWidth || !clientHeight) return;
    map.invalidateSize({ pan: false, animate: false });
    this._limitZoom();
    if (this.memory.moved) this._keepSelectedInView();
    else this.memory.restore();
  }

  /** A panel that opens beside the map must not hide what was clicked. */
  _keepSelectedInView() {
    const { selected } = this.highlight;
    const at = selected && selected.layer.pixel(selected.feature);
    if (!at) return;
    const { map } = this;
    map.panInside(map.containerPointToLatLng([at.x, at.y]), {
      padding: [40, 40],
      animate: !wantsStillness(),
    });
  }

  // --- for tests ---------------------------------------------------------------------------------

  probe() {
    const { map, layers, highlight } = this;
    const centre = map.getCenter().wrap();
    const { selected } = highlight;
    return {
      ready:
        Boolean(this.state) &&
        [this.basemap, this.labels, this.displayControl.countries, ...layers].every((part) => part.isReady()),
      ...this.displayControl.probe(),
      seq: this.drawn.seq,
      state: this.state,
      drawMs: this.drawn.ms,
      shown: Object.fromEntries(layers.map((layer) => [layer.id, layer.countVisible()])),
      zoom: map.getZoom(),
      center: [centre.lng, centre.lat],
      selected: selected ? { layer: selected.layer.id, index: selected.feature } : null,
      tooltip: this.tooltip.text(),
      received: this.received,
      years: this.timeline.probe(),
      tool: this.draw.tool,
      place: this.outline.place,
      status: (id, index) => this._layer(id).look(index).status,
      pixel: (id, index) => {
        const layer = this._layer(id);
        return layer ? layer.pixel(index) : null;
      },
    };
  }
}

/** @type {Atlas | null} */
let atlas = null;
/** @type {State | null} */
let early = null;

/**
 * Build the atlas on a map.
 * @param {L.Map} map
 * @param {object | string} [config] The configuration; else that of the bundle, `briMap.config`.
 */
function attach(map, config) {
  atlas = new Atlas(map, config && typeof config === "object" ? config : window.briMap.config);
  if (early) atlas.apply(early);
  early = null;
}

/**
 * Show a state of the page.
 * @param {State} state
 */
function apply(state) {
  if (atlas) atlas.apply(state);
  else early = state;
}

/**
 * Make a mark stronger, as if the pointer were over it; the table does so for the row under its pointer.
 * @param {string} layer Id.
 * @param {number | null} index Of the feature; null ends it.
 */
function hover(layer, index) {
  if (atlas) atlas.displayControl.hover(layer, index);
}

/** Write the view into the address of the page, for a link to what is seen. */
function writeView() {
  if (atlas) atlas.memory.writeLink();
}

/** @returns {object} What is shown, for tests and benchmarks. */
function probe() {
  return atlas
    ? atlas.probe()
    : { ready: false, seq: 0, shown: {}, tooltip: null, selected: null, pixel: () => null };
}

window.briMap = {
  ...window.briMap,
  attach,
  apply,
  hover,
  writeView,
  probe,
  palette,
  symbols,
  codec,
  cluster,
};
