/**
 * Zoom in, zoom out, full screen.
 */

import { element, entitle } from "../core/dom.js";

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
      entitle(button, title);
    }
    this.screen.classList.toggle("bri-on", Boolean(document.fullscreenElement));
    if (this._map) this._limit();
  },
});

export { Buttons };
