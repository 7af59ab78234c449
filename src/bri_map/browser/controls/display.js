/**
 * How the map is shown: theme, clusters, names, colours, basemap, countries by indicator, what is in view,
 * and hovering told to and by the page. One for each map; `apply` takes the `display` of a state.
 */

import { ClusterList } from "../cluster/clusters.js";
import { wantsStillness } from "../core/device.js";
import { Countries } from "../layers/countries.js";
import { isSame } from "../layers/hits.js";
import { BUILT_IN, Tiles } from "../layers/tiles.js";
import { palette } from "../marks/palette.js";
import { formatValue } from "./legend-keys.js";
import { countInView } from "./viewport-count.js";

const TILE_PANE = 215;
const COUNTRY_PANE = 220;
/** Name of the event by which the page is told what is under the pointer. */
const HOVER_EVENT = "bri-map:hover";

/**
 * @typedef {object} Display As in maps/display.py; whatever is absent is as in `DEFAULTS`.
 * @property {"light" | "dark"} theme
 * @property {boolean} cluster
 * @property {boolean} labels
 * @property {"kind" | "green" | "sector"} scheme
 * @property {string} basemap
 * @property {string} indicator
 */

const DEFAULTS = Object.freeze({
  theme: "light",
  cluster: false,
  labels: true,
  scheme: "kind",
  basemap: BUILT_IN,
  indicator: "",
});

class DisplayControl {
  /** @param {Atlas} atlas */
  constructor(atlas) {
    const { map, config, text } = atlas;
    this.atlas = atlas;
    /** @type {Display} */
    this.display = DEFAULTS;
    atlas._addPane("bri-tiles", TILE_PANE);
    atlas._addPane("bri-countries", COUNTRY_PANE);
    this.tiles = new Tiles(map, config.providers || [], (id) => this._onTilesFailed(id));
    this.countries = new Countries({
      ...config.countries,
      onError: (error) => atlas.notices.add(error),
      onReady: () => this._showIndicator(),
      basemap: atlas.basemap,
    }).addTo(map);
    this.list = new ClusterList(map.getContainer(), text, (member) => atlas._select(member));
    map.on("moveend resize", this.countSoon, this);
    map.on("movestart zoomstart", () => this.list.close());
    map.on("bri:names", () => this.list.retell());
  }

  // --- the display -------------------------------------------------------------------------------

  /** @param {Partial<Display>} [wanted] */
  apply(wanted) {
    const { atlas } = this;
    const display = (this.display = { ...DEFAULTS, ...wanted });
    if (palette.choose(display.theme, display.scheme)) this._recolour();
    if (this.tiles.choose(display.basemap)) atlas.notices.tell("");
    this._showBasemap();
    atlas.clusters.setOn(display.cluster);
    this.list.close();
  }

  _recolour() {
    const { atlas } = this;
    document.documentElement.dataset.theme = palette.theme;
    atlas.legend.recolour();
    const { basemap, layers, clusters, labels, outline } = atlas;
    for (const surface of [basemap, this.countries, ...layers, clusters, labels, outline]) surface.redraw();
    atlas.highlight.redraw();
  }

  /** Show what depends on the basemap: names, countries, credits. */
  _showBasemap() {
    const { atlas, display } = this;
    const { provider } = this.tiles;
    atlas.labels.setParts(display.labels, !(provider && provider.named));
    this.countries.choose(display.indicator, Boolean(provider));
    atlas.attribution.render();
    this._showIndicator();
  }

  _showIndicator() {
    const { lang } = this.atlas;
    const id = this.display.indicator;
    const indicator = this.countries.indicator();
    const shown = `${id},${lang},${Boolean(indicator)}`;
    if (shown === this.indicatorShown) return;
    this.indicatorShown = shown;
    this.atlas.legend.setIndicator(id, indicator, lang);
  }

  /** Write again what is in the language of the page. */
  renderTexts() {
    this.indicatorShown = "";
    this._showIndicator();
    this.list.retell();
  }

  /** The pictures of a provider do not come: the built-in basemap is shown, and the page is told. */
  _onTilesFailed(id) {
    const { atlas } = this;
    atlas.notices.tell("seeing.tiles_failed", () => ({ basemap: atlas.text(`basemap.${id}`) }));
    this._showBasemap();
    atlas._send({ event: "basemap", basemap: BUILT_IN });
  }

  /** @returns {{provider: object | null, land: boolean, names: boolean}} Whose work is to be seen. */
  credited() {
    const { provider } = this.tiles;
    return {
      provider,
      land: !provider || Boolean(this.display.indicator),
      names: !provider || !provider.named,
    };
  }

  // --- what is in view ---------------------------------------------------------------------------

