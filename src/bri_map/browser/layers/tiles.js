/**
 * Online basemaps: pictures of a provider that the reader has chosen, above the built-in land and below the
 * data. When they do not come, the built-in basemap is there already, and the page is told.
 */

/** @import { Lifetime } from "../core/lifetime.js" */

/** Failures in a row after which a provider is given up; fewer while nothing has come from it yet. */
const FAILURES = { before: 4, after: 16 };
/** Milliseconds to wait for the first picture. */
const PATIENCE = 12000;
export const BUILT_IN = "built-in";

/**
 * @typedef {object} Provider As the server describes it; see basemaps.py.
 * @property {string} id
 * @property {string} url
 * @property {string[]} subdomains
 * @property {number} max_zoom
 * @property {[string, string][]} attribution Words and address.
 * @property {string} terms
 * @property {boolean} named Whether its pictures name places.
 */

export class Tiles {
  /** @type {L.TileLayer | null} */
  #layer = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #failed = 0;

  /**
   * @param {L.Map} map
   * @param {Provider[]} providers
   * @param {(id: string) => void} onFail Told when a provider is given up.
   * @param {Lifetime} life
   */
  constructor(map, providers, onFail, life) {
    this.map = map;
    this.providers = new Map(providers.map((provider) => [provider.id, provider]));
    this.onFail = onFail;
    this.life = life;
    /** @type {Provider | null} The one shown. */
    this.provider = null;
    this.asked = BUILT_IN;
    this.loaded = 0;
    life.onEnd(() => this._remove());
  }

  /**
   * Show a basemap. One that was given up is tried again only after another was chosen.
   * @param {string} id
   * @returns {boolean} Whether the basemap has changed.
   */
  choose(id) {
    if (id === this.asked) return false;
    this.asked = id;
    this._remove();
    const provider = this.providers.get(id);
    if (provider) this._add(provider);
    return true;
  }

  /** @param {Provider} provider */
  _add(provider) {
    this.provider = provider;
    this.loaded = 0;
    this.#failed = 0;
    const layer = L.tileLayer(provider.url, {
      pane: "bri-tiles",
      attribution: "",
      subdomains: provider.subdomains,
      maxNativeZoom: provider.max_zoom,
      minZoom: this.map.options.minZoom,
    });
    layer.on("tileload", () => {
      this.loaded++;
      this.#failed = 0;
    });
    layer.on("tileerror", () => {
      this.#failed++;
      if (this.#failed >= (this.loaded ? FAILURES.after : FAILURES.before)) this._giveUp();
    });
    layer.on("load", () => {
      if (this.#failed && !this.loaded) this._giveUp();
    });
    this.#layer = layer;
    this.#timer = this.life.after(PATIENCE, () => {
      if (!this.loaded) this._giveUp();
    });
    layer.addTo(this.map);
  }

  _remove() {
    this.life.cancel(this.#timer);
    this.provider = null;
    // In this order: Leaflet lets go of the map by a listener of its own.
    this.#layer?.remove().off();
    this.#layer = null;
  }

  _giveUp() {
    if (!this.provider) return;
    const { id } = this.provider;
    // Leaflet is in the middle of its own work with the layer; it is taken away afterwards.
    this.life.cancel(this.#timer);
    this.provider = null;
    this.life.after(0, () => {
      if (!this.provider) this._remove();
      this.onFail(id);
    });
  }
}
