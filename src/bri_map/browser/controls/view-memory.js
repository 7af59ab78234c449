/**
 * The memory of the viewport, over reloads of the frame and in the address of the page.
 */

import { recall, remember } from "../core/storage.js";

const REMEMBERED = "bri-map.view";
const PARAMETER = "view";
const MAX_LATITUDE = 85.06;

/** @typedef {{lon: number, lat: number, zoom: number}} Viewport Degrees, and a zoom level. */

/**
 * Keeps the viewport over reloads of the frame (session storage) and in the address of the page, so that
 * a copied link shows the same view.
 */
class ViewMemory {
  /**
   * @param {L.Map} map
   * @param {Viewport} start View of a first visit.
   */
  constructor(map, start) {
    this.map = map;
    /** Whether a person has moved the map; until then the intended view holds, whatever the frame's size. */
    this.moved = false;
    this.intended = this._fromPage() || this._fromSession() || start;
    /** Whether the page's address should carry the view. */
    this.linked = this.intended !== start;
  }

  /** Show the remembered view and begin to remember. */
  begin() {
    this.restore();
    this.map.on("movestart", this._onMove, this);
    this.map.on("moveend", this._onMoveEnd, this);
    window.addEventListener("pagehide", () => this.writeLink());
  }

  /** Show the intended view again, after the frame has changed its size. */
  restore() {
    this.restoring = true;
    if (this.intended.bounds)
      this.map.fitBounds(this.intended.bounds, { ...this.intended.options, animate: false });
    else this.map.setView([this.intended.lat, this.intended.lon], this.intended.zoom, { animate: false });
    this.restoring = false;
  }

  /**
   * Show a place.
   * @param {L.LatLngBounds} bounds
   * @param {L.FitBoundsOptions} options
   */
  show(bounds, options) {
    if (this.moved) {
      this.map.fitBounds(bounds, options);
      return;
    }
    this.intended = { bounds, options };
    this.restore();
    this._remember();
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
    return Boolean(this.linked || this.moved || this.intended.bounds);
  }

  _onMove() {
    if (!this.restoring) this.moved = true;
  }

  _onMoveEnd() {
    if (this.moved) this._remember();
  }

  _remember() {
    remember(REMEMBERED, JSON.stringify(this._view()));
  }

  /** @returns {Viewport} */
  _view() {
    const centre = this.map.getCenter().wrap();
    return { lon: centre.lng, lat: centre.lat, zoom: this.map.getZoom() };
  }

  _fromSession() {
    try {
      return this._check(JSON.parse(recall(REMEMBERED)));
    } catch {
      return null;
    }
  }

  /** The view in the page's address, or null if there is none of use. */
  _fromPage() {
    try {
      const value = new URLSearchParams(window.parent.location.search).get(PARAMETER);
      const parts = (value || "").split(",");
      if (parts.length !== 3 || parts.some((part) => !part.trim())) return null;
      const [lon, lat, zoom] = parts.map(Number);
      return this._check({ lon, lat, zoom });
    } catch {
      return null;
    }
  }

  /** @returns {Viewport | null} The view if the map can show it. */
  _check(view) {
    if (!view || ![view.lon, view.lat, view.zoom].every(Number.isFinite)) return null;
    if (Math.abs(view.lon) > 180 || Math.abs(view.lat) > MAX_LATITUDE) return null;
    if (view.zoom < this.map.getMinZoom() || view.zoom > this.map.getMaxZoom()) return null;
    return view;
  }

  /** Write the view into the page's address; everything else in it stays as it is. */
  _link() {
    this.linked = true;
    const value = written(this.moved || this.intended.bounds ? this._view() : this.intended);
    const there = this._fromPage();
    if (there && written(there) === value) return;
    try {
      const page = window.parent;
      const { pathname, search, hash } = page.location;
      const others = search
        .slice(1)
        .split("&")
        .filter((part) => part && part.split("=", 1)[0] !== PARAMETER);
      const query = [...others, `${PARAMETER}=${value}`].join("&");
      page.history.replaceState(page.history.state, "", `${pathname}?${query}${hash}`);
    } catch {
      // The page is of another origin: it keeps its address.
    }
  }
}

/**
 * @param {Viewport} view
 * @returns {string} As in an address, without trailing zeros.
 */
function written({ lon, lat, zoom }) {
  return [lon.toFixed(3), lat.toFixed(3), zoom.toFixed(1)].map(Number).join(",");
}

export { ViewMemory };
