/**
 * The year control: a slider with play and step that shows the map as of a year. While it moves, nothing is
 * sent to the page but one request for the answers of all years; when it rests, the page learns the year.
 */

/** @import { Lifetime } from "../core/lifetime.js" */
/** @import { Say } from "../core/texts.js" */
/** @import { DataLayer } from "../layers/data-layer.js" */
/** @import { LayerState, MapEvent, MapState } from "../protocol.js" */
/** @import { Comparison } from "./comparison-view.js" */
/** @import { YearData } from "./year-data.js" */
/** @import { YearEvents } from "./year-list.js" */

import { NARROW, wantsStillness } from "../core/device.js";
import { Fetched, loadJson } from "../core/load.js";
import { pageJournal, wantedDisplay } from "../core/page-journal.js";
import { Fresh } from "../layers/fresh.js";
import { compared, newcomers } from "./comparison.js";
import { yearAfter } from "./scale.js";
import { TimelineView } from "./timeline-view.js";
import { YearMachine } from "./year-machine.js";

/** Milliseconds for a year while playing. */
const PACE = 400;
/** Milliseconds without a further step after which the page is told. */
const REST = 500;
/** A source lies nowhere on the map. */
const NOWHERE = Object.freeze([0, 0, 0, 0]);

export class Timeline {
  /** @type {ReturnType<typeof setTimeout> | undefined} The next step while it plays. */
  #playing;
  /** @type {ReturnType<typeof setTimeout> | undefined} Until it rests. */
  #resting;
  /** @type {MapState | null} */
  #state = null;
  /** Whether the slider's thumb is held. */
  #held = false;
  /** Whether the panel was folded by hand. */
  #folded = false;

  /**
   * @param {L.Map} map
   * @param {object} options
   * @param {YearData} options.years
   * @param {DataLayer[]} options.layers
   * @param {string[]} options.statuses In the order in which they are counted.
   * @param {Say} options.text
   * @param {() => void} options.onShow The map is to be shown anew.
   * @param {(event: MapEvent) => void} options.onSend
   * @param {Lifetime} options.life
   */
  constructor(map, { years, layers, statuses, text, onShow, onSend, life }) {
    this.map = map;
    this.years = years;
    this.layers = layers;
    this.onShow = onShow;
    this.onSend = onSend;
    this.life = life;
    this.machine = new YearMachine(Date.now());
    this.opened = false;
    this.failed = false;
    this.steps = 0;
    this.statuses = statuses;
    this.text = text;
    /** @type {number | null} The year whose events are listed. */
    this.listed = null;
    /** @type {Fetched<string, YearEvents>} By address. */
    this.events = new Fetched((address) => loadJson(address), {
      onError: (error) => console.error("bri-map:", error),
    });
    this.fresh = new Fresh("bri-place").addTo(map);
    life.onEnd(() => this.fresh.remove());
    this.view = new TimelineView(text, statuses, {
      open: (opened) => this._open(opened, true),
      step: (by) => this.step(by),
      toggle: () => this.toggle(),
      leave: () => this._leave(),
      slide: (year) => this._slide(year),
      hold: () => this._hold(),
      release: () => this._release(),
      undated: (shown) => onSend({ event: "undated", shown }),
      list: (year) => this._list(year, true),
      compare: (year) => this._compare(year),
      feature: (id) => pageJournal()?.add({ kind: "feature", id }),
      source: (id) => pageJournal()?.add({ kind: "search", group: "source", id, bbox: NOWHERE, leave: true }),
    });
    map.getContainer().append(this.view.root);
    life.onEnd(() => this.view.root.remove());
    life.on(map, {
      "bri:panel": ({ panel }) => {
        if (panel !== this && this.opened && map.getSize().x < NARROW) this._open(false, false);
      },
    });
    this.render();
  }

  /** The year on the map; null for all of them. */
  get year() {
    return this.machine.year;
  }

  get playing() {
    return this.#playing !== undefined;
  }

  // --- the state of the page -------------------------------------------------------------------------

