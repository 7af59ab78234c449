/**
 * What the map knows of years: which features match the filter as of each year, how many in which status,
 * and the status of each feature as of a year.
 */

import * as codec from "../core/codec.js";

/** Share of the events that may lie before the first year of the slider. */
const EARLY = 0.005;

/**
 * @typedef {object} Timeline The answer of the server for one filter; see web/timeline.py.
 * @property {number} first
 * @property {number} last
 * @property {Object<string, Object<string, string | boolean>>} years Year, layer, bits.
 * @property {Object<string, number>} events Dated events of each year.
 * @property {number} undated Features without dates.
 * @property {Object<string, Object<string, number>>} counts Year, status, features.
 */

class Years {
  /** @param {briMap.DataLayer[]} layers */
  constructor(layers) {
    this.layers = layers;
    this.histories = new Map();
    /** @type {Timeline | null} */
    this.data = null;
    this.query = null;
  }

  /**
   * Fetch what a filter finds in each year, unless it is there.
   * @param {string} query The filter as URL parameters.
   * @returns {Promise<boolean>} Whether it is there now and still wanted; a failure may be tried again.
   */
  async load(query) {
    if (query === this.query && (this.data || this.loading)) return this.loading || true;
    this.query = query;
    const loading = this._fetch(query);
    this.loading = loading;
    const done = await loading;
    if (this.loading === loading) this.loading = null;
    return done;
  }

  async _fetch(query) {
    const address = new URL("../../atlas-files/timeline", location.href);
    address.search = query;
    try {
      const [data] = await Promise.all([codec.loadJson(address.href), this._loadHistories()]);
      if (query !== this.query) return false;
      this.data = data;
      this.start = startOf(data);
      this.shown = new Map();
      return true;
    } catch (error) {
      if (query !== this.query) return false;
      this.query = null;
      console.error("bri-map:", error);
      return false;
    }
  }

  /** The statuses by year of every layer that has them; fetched once. */
  async _loadHistories() {
    const missing = this.layers.filter(({ options, id }) => options.spec.history && !this.histories.has(id));
    await Promise.all(
      missing.map(async ({ options, id }) => {
        this.histories.set(id, (await codec.loadJson(options.spec.history)).changes);
      }),
    );
  }

  /** @returns {boolean} Whether the answer for this year is there. */
  knows(year) {
    return Boolean(this.data && year !== null && this.data.years[year]);
  }

  /** @returns {number} A year moved into those that are known. */
  clamp(year) {
    return Math.min(Math.max(year, this.data.first), this.data.last);
  }

  /**
   * @param {briMap.DataLayer} layer
   * @param {number} year
   * @returns {{bits: string | boolean, shown: number | undefined}} What of a layer matches as of a year.
   */
  answer(layer, year) {
    const bits = this.data.years[year][layer.id] ?? false;
    const key = `${layer.id} ${year}`;
    if (!this.shown.has(key) && layer.data)
      this.shown.set(key, codec.countBits(codec.decodeBits(bits, layer.data.size), layer.data.size));
    return { bits, shown: this.shown.get(key) };
  }

  /**
   * Draw every feature with its status as of a year, or with that of today.
   * @param {number | null} year
   */
  draw(year) {
    for (const layer of this.layers) {
      const changes = this.histories.get(layer.id);
      if (!changes || !layer.data) continue;
      const key = `${year}`;
      if (layer.statusesOf === key) continue;
      layer.statusesOf = key;
      layer.setStatuses(year === null ? null : statusesAt(changes, year, layer));
    }
  }
}

/** @returns {number} The year before which hardly anything happened; see EARLY. */
function startOf({ first, last, events }) {
  const all = Object.values(events).reduce((sum, n) => sum + n, 0);
  let seen = 0;
  for (let year = first; year < last; year++) {
    seen += events[year] || 0;
    if (seen > all * EARLY) return year;
  }
  return first;
}

/** @returns {Uint8Array} The code of the status of each feature at the end of a year. */
function statusesAt(changes, year, layer) {
  const codes = new Uint8Array(layer.data.size).fill(layer.codes.status.indexOf("unknown"));
  changes.forEach((steps, feature) => {
    for (let i = 0; i < steps.length && steps[i] <= year; i += 2) codes[feature] = steps[i + 1];
  });
  return codes;
}

export { Years };
