/**
 * One map with all that belongs to it.
 */

/** @import { Locale } from "./core/locale.js" */
/** @import { Reports } from "./core/load.js" */
/** @import { Viewport } from "./controls/view-memory.js" */
/** @import { LayerSpec } from "./layers/data-layer.js" */
/** @import { Provider } from "./layers/tiles.js" */
/** @import { FocusState, MapEvent, MapState } from "./protocol.js" */

import { Clusters } from "./cluster/clusters.js";
import { Attribution } from "./controls/attribution.js";
import { Buttons } from "./controls/buttons.js";
import { DisplayControl } from "./controls/display.js";
import { Fitting } from "./controls/fitting.js";
import { Gestures } from "./controls/gestures.js";
import { Keys } from "./controls/keys.js";
import { Legend } from "./controls/legend.js";
import { Notices } from "./controls/notices.js";
import { Panels } from "./controls/panels.js";
import { Pointer } from "./controls/pointer.js";
import { ShowAll } from "./controls/show-all.js";
import { Tooltip } from "./controls/tooltip.js";
import { ViewMemory } from "./controls/view-memory.js";
import { countWithin } from "./controls/viewport-count.js";
import { SMALL } from "./core/device.js";
import { uncovered } from "./core/free-part.js";
import { Lifetime } from "./core/lifetime.js";
import { Live } from "./core/live.js";
import { markDocument } from "./core/locale.js";
import { counted, formatCount } from "./core/numbers.js";
import { pageJournal, wantedLayer } from "./core/page-journal.js";
import { MAX_LATITUDE, TILE, worldScale } from "./core/projection.js";
import { recall, remember } from "./core/storage.js";
import { drawNow } from "./core/surface.js";
import { Texts } from "./core/texts.js";
import { Draw } from "./draw/draw.js";
import { PlaceOutline } from "./draw/place-outline.js";
import { Labels } from "./labels/labels.js";
import { Basemap } from "./layers/basemap.js";
import { DataLayer } from "./layers/data-layer.js";
import { Highlight } from "./layers/highlight.js";
import { Timeline } from "./years/timeline.js";
import { YearData } from "./years/year-data.js";

const FIRST_PANE = 410;
const PANE_STEP = 20;
const BASEMAP_PANE = 210;
const LABEL_PANE = 445;
const LAST_FOCUS = "bri-map.focus";
/** Milliseconds after a state until the page has written its address. */
const SETTLED = 500;
/** Turns of the world to both sides that the map may be moved by. */
const TURNS = 100;
/** At the lowest zoom the world fills at least this share of the window from north to south. */
const LEAST_HEIGHT = 0.85;
/** Zooms between whole ones let a place fill the window. */
const ZOOM_STEP = 0.25;

/**
 * @typedef {object} Config As the server writes it; see app/store.py.
 * @property {LayerSpec[]} layers From the bottom to the top.
 * @property {Record<string, string[]>} codes Lists of codes by name.
 * @property {Record<"coarse" | "fine" | "countries" | "towns", string>} basemap Addresses.
 * @property {{values: string}} countries Addresses.
 * @property {Provider[]} providers Online basemaps.
 * @property {Record<string, string>} messages Addresses by language.
 * @property {Record<string, Locale>} locales Habits by language.
 * @property {Viewport} view View of a first visit.
 * @property {number} min_zoom
 * @property {number} max_zoom
 */

/** One map with all that belongs to it. */
export class Atlas {
  #counter = 0;
  #received = 0;
  #counting = false;
  /** @type {number} */
  #seq = 0;
  /** @type {string | undefined} Of the session whose states are shown. */
  #channel;
  #toldCount = "";
  #isTold = false;
  #drawn = { seq: 0, ms: 0 };
  /** @type {{matching: number, placed: number, inView: number} | null} */
  #counts = null;
  /** @type {MapState | null} */
  state = null;

