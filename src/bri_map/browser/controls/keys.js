/**
 * The map by keyboard and by ear: N and P lead from mark to mark, Enter selects a feature or opens a cluster,
 * a question mark lists the keys; what changes is said in a live region.
 */

/** @import { Clusters } from "../cluster/clusters.js" */
/** @import { Lifetime } from "../core/lifetime.js" */
/** @import { Say } from "../core/texts.js" */
/** @import { DataLayer, Pixel } from "../layers/data-layer.js" */
/** @import { Stop } from "./stops.js" */

import { button, element, entitle, isModified } from "../core/dom.js";
import { icon } from "../marks/icons.js";
import { isSameStop, stopsInView } from "./stops.js";

/** Keys in the list of help, and the texts beside them. */
const HELP = Object.freeze([
  ["N", "map.keys.next"],
  ["P", "map.keys.previous"],
  ["Enter", "map.keys.select"],
  ["Esc", "map.keys.escape"],
  ["← ↑ → ↓", "map.keys.move"],
  ["+ −", "map.keys.zoom"],
  ["?", "map.keys.help"],
]);

/**
 * @typedef {object} KeysOptions
 * @property {DataLayer[]} layers
 * @property {Clusters} clusters
 * @property {Say} text
 * @property {(stop: Stop) => string[]} describe
 * @property {(stop: Stop, at: Pixel) => void} onVisit
 * @property {(stop: Stop, at: Pixel) => void} onSelect
 * @property {Lifetime} life
 */

export class Keys {
  /** @type {Stop[] | null} The marks in view in their order; null once the view or the filter has changed. */
  #stops = null;
  #at = -1;
  /** @type {Stop | null} */
  #current = null;

  /**
   * @param {L.Map} map
   * @param {KeysOptions} options
   */
  constructor(map, options) {
    this.map = map;
    this.options = options;
    const { life } = options;
    const container = map.getContainer();
    this.live = element("div", "bri-unseen");
    this.live.setAttribute("role", "status");
    this.live.setAttribute("aria-live", "polite");
    this.help = element("div", "bri-keys");
    this.help.setAttribute("role", "dialog");
    this.help.hidden = true;
    L.DomEvent.disableClickPropagation(this.help);
    container.append(this.live, this.help);
    life.onEnd(() => {
      this.live.remove();
      this.help.remove();
    });
    container.addEventListener("keydown", (event) => this._onKey(event), { signal: life.signal });
    life.on(map, { moveend: () => this.forget() });
  }

  /** Forget the order of the features: the view or the filter has changed. */
  forget() {
    this.#stops = null;
  }

  /** @param {string} words What a screen reader says; shown nowhere. */
  say(words) {
    this.live.textContent = words;
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    const { target, key } = event;
    if (isModified(event)) return;
    if (target !== this.map.getContainer() && !(target instanceof Node && this.help.contains(target))) return;
    /** @type {Record<string, () => boolean>} */
    const acts = {
      n: () => this._visit(1),
      "]": () => this._visit(1),
      p: () => this._visit(-1),
      "[": () => this._visit(-1),
      Enter: () => this._select(),
      "?": () => this._showHelp(Boolean(this.help.hidden)),
      Escape: () => !this.help.hidden && this._showHelp(false),
    };
    if (!acts[key.length === 1 ? key.toLowerCase() : key]?.()) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * Go to another mark in view; the first is the nearest to the middle.
   * @param {number} by
   */
  _visit(by) {
    const { text, layers, clusters, describe, onVisit } = this.options;
    const before = this.#current;
    if (!this.#stops) {
      this.#stops = stopsInView(this.map, layers, clusters);
      this.#at = before ? this.#stops.findIndex((stop) => isSameStop(stop, before)) : -1;
    }
    const { length } = this.#stops;
    if (!length) {
      this.#current = null;
      this.say(text("map.keys.none"));
      return true;
    }
    this.#at = this.#at < 0 && by < 0 ? length - 1 : (this.#at + by + length) % length;
    const stop = this.#stops[this.#at];
    this.#current = stop;
    const at = this._pixel(stop);
    if (at) onVisit(stop, at);
    const place = text("map.keys.place", { n: this.#at + 1, total: length });
    this.say([...describe(stop), place].join(". "));
    return true;
  }

  _select() {
    const stop = this.#current;
    if (!stop) return false;
    if ("cluster" in stop) this.#current = null;
    else if (!stop.layer.isVisible(stop.feature)) return false;
    const at = this._pixel(stop);
    if (at) this.options.onSelect(stop, at);
    return true;
  }

  /**
   * @param {Stop} stop
   * @returns {Pixel | null}
   */
  _pixel(stop) {
    return "cluster" in stop ? this.options.clusters.pixel(stop.cluster) : stop.layer.pixel(stop.feature);
  }

  /** @param {boolean} shown */
  _showHelp(shown) {
    this.help.hidden = !shown;
    if (!shown) {
      this.map.getContainer().focus({ preventScroll: true });
      return true;
    }
    const { text } = this.options;
    const close = button("bri-keys-close", () => this._showHelp(false), icon("close"));
    entitle(close, text("map.keys.close"));
    const rows = HELP.flatMap(([key, message]) => [
      element("dt", "", element("kbd", "", key)),
      element("dd", "", text(message)),
    ]);
    this.help.setAttribute("aria-label", text("map.keys.title"));
    this.help.replaceChildren(
      element("div", "bri-keys-head", element("strong", "", text("map.keys.title")), close),
      element("dl", "", ...rows),
    );
    close.focus({ preventScroll: true });
    return true;
  }
}