  /**
   * Take up a state of the page.
   * @param {MapState} state
   */
  follow(state) {
    if (this.machine.hear(state.year ?? null, state.wish ?? null)) {
      this._stop();
      this._cancelRest();
    }
    this.#state = state;
    const isAsked = this.year !== null || this.other !== null;
    if (isAsked && !this.opened && !this.#folded) this._open(true, false);
    else this._load();
    this.render();
  }

  /** @returns {number | null} The year that is compared with the one on the map, or with the last one. */
  get other() {
    const chosen = wantedDisplay("compare") ?? this.#state?.display.compare;
    return Number(chosen) || null;
  }

  /**
   * @returns {Record<string, LayerState>} What each layer shows: the page's word, or the answer for the year on the
   *   slider.
   */
  shown() {
    const { years, year } = this;
    const wanted = this.#state?.layers ?? {};
    const { pageYear } = this.machine;
    const own = year !== pageYear && years.knows(year);
    years.draw(own ? year : pageYear);
    if (!own) return wanted;
    /** @type {Record<string, LayerState>} */
    const found = {};
    for (const layer of this.layers) {
      const state = wanted[layer.id];
      if (!state) continue;
      const { bits, shown } = years.answer(layer, year);
      found[layer.id] = { ...state, bits, shown: shown ?? state.shown };
    }
    return found;
  }

  async _load() {
    const needed =
      [this.year, this.machine.pageYear, this.other].some((year) => year !== null) || this.opened;
    if (!needed || !this.#state || this.life.over) return;
    const query = this.#state.query || "";
    const { years } = this;
    if (years.query === query && years.data) return;
    this.view.setBusy(true);
    const done = await years.load(query);
    if (this.life.over) return;
    if (!years.loading) this.view.setBusy(false);
    this.failed = !done && !years.query;
    this.render();
    if (!done) return;
    this.onShow();
    this.render();
    this._list(this.listed, false);
  }

  // --- moving ----------------------------------------------------------------------------------------

  /** First year of the slider; it reaches back further if a link asks for it. */
  _first() {
    const { start } = this.years;
    return this.year === null ? start : Math.min(start, this.year);
  }

  /**
   * Show a year on the map, without telling the page.
   * @param {number | null} year
   */
  _show(year) {
    this.machine.move(year);
    this.steps++;
    this.onShow();
    this.render();
    if (this.listed !== null && year !== null && !this.playing) this._list(year, false);
  }

  /** @param {number} by Years. */
  async step(by) {
    const data = await this._ready();
    if (!data) return;
    this._stop();
    this._show(yearAfter(this.year, by, this._first(), data.last));
    this._restAfter(REST);
  }

  /** Play, or stop; with reduced motion one step. */
  async toggle() {
    if (this.playing) {
      this._stop();
      this._rest();
      return;
    }
    if (wantsStillness()) {
      await this.step(1);
      return;
    }
    const data = await this._ready();
    if (!data) return;
    this._cancelRest();
    if (this.year === null || this.year >= data.last) this._show(this.years.start);
    else this.machine.move(this.year);
    this._play(data.last);
    this.render();
  }

  /** @param {number} last */
  _play(last) {
    this.life.cancel(this.#playing);
    this.#playing = this.life.after(PACE, () => {
      const next = yearAfter(this.year, 1, this._first(), last);
      this._show(next);
      if (next < last) this._play(last);
      else {
        this._stop();
        this._rest();
      }
    });
  }

  _stop() {
    if (!this.playing) return;
    this.life.cancel(this.#playing);
    this.#playing = undefined;
    this.render();
  }

  /** @param {number} year */
  _slide(year) {
    this._stop();
    this._show(year);
    if (!this.#held) this._restAfter(REST);
  }

  _hold() {
    this.#held = true;
    this._stop();
    this.machine.move(this.year);
  }

  _release() {
    if (!this.#held) return;
    this.#held = false;
    // The last change of the value may come just after the pointer is let go.
    this._restAfter(0);
  }

  /** @returns {Promise<import("./year-data.js").Timeline | null>} The answers, asked for again if they were missing. */
  async _ready() {
    if (!this.years.data) await this._load();
    return this.life.over ? null : this.years.data;
  }

  /** @param {number} ms */
  _restAfter(ms) {
    this._cancelRest();
    this.#resting = this.life.after(ms, () => this._rest());
  }

  _cancelRest() {
    this.life.cancel(this.#resting);
    this.#resting = undefined;
  }

  /** Come to rest: tell the page the year. */
  _rest() {
    this._cancelRest();
    const wish = this.machine.rest();
    if (wish) this.onSend({ event: "year", ...wish });
  }

  /** Back to all years. */
  _leave() {
    this._stop();
    this._show(null);
    this._rest();
  }

  // --- two years, and the events of one --------------------------------------------------------------

  /** @param {number | null} year To compare with; null for none. */
  _compare(year) {
    pageJournal()?.add({ kind: "display", name: "compare", value: year === null ? "" : String(year) });
    this.render();
  }

  /** @returns {Comparison | null} */
  _comparison() {
    const { other, years, layers, statuses } = this;
    const { data } = years;
    const year = this.year ?? data?.last ?? null;
    if (!data || !years.knows(other) || !years.knows(year)) return null;
    const [then, now] = [Math.min(other, year), Math.max(other, year)];
    const on = layers.filter((layer) => this.#state?.layers[layer.id]?.on);
    const listing = on.toSorted((a, b) => a.spec.listing - b.spec.listing);
    const ofLayer = (/** @type {string} */ id, /** @type {number} */ at) => {
      const wanted = on.filter((layer) => id === "all" || layer.id === id);
      return wanted.reduce((sum, layer) => sum + (years.answer(layer, at).shown ?? 0), 0);
    };
    const names = ["all", ...listing.map(({ id }) => id)];
    return {
      first: then,
      second: now,
      layers: compared(names, ofLayer, then, now),
      statuses: compared(statuses, (status, at) => data.counts[at]?.[status] ?? 0, then, now),
      fresh: [...this._newcomers(then, now).values()].reduce((sum, found) => sum + found.length, 0),
    };
  }

  /**
   * @param {number} then
   * @param {number} now
   * @returns {Map<DataLayer, number[]>} The features that match in the later year and not in the earlier one.
   */
  _newcomers(then, now) {
    const { years, layers } = this;
    return new Map(
      layers.map((layer) => {
        const size = layer.data?.size ?? 0;
        const on = this.#state?.layers[layer.id]?.on;
        const answers = [then, now].map((year) => years.answer(layer, year).bits);
        return [layer, on ? newcomers(answers[0], answers[1], size) : []];
      }),
    );
  }

  /**
   * List the events of a year, for the filter of the page; the first year of the scale stands for all before it.
   * @param {number | null} year Null closes the list.
   * @param {boolean} byHand Whether a person asked; then the keyboard's focus goes along.
   */
  async _list(year, byHand) {
    const { years, view, text } = this;
    const { data } = years;
    const isFirst = year === years.start && data !== null && data.first < year;
    const key = isFirst ? "map.year.list_title_until" : "map.year.list_title";
    this.listed = year;
    view.list.open(year === null ? null : text(key, { year }));
    this.render();
    if (year === null || !data) return;
    const address = new URL("../../atlas-files/events", location.href);
    address.search = this.#state?.query ?? "";
    const asked = { from: isFirst ? data.first : year, to: year, lang: this.#state?.lang ?? "" };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, String(value));
    view.list.show(this.events.get(address.href) ?? null);
    if (byHand) view.list.focus();
    const found = await this.events.want(address.href);
    if (!this.life.over && this.listed === year) view.list.show(found);
  }

  // --- showing ---------------------------------------------------------------------------------------

  /**
   * Unfold or fold the panel; the year stays.
   * @param {boolean} opened
   * @param {boolean} byHand Whether a person did it; then the keyboard's focus goes along.
   */
  _open(opened, byHand) {
    this.opened = opened;
    this.#folded = !opened;
    this.map.getContainer().classList.toggle("bri-with-years", opened);
    this.view.open(opened);
    if (opened) this.map.fire("bri:panel", { panel: this });
    this.render();
    this._load();
    if (byHand) this.view.focus(opened);
  }

  render() {
    const { year, opened, playing, failed, listed, other } = this;
    const comparison = this._comparison();
    this.fresh.show(comparison ? this._newcomers(comparison.first, comparison.second) : new Map());
    this.view.render({
      listed,
      other,
      comparison,
      year,
      opened,
      playing,
      failed,
      data: this.years.data,
      query: this.years.query,
      first: this._first(),
      counts: opened ? this._byStatus() : null,
      undated: !new URLSearchParams(this.#state?.query ?? "").has("undated"),
    });
  }

  /** @returns {Record<string, number> | null} Features by status, of the year or of all years; null while unknown. */
  _byStatus() {
    const { year, years } = this;
    if (year !== null) return (years.knows(year) && years.data?.counts[year]) || null;
    /** @type {Record<string, number>} */
    const found = {};
    for (const layer of this.layers) {
      const statuses = layer.data?.channels[layer.channels.status];
      if (!layer.data || !layer.bits || !statuses) continue;
      const counts = new Uint32Array(256);
      for (let i = 0; i < layer.data.size; i++) if (layer.isVisible(i)) counts[statuses[i]]++;
      layer.codes.status.forEach((status, code) => {
        found[status] = (found[status] ?? 0) + counts[code];
      });
    }
    return found;
  }

  /** What is shown, for tests. */
  probe() {
    const { year, opened, steps, playing } = this;
    return { year, opened, steps, playing, ready: Boolean(this.years.data) };
  }
}