  /**
   * @param {L.Map} map
   * @param {Config} config
   */
  constructor(map, config) {
    this.map = map;
    this.config = config;
    this.life = new Lifetime();
    const { life } = this;
    /** @type {Reports} */
    this.reports = {
      onError: (error) => this.notices.add(error),
      onRecovered: (error) => this.notices.settle(error),
    };
    this.texts = new Texts(config.messages, config.locales, {
      ...this.reports,
      onTexts: () => this._renderTexts(),
    });
    this.text = this.texts.text;
    this.notices = new Notices(map.getContainer(), this.text);
    life.onEnd(() => this.notices.remove());
    this._prepareMap();
    this.basemap = new Basemap({
      urls: config.basemap,
      onTerritories: () => this.displayControl.countries.redraw(),
      reports: this.reports,
    }).addTo(map);
    this.layers = config.layers.map((spec) => this._makeLayer(spec));
    this.clusters = new Clusters(this.layers).addTo(map);
    for (const layer of this.layers) layer.addTo(map);
    this.labels = new Labels({
      urls: config.basemap,
      layers: this.layers,
      clusters: this.clusters,
      selected: () => this.highlight.selected,
      reports: this.reports,
    }).addTo(map);
    this.highlight = new Highlight(map, "bri-strong-lines", "bri-strong-points");
    this.outline = new PlaceOutline({ pane: "bri-place", layers: this.layers }).addTo(map);
    const surfaces = [this.basemap, ...this.layers, this.clusters, this.labels, this.highlight, this.outline];
    life.onEnd(() => {
      for (const surface of surfaces) surface.remove();
    });
    this.tooltip = new Tooltip(map.getContainer());
    life.onEnd(() => this.tooltip.remove());
    this.displayControl = new DisplayControl(this);
    const { text, layers, clusters, outline } = this;
    const onSend = (/** @type {MapEvent} */ event) => this.send(event);
    this.buttons = new Buttons({ map, text, life }).addTo(map);
    this.attribution = new Attribution({ text, parts: () => this.displayControl.credited() }).addTo(map);
    const scale = L.control.scale({ position: "bottomright", imperial: false, maxWidth: 120 }).addTo(map);
    this.legend = new Legend({
      map,
      layers: config.layers.toSorted((a, b) => a.listing - b.listing),
      codes: config.codes,
      text,
      onToggle: (layer, on) => this.send({ event: "toggle", layer, on }),
      wanted: wantedLayer,
      life,
    }).addTo(map);
    pageJournal()?.addEventListener("change", () => this._onJournal(), { signal: life.signal });
    this.draw = new Draw({ map, text, outline, onSend, life }).addTo(map);
    life.onEnd(() => {
      for (const control of [this.buttons, this.attribution, scale, this.legend, this.draw]) control.remove();
    });
    this.timeline = new Timeline(map, {
      years: new YearData(layers),
      layers,
      statuses: config.codes.status ?? [],
      text,
      onShow: () => this._show(),
      onSend,
      life,
    });
    this.gestures = new Gestures(map, { text, drawing: () => this.draw.takesDrags(), life });
    this.pointer = new Pointer(this);
    this.keys = new Keys(map, {
      layers,
      clusters,
      text,
      describe: (stop) => this.pointer.describeStop(stop),
      onVisit: (stop, at) => this.pointer.visit(stop, at),
      onSelect: (stop, at) => this.pointer.choose(stop, at),
      life,
    });
    this.live = new Live((state) => this.apply(state), life);
    this.memory = new ViewMemory(map, config.view);
    this.memory.begin(life);
    this.panels = new Panels(map.getContainer(), life);
    this.fitting = new Fitting(map, { memory: this.memory, panels: this.panels, layers, outline });
    this.showAll = new ShowAll(map.getContainer(), text, () => this.fitting.showAll());
    life.onEnd(() => this.showAll.remove());
    this.panels.watch(() => this._onPanels());
    this._watchSize();
    this._load();
  }

