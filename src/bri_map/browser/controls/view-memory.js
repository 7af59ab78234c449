/**
 * The memory of the viewport, over reloads of the frame and in the address of the page.
 */

/** @import { Lifetime } from "../core/lifetime.js" */

import { MAX_LATITUDE } from "../core/projection.js";
import { recall, remember } from "../core/storage.js";

const REMEMBERED = "bri-map.view";
const PARAMETER = "view";
/** Pixels by which a panel may grow without the map moving. */
const LINE = 20;

/** @typedef {{lon: number, lat: number, zoom: number}} Viewport Degrees, and a zoom level. */
/**
 * @typedef {object} Fit A place to be shown whole.
 * @property {L.LatLngBounds} bounds
 * @property {() => L.FitBoundsOptions} frame What keeps it from edges and panels, as they are at the moment.
 */
/** @typedef {{least: number, most: number}} Zooms */

/**
 * Keeps the viewport over reloads of the frame (session storage) and in the address of the page, so that
 * a copied link shows the same view.
 */
export class ViewMemory {
  #restoring = false;
  /** @type {L.FitBoundsOptions} What kept the intended place from edges and panels when it was shown last. */
  #frame = {};
  /** Whether the map is on its way to the intended place. */
  flying = false;

  /**
   * @param {L.Map} map
   * @param {Viewport} start View of a first visit.
   */
  constructor(map, start) {
    this.map = map;
    /** Whether a person has moved the map; until then the intended view holds, whatever the frame's size. */
    this.moved = false;
    const known = this._fromPage() ?? this._fromSession();
    /** @type {Viewport | Fit} */
    this.intended = known ?? start;
    /** Whether the page's address should carry the view. */
    this.linked = known !== null;
  }

  /**
   * Show the remembered view and begin to remember.
   * @param {Lifetime} life
   */
  begin(life) {
    this.restore();
    life.on(this.map, { movestart: () => this._onMove(), moveend: () => this._onMoveEnd() });
    window.addEventListener("pagehide", () => this.writeLink(), { signal: life.signal });
  }

  /** Show the intended view again, after the frame has changed its size. A frame without room shows no place. */
  restore() {
    const { intended } = this;
    const { x: width, y: height } = this.map.getSize();
    if ("bounds" in intended && !(width && height)) return;
    this.quietly(() => {
      if ("bounds" in intended) {
        this.#frame = intended.frame();
        this.map.fitBounds(intended.bounds, { ...this.#frame, animate: false });
      } else this.map.setView([intended.lat, intended.lon], intended.zoom, { animate: false });
    });
  }

  /**
   * Show a place; it is then intended, until a person moves the map.
   * @param {Fit} fit
   * @param {number} flight Seconds to get there.
   */
  show(fit, flight) {
    this.intended = fit;
    this.moved = false;
    if (!flight) {
      this.restore();
      return;
    }
    this.#frame = fit.frame();
    this.quietly(() => this.map.flyToBounds(fit.bounds, { ...this.#frame, duration: flight }));
    this.flying = true;
  }

  /**
   * Do what moves the map without a person's wish: what is intended stays so.
   * @param {() => void} act
   */
  quietly(act) {
    this.#restoring = true;
    act();
    this.#restoring = false;
  }

  /** Show what is intended again, where a panel has changed what is free of the map. */
  refit() {
    const { intended, moved, flying } = this;
    if (moved || flying || !("bounds" in intended) || isAlike(intended.frame(), this.#frame)) return;
    this.restore();
  }

  /**
   * Write the view into the page's address: when a reader asks for a link, chooses something, or leaves;
   * not at every move. A view that nobody has chosen stays out of it.
   */
  writeLink() {
    if (this.isChosen()) this._link();
  }

  /** @returns {boolean} Whether a reader or a link has chosen the view. */
  isChosen() {
    return this.linked || this.moved || "bounds" in this.intended;
  }

  _onMove() {
    if (!this.#restoring) this.moved = true;
  }

  _onMoveEnd() {
    this.flying = false;
    if (this.moved || "bounds" in this.intended) remember(REMEMBERED, JSON.stringify(this._view()));
  }

  /** @returns {Viewport} */
  _view() {
    const centre = this.map.getCenter().wrap();
    return { lon: centre.lng, lat: centre.lat, zoom: this.map.getZoom() };
  }

  _zooms() {
    return { least: this.map.getMinZoom(), most: this.map.getMaxZoom() };
  }

  /** @returns {Viewport | null} */
  _fromSession() {
    try {
      return checkedView(JSON.parse(recall(REMEMBERED) ?? "null"), this._zooms());
    } catch {
      return null;
    }
  }

  /** @returns {Viewport | null} The view in the page's address, or null if there is none of use. */
  _fromPage() {
    try {
      return readView(new URLSearchParams(window.parent.location.search).get(PARAMETER), this._zooms());
    } catch {
      return null;
    }
  }

  /** Write the view into the page's address; everything else in it stays as it is. */
  _link() {
    this.linked = true;
    const { intended } = this;
    const value = writtenView(this.moved || "bounds" in intended ? this._view() : intended);
    const there = this._fromPage();
    if (there && writtenView(there) === value) return;
    try {
      const page = window.parent;
      const { pathname, search, hash } = page.location;
      const address = `${pathname}?${withParameter(search, PARAMETER, value)}${hash}`;
      page.history.replaceState(page.history.state, "", address);
    } catch {
      // The page is of another origin: it keeps its address.
    }
  }
}

/**
 * @param {L.FitBoundsOptions} one
 * @param {L.FitBoundsOptions} other
 * @returns {boolean} Whether they keep the same edges free, give or take the height of a line.
 */
function isAlike(one, other) {
  const edges = (/** @type {L.FitBoundsOptions} */ options) =>
    [options.paddingTopLeft, options.paddingBottomRight].flatMap((point) =>
      Array.isArray(point) ? point : [],
    );
  const [before, now] = [edges(other), edges(one)];
  return before.length === now.length && now.every((edge, i) => Math.abs(edge - before[i]) < LINE);
}

/**
 * @param {string} search With or without its question mark.
 * @param {string} name
 * @param {string} value
 * @returns {string} The parameters with one of them set, the others as they were written.
 */
export function withParameter(search, name, value) {
  const others = search
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part && part.split("=", 1)[0] !== name);
  return [...others, `${name}=${value}`].join("&");
}

/**
 * @param {string | null} text As in an address.
 * @param {Zooms} zooms
 * @returns {Viewport | null}
 */
export function readView(text, zooms) {
  const parts = (text ?? "").split(",");
  if (parts.length !== 3 || parts.some((part) => !part.trim())) return null;
  const [lon, lat, zoom] = parts.map(Number);
  return checkedView({ lon, lat, zoom }, zooms);
}

/**
 * @param {Viewport | null} view
 * @param {Zooms} zooms What the map can show.
 * @returns {Viewport | null} The view if the map can show it.
 */
export function checkedView(view, { least, most }) {
  if (!view || ![view.lon, view.lat, view.zoom].every(Number.isFinite)) return null;
  if (Math.abs(view.lon) > 180 || Math.abs(view.lat) > MAX_LATITUDE) return null;
  return view.zoom < least || view.zoom > most ? null : view;
}

/**
 * @param {Viewport} view
 * @returns {string} As in an address, without trailing zeros.
 */
export function writtenView({ lon, lat, zoom }) {
  return [lon.toFixed(3), lat.toFixed(3), zoom.toFixed(2)].map(Number).join(",");
}
