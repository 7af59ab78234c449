/**
 * What the map knows of years: which features match the filter as of each year, how many in which status,
 * and the status of each feature as of a year.
 */

/** @import { DataLayer } from "../layers/data-layer.js" */

import { countBits, decodeBits } from "../core/bits.js";
import { Fetched, loadJson } from "../core/load.js";

/** Share of the events that may lie before the first year of the slider. */
const EARLY = 0.005;

/**
 * @typedef {object} Timeline The answer of the server for one filter.
 * @property {number} first
 * @property {number} last
 * @property {Record<string, Record<string, string | boolean>>} years Year, layer, bits.
 * @property {Record<string, number>} events Dated events of each year.
 * @property {number} undated Features without dates.
 * @property {Record<string, Record<string, number>>} counts Year, status, features.
 */

/** @typedef {number[][]} Changes For each feature year, code, year, code ... */

export class YearData {
  /** @type {Promise<boolean> | null} */
  #loading = null;
  /** @type {Map<string, number>} */
  #shown = new Map();
  /** @type {Map<DataLayer, number | null>} The year whose statuses a layer shows. */
  #drawn = new Map();

  /** @param {DataLayer[]} layers */
  constructor(layers) {
    this.layers = layers;
    /** @type {Fetched<DataLayer, {changes: Changes}>} */
    this.histories = new Fetched((layer) => loadJson(layer.spec.history), {
      onError: (error) => console.error("bri-map:", error),
    });
    /** @type {Timeline | null} */
    this.data = null;
    /** @type {string | null} The filter as URL parameters. */
    this.query = null;
    /** First year of the slider. */
    this.start = 0;
  }

  /** @returns {boolean} Whether an answer is on its way. */
  get loading() {
    return this.#loading !== null;
  }

  /**
   * Fetch what a filter finds in each year, unless it is there.
   * @param {string} query The filter as URL parameters.
   * @returns {Promise<boolean>} Whether it is there now and still wanted; a failure may be tried again.
   */
  async load(query) {
    if (query === this.query && (this.data || this.#loading)) return this.#loading ?? true;
    this.query = query;
    const loading = this._fetch(query);
    this.#loading = loading;
    const done = await loading;
    if (this.#loading === loading) this.#loading = null;
    return done;
  }

  /** @param {string} query */
  async _fetch(query) {
    const address = new URL("../../atlas-files/timeline", location.href);
    address.search = query;
    try {
      /** @type {Promise<Timeline>} */
      const asked = loadJson(address.href);
      const [data] = await Promise.all([asked, this._loadHistories()]);
      if (query !== this.query) return false;
      this.data = data;
      this.start = startOf(data);
      this.#shown.clear();
      return true;
    } catch (error) {
      if (query !== this.query) return false;
      this.query = null;
      console.error("bri-map:", error);
      return false;
    }
  }

  /** Fetch the statuses by year of every layer that has them. */
  async _loadHistories() {
    const wanted = this.layers.filter(({ spec }) => spec.history);
    const found = await Promise.all(wanted.map((layer) => this.histories.want(layer)));
    if (found.includes(undefined)) throw new Error("a history is missing");
  }

  /**
   * @param {number | null} year
   * @returns {year is number} Whether the answer for this year is there.
   */
  knows(year) {
    return year !== null && Boolean(this.data?.years[year]);
  }

  /**
   * @param {number} year
   * @returns {number} Moved into those that are known.
   */
  clamp(year) {
    return this.data ? Math.min(Math.max(year, this.data.first), this.data.last) : year;
  }

  /**
   * @param {DataLayer} layer
   * @param {number} year One that is known.
   * @returns {{bits: string | boolean, shown: number | undefined}} What of a layer matches as of a year.
   */
  answer(layer, year) {
    const bits = this.data?.years[year]?.[layer.id] ?? false;
    const key = `${layer.id} ${year}`;
    if (!this.#shown.has(key) && layer.data)
      this.#shown.set(key, countBits(decodeBits(bits, layer.data.size), layer.data.size));
    return { bits, shown: this.#shown.get(key) };
  }

  /**
   * Draw every feature with its status as of a year, or with that of today.
   * @param {number | null} year
   */
  draw(year) {
    for (const layer of this.layers) {
      const changes = this.histories.get(layer)?.changes;
      if (!changes || !layer.data || this.#drawn.get(layer) === year) continue;
      this.#drawn.set(layer, year);
      const unknown = layer.codes.status.indexOf("unknown");
      layer.setStatuses(year === null ? null : statusesAt(changes, year, layer.data.size, unknown));
    }
  }
}

/**
 * @param {Pick<Timeline, "first" | "last" | "events">} timeline
 * @returns {number} The year before which hardly anything happened; see EARLY.
 */
export function startOf({ first, last, events }) {
  const all = Object.values(events).reduce((sum, n) => sum + n, 0);
  let seen = 0;
  for (let year = first; year < last; year++) {
    seen += events[year] || 0;
    if (seen > all * EARLY) return year;
  }
  return first;
}

/**
 * @param {Changes} changes
 * @param {number} year
 * @param {number} size Number of features.
 * @param {number} unknown Code of a status that is not known.
 * @returns {Uint8Array} The code of the status of each feature at the end of a year.
 */
export function statusesAt(changes, year, size, unknown) {
  const codes = new Uint8Array(size).fill(unknown);
  changes.forEach((steps, feature) => {
    for (let i = 0; i < steps.length && steps[i] <= year; i += 2) codes[feature] = steps[i + 1];
  });
  return codes;
}