  // --- building --------------------------------------------------------------------------------------

  _prepareMap() {
    const { map, config, life } = this;
    map.attributionControl?.remove();
    map.options.zoomSnap = ZOOM_STEP;
    map.setMaxZoom(config.max_zoom);
    this._limitZoom();
    map.setMaxBounds([
      [-MAX_LATITUDE, -360 * TURNS],
      [MAX_LATITUDE, 360 * TURNS],
    ]);
    map.options.maxBoundsViscosity = 1;
    life.onEnd(() => map.setMaxBounds(L.latLngBounds([])));
    map.getContainer().setAttribute("role", "region");
    life.on(map, {
      "bri:drawn": ({ ms }) => {
        this.#drawn = { seq: this.#seq, ms };
        this._tellDrawn();
      },
      moveend: () => this._countSoon(),
      resize: () => this._countSoon(),
    });
    const over = FIRST_PANE + config.layers.length * PANE_STEP;
    this.addPane("bri-basemap", BASEMAP_PANE);
    this.addPane("bri-strong-lines", LABEL_PANE - 1);
    this.addPane("bri-labels", LABEL_PANE);
    config.layers.forEach((spec, i) => {
      this.addPane(`bri-${spec.id}`, FIRST_PANE + i * PANE_STEP);
    });
    this.addPane("bri-clusters", over - 1);
    this.addPane("bri-strong-points", over);
    this.addPane("bri-place", over + PANE_STEP);
  }

  /** Zoom out no further than where the world fills the window from north to south. */
  _limitZoom() {
    const { map, config } = this;
    const { x, y } = map.getSize();
    map.getContainer().classList.toggle("bri-small", x < SMALL.width && y < SMALL.height);
    const least = Math.ceil(Math.log2((y * LEAST_HEIGHT) / TILE) / ZOOM_STEP) * ZOOM_STEP;
    map.setMinZoom(Math.min(Math.max(config.min_zoom, least || 0), config.max_zoom));
  }

  /**
   * @param {string} name
   * @param {number} order
   */
  addPane(name, order) {
    const pane = this.map.getPane(name) ?? this.map.createPane(name);
    pane.style.zIndex = String(order);
    pane.style.pointerEvents = "none";
  }

  /** @param {LayerSpec} spec */
  _makeLayer(spec) {
    return new DataLayer({
      spec,
      codes: this.config.codes,
      beforePoints: (zoom) => this.clusters.update(zoom),
      onNames: () => {
        this.labels.redraw();
        this.pointer.retell();
      },
      reports: this.reports,
    });
  }

  /** Load everything; a bar tells when that takes longer than half a second. */
  async _load() {
    const container = this.map.getContainer();
    container.setAttribute("aria-busy", "true");
    this.texts.choose(this.texts.lang);
    const loads = this.layers.map((layer) => layer.load().then(() => this._onLayer()));
    await Promise.all([this.basemap.load(), this.labels.load(), ...loads]);
    container.removeAttribute("aria-busy");
  }

  _onLayer() {
    if (this.life.over) return;
    if (this.state) this._show();
    this.outline.redraw();
    this._showSelected();
    if (this.state?.focus) this._focus(this.state.focus);
    this.labels.redraw();
  }

  /**
   * @param {string} id
   * @returns {DataLayer | undefined}
   */
  layer(id) {
    return this.layers.find((layer) => layer.id === id);
  }

  /** Take everything away again. */
  destroy() {
    this.life.end();
  }

  // --- texts -----------------------------------------------------------------------------------------

  _renderTexts() {
    if (this.life.over) return;
    markDocument(this.texts.locale);
    this.map.getContainer().setAttribute("aria-label", this.text("map.label"));
    const { buttons, attribution, legend, notices, draw, timeline, showAll } = this;
    for (const part of [buttons, attribution, legend, notices, draw, timeline, showAll]) part.render();
    this.displayControl.renderTexts();
    this.pointer.retell();
  }