  /** Count what is in view in the next frame. */
  countSoon() {
    if (this.counting) return;
    this.counting = requestAnimationFrame(() => {
      this.counting = 0;
      const { map, layers, legend } = this.atlas;
      if (!layers.every((layer) => layer.data || layer.failed)) return;
      this.counts = countInView(map, layers);
      legend.setCounts(this.counts);
    });
  }

  // --- clusters and countries under the pointer --------------------------------------------------

  /**
   * Tell of a cluster under the pointer.
   * @returns {boolean} Whether there is one.
   */
  tellAt(latlng, at) {
    const one = this.atlas.clusters.hit(latlng);
    if (one) this.tell(one, at);
    return Boolean(one);
  }

  /** Tell what a cluster stands for. */
  tell(one, at) {
    const { atlas } = this;
    atlas._hover(null);
    atlas.map.getContainer().classList.add("bri-pointing");
    if (!this.list.isOpen()) atlas.tooltip.show(this.describe(one), at);
  }

  /** @returns {string[]} How many features a cluster stands for, how many of each layer, and what a click does. */
  describe(one) {
    const { atlas } = this;
    const { members } = one;
    const counts = atlas.layers
      .map((layer) => [layer.id, members.filter((member) => member.layer === layer).length])
      .filter(([, count]) => count)
      .map(([id, count]) => `${atlas.text(`layer.${id}`)}${atlas.lang === "zh" ? "：" : ": "}${count}`)
      .reverse();
    const hint = atlas.clusters.extent(one).apart ? "seeing.cluster_zoom" : "seeing.cluster_list";
    return [atlas.text("seeing.members", { n: one.count }), ...counts, atlas.text(hint)];
  }

  /** Tell the value of the country under the pointer, if countries are coloured. */
  tellCountry(latlng, at) {
    const { atlas, countries, display } = this;
    if (!countries.indicator()) return;
    const place = atlas.map.project(latlng, 0).divideBy(256);
    const found = countries.at(place.x, place.y);
    if (!found) return;
    const name = found.names[atlas.lang === "zh" ? 1 : 0];
    const value =
      found.value === null
        ? atlas.text("seeing.no_value")
        : `${formatValue(found.value)} ${atlas.text(`indicator_unit.${display.indicator}`)}`;
    const colon = atlas.lang === "zh" ? "：" : ": ";
    atlas.tooltip.show([name, `${atlas.text(`indicator.${display.indicator}`)}${colon}${value}`], at);
  }

  /** @returns {boolean} Whether there is a cluster to open. */
  takeClick(latlng, at) {
    this.list.close();
    const one = this.atlas.clusters.hit(latlng);
    if (one) this.open(one, at);
    return Boolean(one);
  }

  /** Open a cluster: zoom to its members, or list them where no zoom would part them. */
  open(one, at) {
    const { atlas } = this;
    atlas._hover(null);
    const { bounds, apart } = atlas.clusters.extent(one);
    if (!apart) {
      const kindOf = (member) => atlas._describe(member)[1];
      this.list.open(one, at, atlas.lang, kindOf);
      return;
    }
    const { map } = atlas;
    const fitting = map.getBoundsZoom(bounds, false, L.point(140, 140));
    const zoom = Math.min(Math.max(fitting, map.getZoom() + 1), map.getMaxZoom());
    map.setView(bounds.getCenter(), zoom, { animate: !wantsStillness() });
  }

  // --- hovering, to and fro ----------------------------------------------------------------------

  /** Make a mark stronger, without a tooltip. */
  hover(id, index) {
    const layer = this.atlas._layer(id);
    const known = layer && layer.data && Number.isInteger(index) && index >= 0 && index < layer.data.size;
    this.atlas.highlight.hover(known ? { layer, feature: index } : null);
  }

  /** Tell the page what is under the pointer, when that changes. */
  announce(hit) {
    if (isSame(hit, this.announced || null)) return;
    this.announced = hit;
    const detail = hit ? { layer: hit.layer.id, index: hit.feature } : null;
    try {
      window.parent.dispatchEvent(new window.parent.CustomEvent(HOVER_EVENT, { detail }));
    } catch {
      // The page is of another origin: it is not told.
    }
  }

  // --- for tests ---------------------------------------------------------------------------------

  probe() {
    const { atlas, tiles } = this;
    return {
      display: this.display,
      theme: palette.theme,
      basemap: tiles.provider ? tiles.provider.id : BUILT_IN,
      tiles: tiles.loaded,
      counts: this.counts || null,
      marks: () => atlas.clusters.countMarks(),
      clusters: atlas.clusters.drawn().map((one) => one.count),
      clusterAt: (at) => atlas.clusters.pixel(atlas.clusters.clusters[at]),
      look: (id, index) => atlas._layer(id).look(index),
      named: atlas.labels.written || [],
      hovered: atlas.highlight.hovered && {
        layer: atlas.highlight.hovered.layer.id,
        index: atlas.highlight.hovered.feature,
      },
    };
  }
}

export { DisplayControl };
