/**
 * What surrounds the map: zoom and full-screen buttons, scale bar, attribution, notices, and the memory of
 * the viewport.
 */
(function (briMap) {
  "use strict";

  const { element } = briMap;
  const REMEMBERED = "bri-map.view";
  const PARAMETER = "view";
  const MAX_LATITUDE = 85.06;
  const CREDITS = Object.freeze([
    ["Natural Earth", "https://www.naturalearthdata.com/"],
    ["GeoNames (CC BY 4.0)", "https://www.geonames.org/"],
    ["Leaflet", "https://leafletjs.com/"],
  ]);

  // --- buttons -------------------------------------------------------------------------------------

  /** Zoom in, zoom out, full screen. Options: `text`. */
  const Buttons = L.Control.extend({
    options: { position: "topleft" },

    onAdd(map) {
      this.root = element("div", "bri-buttons leaflet-bar leaflet-control");
      this.zoomIn = this._button("bri-zoom-in", () => map.zoomIn());
      this.zoomOut = this._button("bri-zoom-out", () => map.zoomOut());
      this.screen = this._button("bri-fullscreen", () => this._toggleScreen());
      this.screen.hidden = !document.fullscreenEnabled;
      L.DomEvent.disableClickPropagation(this.root);
      map.on("zoomend zoomlevelschange", this._limit, this);
      this._onScreen = () => this.render();
      document.addEventListener("fullscreenchange", this._onScreen);
      this.render();
      return this.root;
    },

    onRemove(map) {
      map.off("zoomend zoomlevelschange", this._limit, this);
      document.removeEventListener("fullscreenchange", this._onScreen);
    },

    _button(className, act) {
      const button = element("button", className);
      button.type = "button";
      button.addEventListener("click", act);
      this.root.append(button);
      return button;
    },

    _toggleScreen() {
      const change = document.fullscreenElement
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen();
      change.catch(() => {
        this.screen.hidden = true;
      });
    },

    _limit() {
      this.zoomIn.disabled = this._map.getZoom() >= this._map.getMaxZoom();
      this.zoomOut.disabled = this._map.getZoom() <= this._map.getMinZoom();
    },

    render() {
      if (!this.root) return;
      const { text } = this.options;
      const titles = [
        [this.zoomIn, text("map.zoom_in")],
        [this.zoomOut, text("map.zoom_out")],
        [this.screen, text(document.fullscreenElement ? "map.fullscreen_exit" : "map.fullscreen")],
      ];
      for (const [button, title] of titles) {
        button.title = title;
        button.setAttribute("aria-label", title);
      }
      this.screen.classList.toggle("bri-on", Boolean(document.fullscreenElement));
      if (this._map) this._limit();
    },
  });

  // --- attribution ---------------------------------------------------------------------------------

  /**
   * Whose work the basemap is, and that its boundaries imply no opinion. Options: `text`, `parts()`, which
   * says what is drawn: `provider` of an online basemap, `land` and `names` of the built-in one.
   */
  const Attribution = L.Control.extend({
    options: { position: "bottomright" },

    onAdd() {
      this.root = element("div", "bri-attribution leaflet-control");
      L.DomEvent.disableClickPropagation(this.root);
      this.render();
      return this.root;
    },

    render() {
      if (!this.root) return;
      const { text, parts } = this.options;
      const { provider, land, names } = parts();
      const shown = [
        ...(provider ? provider.attribution : []),
        ...CREDITS.filter((_, at) => [land, names, true][at]),
      ];
      const credits = shown.flatMap(([name, address], i) => {
        const link = element("a", "", name);
        Object.assign(link, { href: address, target: "_blank", rel: "noopener noreferrer" });
        return i ? [" · ", link] : [link];
      });
      this.root.replaceChildren(
        element("span", "bri-boundaries", text("map.boundaries")),
        element("span", "bri-credits", `${text("map.attribution")} `, ...credits),
      );
    },
  });

  // --- notices -------------------------------------------------------------------------------------

  /** A line in the map that says which files are missing. */
  class Notices {
    /**
     * @param {HTMLElement} container The map's element.
     * @param {(key: string, values?: object) => string} text
     */
    constructor(container, text) {
      this.text = text;
      this.problems = [];
      this.told = null;
      this.root = element("div", "bri-notices");
      this.root.setAttribute("role", "alert");
      this.root.hidden = true;
      container.append(this.root);
    }

    /** @param {Error & {file?: string}} error */
    add(error) {
      console.error("bri-map:", error);
      this.problems.push(error.file || error.message);
      this.render();
    }

    /**
     * Say something else, or nothing with an empty key.
     * @param {string} key Of the text.
     * @param {() => Object<string, string>} [values] For its placeholders, in the language of the moment.
     */
    tell(key, values = () => ({})) {
      this.told = key ? { key, values } : null;
      this.render();
    }

    render() {
      const lines = [];
      if (this.problems.length) lines.push(this.text("map.load_failed", { file: this.problems.join(", ") }));
      if (this.told) lines.push(this.text(this.told.key, this.told.values()));
      this.root.hidden = !lines.length;
      this.root.replaceChildren(...lines.map((line) => element("div", "", line)));
    }
  }

  // --- memory of the viewport ----------------------------------------------------------------------

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
      try {
        sessionStorage.setItem(REMEMBERED, JSON.stringify(this._view()));
      } catch {
        // Storage is full or forbidden: the view is then not remembered.
      }
    }

    /** @returns {Viewport} */
    _view() {
      const centre = this.map.getCenter().wrap();
      return { lon: centre.lng, lat: centre.lat, zoom: this.map.getZoom() };
    }

    _fromSession() {
      try {
        return this._check(JSON.parse(sessionStorage.getItem(REMEMBERED)));
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

  Object.assign(briMap, { Attribution, Buttons, Notices, ViewMemory });
})((window.briMap = window.briMap || {}));