  // --- state -----------------------------------------------------------------------------------------

  /**
   * Show a state. It may come twice, by the short way and with the page; the second time is let go.
   * @param {MapState} state
   */
  apply(state) {
    this.live.follow(state.live);
    this.#received++;
    if (state.seq !== undefined && state.live === this.#channel && state.seq <= this.#seq) return;
    this.#channel = state.live;
    this.state = state;
    this.#seq = state.seq ?? ++this.#counter;
    if (this.texts.choose(state.lang)) {
      this.labels.setLanguage(this.texts.lang, this.texts.locale.capitals);
      this._renderTexts();
    }
    this.outline.show(state.place);
    this.draw.follow();
    this.timeline.follow(state);
    this.displayControl.apply(state.display);
    this._showSelected();
    this.pointer.hover(null);
    this.pointer.list.close();
    this._show();
    this._tellCount(state);
    drawNow();
    if (state.focus) this._focus(state.focus);
    if (this.memory.isChosen()) this.life.after(SETTLED, () => this.memory.writeLink());
  }

  /** Show what the page wants, or the year on the slider. */
  _show() {
    const shown = this.timeline.shown();
    for (const layer of this.layers) {
      const wanted = shown[layer.id];
      layer.setVisible(wanted?.on ? wanted.bits : false);
    }
    this.clusters.refresh();
    this._countSoon();
    this.legend.update(shown);
    this.keys.forget();
    this.labels.redraw();
    this.highlight.redraw();
  }

  /**
   * Say how many features are shown when that has changed.
   * @param {MapState} state
   */
  _tellCount({ layers }) {
    const parts = Object.values(layers);
    const n = parts.reduce((sum, { shown }) => sum + shown, 0);
    const total = parts.reduce((sum, part) => sum + part.total, 0);
    const told = `${n} ${total}`;
    if (this.#toldCount && told !== this.#toldCount)
      this.keys.say(this.text("map.shown", { n: counted(n), total: formatCount(total) }));
    this.#toldCount = told;
  }

  /** Count what is in view in the next frame. */
  _countSoon() {
    if (this.#counting) return;
    this.#counting = true;
    this.life.frame(() => {
      this.#counting = false;
      if (!this._isLoaded()) return;
      this.#counts = this._count();
      this.legend.setCounts(this.#counts);
      this.showAll.update(this.#counts, this._asks());
    });
  }

  /** @returns {boolean} Whether every layer's file has come or has failed. */
  _isLoaded() {
    return this.layers.every((layer) => layer.data || layer.failed);
  }

  /** @returns {boolean} Whether the filter asks for anything. */
  _asks() {
    return Boolean(this.state && (this.state.query || this.state.year !== null));
  }

  /** Count the features that match, those with a position, and those of which a part is seen under no panel. */
  _count() {
    const { map, panels } = this;
    const scale = worldScale(map.getZoom());
    const origin = map.getPixelBounds().getTopLeft();
    const { x: width, y: height } = map.getSize();
    const frames = uncovered({ width, height }, panels.covered()).map(({ left, top, right, bottom }) => ({
      west: (origin.x + left) / scale,
      north: (origin.y + top) / scale,
      east: (origin.x + right) / scale,
      south: (origin.y + bottom) / scale,
    }));
    let [matching, placed, inView] = [0, 0, 0];
    for (const layer of this.layers) {
      if (!layer.data || !layer.bits) continue;
      matching += layer.countVisible();
      placed += layer.placed;
      inView += countWithin(layer.data, frames, (feature) => layer.isVisible(feature));
    }
    return { matching, placed, inView };
  }

  _showSelected() {
    const { layer: id, index } = this.state?.selected ?? { layer: "", index: -1 };
    const layer = this.layer(id);
    const known = layer && index < (layer.data?.size ?? 0);
    this.highlight.select(known ? { layer, feature: index } : null);
  }

  /**
   * Show a place or the result once; the token is remembered, so that a rebuilt frame does not jump again. A result is
   * known when all layers have come.
   * @param {FocusState} focus
   */
  _focus({ token, bbox }) {
    if (recall(LAST_FOCUS) === token || !(bbox || this._isLoaded())) return;
    remember(LAST_FOCUS, token);
    if (bbox) this.fitting.showBox(bbox, this.#isTold);
    else this.fitting.showResult(this.#isTold);
  }

  /** @param {MapEvent} event */
  send(event) {
    pageJournal()?.add({ kind: "map", ...event });
  }

  // --- size ------------------------------------------------------------------------------------------

  _watchSize() {
    const observer = new ResizeObserver(() => this._onSize());
    observer.observe(this.map.getContainer());
    this.life.onEnd(() => observer.disconnect());
  }

  _onSize() {
    const { map } = this;
    const { clientWidth, clientHeight } = map.getContainer();
    if (!clientWidth || !clientHeight) return;
    this.memory.quietly(() => {
      map.invalidateSize({ pan: false, animate: false });
      this._limitZoom();
    });
    if (!this.memory.moved) this.memory.restore();
    this.fitting.keepInView(this.highlight.selected);
  }

  /** A panel over the map has changed: what is chosen must not lie under it. */
  _onPanels() {
    if (this.life.over) return;
    this.memory.refit();
    this.fitting.keepInView(this.highlight.selected);
    this._countSoon();
  }

  /** The page has answered; its own panels may have come or gone. */
  _onJournal() {
    this.legend.render();
    if (!pageJournal()?.pending.length) this.life.frame(() => this._onPanels());
  }

  /** Whether all that is to be seen has been drawn. */
  isReady() {
    const parts = [this.basemap, this.labels, this.displayControl?.countries, ...this.layers];
    return Boolean(this.state) && parts.every((part) => part?.isReady());
  }

  /** Tell the page once that the map is there, so that it takes the first picture away. */
  _tellDrawn() {
    if (this.#isTold || !this.isReady()) return;
    this.#isTold = true;
    window.parent.postMessage("bri-map:drawn", window.location.origin);
  }

  // --- for tests -------------------------------------------------------------------------------------

  /** What is shown, for tests and benchmarks. */
  probe() {
    const { map, layers, highlight, clusters } = this;
    const centre = map.getCenter().wrap();
    const { hovered, selected } = highlight;
    const pixel = (/** @type {string} */ id, /** @type {number} */ index) =>
      this.layer(id)?.pixel(index) ?? null;
    return {
      ready: this.isReady(),
      ...this.displayControl.probe(),
      counts: this.#counts,
      marks: () => clusters.countMarks(),
      clusters: clusters.drawn().map((one) => one.count),
      clusterAt: (/** @type {number} */ at) => clusters.pixel(clusters.clusters[at]),
      look: (/** @type {string} */ id, /** @type {number} */ index) => this.layer(id)?.look(index),
      named: this.labels.written,
      hovered: hovered && { layer: hovered.layer.id, index: hovered.feature },
      seq: this.#drawn.seq,
      state: this.state,
      drawMs: this.#drawn.ms,
      shown: Object.fromEntries(layers.map((layer) => [layer.id, layer.countVisible()])),
      zoom: map.getZoom(),
      center: [centre.lng, centre.lat],
      selected: selected && { layer: selected.layer.id, index: selected.feature },
      tooltip: this.tooltip.text(),
      received: this.#received,
      years: this.timeline.probe(),
      tool: this.draw.tool,
      corners: this.draw.corners.length,
      place: this.outline.place,
      status: (/** @type {string} */ id, /** @type {number} */ index) => this.layer(id)?.look(index).status,
      pixel,
    };
  }
}
