/**
 * How the map is shown: theme, clusters, names, colours, basemap and countries by indicator.
 */

/** @import { Atlas } from "../map.js" */
/** @import { Pixel } from "../layers/data-layer.js" */
/** @import { Drawn } from "./attribution.js" */
/** @import { DisplayState } from "../protocol.js" */

import { ORIGINAL } from "../core/locale.js";
import { formatValue } from "../core/numbers.js";
import { TILE } from "../core/projection.js";
import { Countries } from "../layers/countries.js";
import { BUILT_IN, Tiles } from "../layers/tiles.js";
import { palette } from "../marks/palette.js";

const TILE_PANE = 215;
const COUNTRY_PANE = 220;

/** @type {Readonly<Required<DisplayState>>} */
const DEFAULTS = Object.freeze({
  theme: "light",
  cluster: false,
  labels: true,
  scheme: "kind",
  basemap: BUILT_IN,
  indicator: "",
  compare: "",
});

export class DisplayControl {
  #indicatorShown = "";

  /** @param {Atlas} atlas */
  constructor(atlas) {
    const { map, config, life, reports } = atlas;
    this.atlas = atlas;
    this.display = DEFAULTS;
    atlas.addPane("bri-tiles", TILE_PANE);
    atlas.addPane("bri-countries", COUNTRY_PANE);
    this.tiles = new Tiles(map, config.providers, (id) => this._onTilesFailed(id), life);
    this.countries = new Countries({
      url: config.countries.values,
      basemap: atlas.basemap,
      onReady: () => this._showIndicator(),
      reports,
    }).addTo(map);
    life.onEnd(() => this.countries.remove());
  }

  /** @param {DisplayState} [wanted] */
  apply(wanted) {
    const { atlas } = this;
    const display = { ...DEFAULTS, ...wanted };
    this.display = display;
    if (palette.choose(display.theme, display.scheme)) this._recolour();
    if (this.tiles.choose(display.basemap)) atlas.notices.tell("");
    this._showBasemap();
    atlas.clusters.setOn(display.cluster);
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
    atlas.labels.setParts(display.labels, !provider?.named);
    this.countries.choose(display.indicator, Boolean(provider));
    atlas.attribution.render();
    this._showIndicator();
  }

  _showIndicator() {
    const { lang } = this.atlas.texts;
    const id = this.display.indicator;
    const indicator = this.countries.indicator();
    const shown = `${id},${lang},${Boolean(indicator)}`;
    if (shown === this.#indicatorShown) return;
    this.#indicatorShown = shown;
    this.atlas.legend.setIndicator(indicator && { id, lang, ...indicator });
  }

  /** Write again what is in the language of the page. */
  renderTexts() {
    this.#indicatorShown = "";
    this._showIndicator();
  }

  /**
   * The pictures of a provider do not come: the built-in basemap is shown, and the page is told.
   * @param {string} id
   */
  _onTilesFailed(id) {
    const { atlas } = this;
    atlas.notices.tell("seeing.tiles_failed", () => ({ basemap: atlas.text(`basemap.${id}`) }));
    this._showBasemap();
    atlas.send({ event: "basemap", basemap: BUILT_IN });
  }

  /** @returns {Drawn} Whose work is to be seen. */
  credited() {
    const { provider } = this.tiles;
    return { provider, land: !provider || Boolean(this.display.indicator), names: !provider?.named };
  }

  /**
   * Tell the value of the country at a place, if countries are coloured.
   * @param {L.LatLng} latlng
   * @param {Pixel} at
   */
  tellCountry(latlng, at) {
    const { atlas, countries, display } = this;
    if (!countries.indicator()) return;
    const { texts, text } = atlas;
    const place = atlas.map.project(latlng, 0).divideBy(TILE);
    const found = countries.at(place.x, place.y);
    if (!found) return;
    const unit = text(`indicator_unit.${display.indicator}`);
    const value = found.value === null ? text("seeing.no_value") : `${formatValue(found.value)} ${unit}`;
    const label = text(`indicator.${display.indicator}`);
    atlas.tooltip.show(
      [found.names[texts.lang] ?? found.names[ORIGINAL] ?? found.iso3, texts.labelled(label, value)],
      at,
    );
  }

  /** What is shown, for tests. */
  probe() {
    const { tiles } = this;
    return {
      display: this.display,
      theme: palette.theme,
      basemap: tiles.provider ? tiles.provider.id : BUILT_IN,
      tiles: tiles.loaded,
    };
  }
}
