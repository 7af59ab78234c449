/**
 * The map by keyboard and by ear: N and P lead from mark to mark, Enter selects a feature or opens a cluster,
 * a question mark lists the keys; what changes is said in a live region.
 */

import { element } from "../core/dom.js";
import { isSame } from "../layers/hits.js";
import { icon } from "../marks/icons.js";

/** Features that N and P lead through, the nearest to the middle of the map. */
const MAX_STOPS = 2000;
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

class Keys {
  /**
   * @param {L.Map} map
   * @param {object} options `layers`, `clusters`, `text`, `describe(mark)`, `onVisit(mark, pixel)` and
   *   `onSelect(mark, pixel)`; a mark is a hit, or an object with a `cluster`.
   */
  constructor(map, options) {
    Object.assign(this, options);
    this.map = map;
    this.stops = null;
    this.at = -1;
    const container = map.getContainer();
    this.live = element("div", "bri-unseen");
    this.live.setAttribute("role", "status");
    this.live.setAttribute("aria-live", "polite");
    this.help = element("div", "bri-keys");
    this.help.setAttribute("role", "dialog");
    this.help.hidden = true;
    L.DomEvent.disableClickPropagation(this.help);
    container.append(this.live, this.help);
    container.addEventListener("keydown", (event) => this._onKey(event));
    map.on("moveend", () => this.forget());
  }

  /** Forget the order of the features: the view or the filter has changed. */
  forget() {
    this.stops = null;
  }

  /** @param {string} words What a screen reader says; shown nowhere. */
  say(words) {
    this.live.textContent = words;
  }

  _onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== this.map.getContainer() && !this.help.contains(event.target)) return;
    const acts = {
      n: () => this._visit(1),
      "]": () => this._visit(1),
      p: () => this._visit(-1),
      "[": () => this._visit(-1),
      Enter: () => this._select(),
      "?": () => this._showHelp(this.help.hidden),
      Escape: () => !this.help.hidden && this._showHelp(false),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || act() === false) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Go to another feature in view; the first is the nearest to the middle. */
  _visit(by) {
    const before = this.current;
    if (!this.stops) {
      this.stops = inView(this.map, this.layers, this.clusters);
      this.at = before ? this.stops.findIndex((stop) => isSameMark(stop, before)) : -1;
    }
    const { length } = this.stops;
    if (!length) {
      this.current = null;
      this.say(this.text("map.keys.none"));
      return;
    }
    this.at = this.at < 0 && by < 0 ? length - 1 : (this.at + by + length) % length;
    this.current = this.stops[this.at];
    this.onVisit(this.current, this._pixel(this.current));
    const place = this.text("map.keys.place", { n: this.at + 1, total: length });
    this.say([...this.describe(this.current), place].join(". "));
  }

  _select() {
    const { current } = this;
    if (!current) return false;
    if (current.cluster) this.current = null;
    else if (!current.layer.isVisible(current.feature)) return false;
    this.onSelect(current, this._pixel(current));
    return true;
  }

  _pixel({ cluster, layer, feature }) {
    return cluster ? this.clusters.pixel(cluster) : layer.pixel(feature);
  }

  _showHelp(shown) {
    this.help.hidden = !shown;
    if (!shown) {
      this.map.getContainer().focus({ preventScroll: true });
      return;
    }
    const { text } = this;
    const close = element("button", "bri-keys-close", icon("close"));
    close.type = "button";
    close.title = text("map.keys.close");
    close.setAttribute("aria-label", text("map.keys.close"));
    close.addEventListener("click", () => this._showHelp(false));
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
  }
}

function isSameMark(a, b) {
  return a.cluster || b.cluster ? a.cluster === b.cluster : isSame(a, b);
}

/**
 * @returns {(briMap.Hit | {cluster: object})[]} The marks in the map's window, the nearest to its middle
 *   first; features in a cluster are reached through it.
 */
function inView(map, layers, clusters) {
  const size = map.getSize();
  const found = [];
  const consider = (mark, at) => {
    if (!at || at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) return;
    found.push({ mark, far: Math.hypot(at.x - size.x / 2, at.y - size.y / 2) });
  };
  for (const cluster of clusters.drawn()) consider({ cluster }, clusters.pixel(cluster));
  for (const layer of layers) {
    if (!layer.data || !layer.bits) continue;
    const { pointFeature, partFeature } = layer.data;
    const features = new Set([...pointFeature, ...partFeature]);
    for (const feature of features) {
      if (layer.isAlone(feature)) consider({ layer, feature }, layer.pixel(feature));
    }
  }
  found.sort((a, b) => a.far - b.far);
  return found.slice(0, MAX_STOPS).map(({ mark }) => mark);
}

export { Keys };
