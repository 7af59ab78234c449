/**
 * Zoom in, zoom out, full screen.
 */

/** @import { Lifetime } from "../core/lifetime.js" */
/** @import { Say } from "../core/texts.js" */

import { button, element, entitle } from "../core/dom.js";

export class Buttons extends L.Control {
  /**
   * @param {object} options
   * @param {L.Map} options.map
   * @param {Say} options.text
   * @param {Lifetime} options.life
   */
  constructor({ map, text, life }) {
    super({ position: "topleft" });
    this.map = map;
    this.text = text;
    this.zoomIn = button("bri-zoom-in", () => map.zoomIn());
    this.zoomOut = button("bri-zoom-out", () => map.zoomOut());
    this.screen = button("bri-fullscreen", () => this._toggleScreen());
    this.screen.hidden = !document.fullscreenEnabled;
    this.root = element(
      "div",
      "bri-buttons leaflet-bar leaflet-control",
      this.zoomIn,
      this.zoomOut,
      this.screen,
    );
    L.DomEvent.disableClickPropagation(this.root);
    const limit = () => this._limit();
    life.on(map, { zoomend: limit, zoomlevelschange: limit });
    document.addEventListener("fullscreenchange", () => this.render(), { signal: life.signal });
  }

  /** @override */
  onAdd() {
    this.render();
    return this.root;
  }

  _toggleScreen() {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
    change.catch(() => {
      this.screen.hidden = true;
    });
  }

  _limit() {
    const { map } = this;
    this.zoomIn.disabled = map.getZoom() >= map.getMaxZoom();
    this.zoomOut.disabled = map.getZoom() <= map.getMinZoom();
  }

  render() {
    const { text } = this;
    const full = Boolean(document.fullscreenElement);
    entitle(this.zoomIn, text("map.zoom_in"));
    entitle(this.zoomOut, text("map.zoom_out"));
    entitle(this.screen, text(full ? "map.fullscreen_exit" : "map.fullscreen"));
    this.screen.classList.toggle("bri-on", full);
    this._limit();
  }
}
