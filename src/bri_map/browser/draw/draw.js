/**
 * Drawing the place of the filter: a rectangle, a polygon, what is near a point, the current view.
 *
 * Each tool is a small object with the parts that it needs: `cursor`, `begin`, `down`, `move`, `up`,
 * `click`, `key`, `sketch`. Without a mouse, the middle of the map takes the place of the pointer.
 */

import { NARROW, isCoarse } from "../core/device.js";
import { element, entitle } from "../core/dom.js";
import * as geo from "./place.js";
import { icon } from "../marks/icons.js";

const TOOLS = ["rectangle", "polygon", "near"];
const MAX_CORNERS = 100;
const MAX_KM = 20000;
const START_KM = 100;
/** Pixels within which a click closes a polygon at its first corner, or a drag is none. */
const REACH = 12;
const LEAST = 5;
/** Milliseconds after a drawing in which a click is still its end. */
const ECHO = 400;

const tidy = (value) => Math.round(value * 1e4) / 1e4;
const lonLat = ({ lng, lat }) => [lng, lat];

/** Options: `text`, `outline` (a PlaceOutline), `onSend(event)`. */
const Draw = L.Control.extend({
  options: { position: "topleft" },

  initialize(options) {
    L.setOptions(this, options);
    this.tool = null;
    this.km = START_KM;
    this.corners = [];
    this.until = 0;
  },

  onAdd(map) {
    this.root = element("div", "bri-draw leaflet-control");
    this.opener = this._button("place", () => this._open(this.panel.hidden));
    this.panel = element("div", "bri-draw-panel");
    this.panel.hidden = true;
    this.tools = element("div", "bri-draw-tools");
    this.tools.setAttribute("role", "group");
    this.buttons = new Map(
      TOOLS.map((tool) => [tool, this._button(tool, () => this._choose(this.tool === tool ? null : tool))]),
    );
    this.viewer = this._button("view", () => this._sendView());
    this.eraser = this._button("clear", () => this._erase());
    this.tools.append(...this.buttons.values(), this.viewer, this.eraser);
    this.hint = element("p", "bri-draw-hint");
    this.hint.setAttribute("role", "status");
    this.radius = this._radius();
    this.finish = element("button", "bri-draw-finish");
    this.finish.type = "button";
    this.finish.addEventListener("click", () => this._finish());
    this.panel.append(this.tools, this.radius, this.hint, this.finish);
    this.root.append(this.opener, this.panel);
    this.cross = element("div", "bri-cross");
    this.cross.hidden = true;
    map.getContainer().append(this.cross);
    L.DomEvent.disableClickPropagation(this.root);
    L.DomEvent.disableScrollPropagation(this.root);
    this._listen(map);
    this.render();
    return this.root;
  },

  _button(picture, act) {
    const button = element("button", `bri-draw-${picture}`, icon(picture));
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  },

  _radius() {
    this.field = element("input", "");
    Object.assign(this.field, { type: "number", min: 1, max: MAX_KM, step: "any", value: START_KM });
    this.field.inputMode = "decimal";
    this.field.addEventListener("input", () => {
      const km = Number(this.field.value);
      this.wrong = !(km > 0 && km <= MAX_KM);
      this.field.setAttribute("aria-invalid", String(this.wrong));
      if (!this.wrong) this.km = Math.max(0.1, Math.round(km * 10) / 10);
      this.render();
      this._sketch();
    });
    this.before = element("span", "");
    this.after = element("span", "");
    return element("label", "bri-draw-radius", this.before, this.field, this.after);
  },

  _listen(map) {
    const container = map.getContainer();
    container.addEventListener("pointerdown", (event) => this._down(event));
    container.addEventListener("pointermove", (event) => this._move(event));
    container.addEventListener("pointerup", (event) => this._up(event));
    container.addEventListener("pointercancel", () => this._letGo());
    map.on("click", ({ latlng }) => this._click(latlng));
    map.on("dblclick", () => this.tool === "polygon" && this._finish());
    map.on("move", () => this._sketch());
    map.on("bri:panel", ({ panel }) => panel !== this && isNarrow(map) && this._open(false));
    document.addEventListener("keydown", (event) => this._key(event), true);
  },

  // --- what others ask ---------------------------------------------------------------------------

  /** @returns {boolean} Whether a click on the map belongs to the drawing. */
  isActive() {
    return Boolean(this.tool) || performance.now() < this.until;
  },

  /** @returns {boolean} Whether a drag on the map draws. */
  takesDrags() {
    return this.tool === "rectangle";
  },

  /** The page has answered: what was drawn is now the filter's. */
  follow() {
    if (!this.tool) this.options.outline.draft(null);
    this.render();
  },

  // --- tools -------------------------------------------------------------------------------------

  _open(opened) {
    this.panel.hidden = !opened;
    if (opened) this._map.fire("bri:panel", { panel: this });
    else this._choose(null);
    this.render();
  },

  /** @param {string | null} tool */
  _choose(tool) {
    const map = this._map;
    this.tool = tool;
    this.corners = [];
    this.start = null;
    this.pointer = null;
    const container = map.getContainer();
    container.classList.toggle("bri-drawing", Boolean(tool));
    container.classList.toggle("bri-drawing-drag", this.takesDrags());
    map.doubleClickZoom[tool ? "disable" : "enable"]();
    map.boxZoom[tool ? "disable" : "enable"]();
    if (tool) container.focus({ preventScroll: true });
    this.options.outline.draft(null);
    this.render();
    this._sketch();
  },

  _send(event) {
    const { sketch } = this.options.outline;
    this.until = performance.now() + ECHO;
    this._choose(null);
    // What was drawn stays until the page answers.
    this.options.outline.draft(sketch && { ...sketch, handles: undefined });
    this.options.onSend(event);
  },

  _sendBox(west, south, east, north) {
    const whole = east - west >= 360;
    const edge = geo.wrap(east);
    const box = whole
      ? [-180, south, 180, north]
      : [geo.wrap(west), south, edge === -180 ? 180 : edge, north];
    this._send({ event: "bbox", bbox: box.map(tidy) });
  },

  _sendView() {
    const bounds = this._map.getBounds();
    const limit = (lat) => Math.max(-85, Math.min(85, lat));
    this._sendBox(bounds.getWest(), limit(bounds.getSouth()), bounds.getEast(), limit(bounds.getNorth()));
  },

  _sendNear({ lng, lat }) {
    if (this.wrong) return;
    this._send({ event: "near", lon: tidy(geo.wrap(lng)), lat: tidy(lat), km: this.km });
  },

  _erase() {
    this._choose(null);
    this.options.onSend({ event: "place-clear" });
  },

  /** Close the polygon if it has enough corners. */
  _finish() {
    const corners = distinct(this._map, this.corners);
    if (this.tool !== "polygon" || corners.length < 3) return;
    this.corners = corners;
    this.pointer = null;
    this._sketch();
    const area = corners.map(([lon, lat]) => [tidy(geo.wrap(lon)), tidy(lat)]);
    this._send({ event: "area", area });
  },

  // --- pointer -----------------------------------------------------------------------------------

  _onMap(event) {
    return !(event.target instanceof Element && event.target.closest(".leaflet-control, .bri-years"));
  },

  _at(event) {
    return this._map.containerPointToLatLng(this._map.mouseEventToContainerPoint(event));
  },

  _down(event) {
    if (!this.takesDrags() || !this._onMap(event)) return;
    if (!event.isPrimary) {
      this._letGo();
      return;
    }
    if (event.button) return;
    event.preventDefault();
    this._map.getContainer().setPointerCapture(event.pointerId);
    this.start = this.pointer = this._at(event);
    this._sketch();
  },

  _move(event) {
    if (!this.tool || !event.isPrimary || (event.pointerType === "touch" && !this.start)) return;
    this.pointer = this._onMap(event) || this.start ? this._at(event) : null;
    this._sketch();
  },

  _up(event) {
    if (!this.start || !event.isPrimary) return;
    const map = this._map;
    const [from, to] = [this.start, this._at(event)];
    const drag = map.latLngToContainerPoint(from).subtract(map.latLngToContainerPoint(to));
    this.pointer = to;
    if (Math.min(Math.abs(drag.x), Math.abs(drag.y)) < LEAST) {
      this._letGo();
      return;
    }
    this._sketch();
    const [west, east] = [Math.min(from.lng, to.lng), Math.max(from.lng, to.lng)];
    this._sendBox(west, Math.min(from.lat, to.lat), east, Math.max(from.lat, to.lat));
  },

  /** Give up a rectangle half drawn; the tool stays. */
  _letGo() {
    this.start = this.pointer = null;
    this._sketch();
  },

  _click(latlng) {
    if (this.tool === "near") {
      this.pointer = latlng;
      this._sketch();
      this._sendNear(latlng);
    } else if (this.tool === "polygon") this._addCorner(latlng);
  },

  _addCorner(latlng) {
    if (this.corners.length > 2 && this._isFirst(latlng)) this._finish();
    else if (this.corners.length < MAX_CORNERS) {
      this.corners.push(lonLat(latlng));
      this.render();
      this._sketch();
    }
  },

  _isFirst(latlng) {
    const [lng, lat] = this.corners[0];
    const map = this._map;
    return map.latLngToContainerPoint(latlng).distanceTo(map.latLngToContainerPoint({ lng, lat })) <= REACH;
  },

  // --- keys --------------------------------------------------------------------------------------

  _key(event) {
    if (event.key === "Escape" && this._escape()) event.stopImmediatePropagation();
    if (!this.tool || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const own = target === this.field && event.key === "Enter";
    if (!own && target !== document.body && target !== this._map.getContainer()) return;
    const act = { Enter: () => this._enter(), Backspace: () => this._back(), " ": () => this._space() }[
      event.key
    ];
    if (!act || !act()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },

  /** @returns {boolean} Whether there was something to give up. */
  _escape() {
    if (this.tool) this._choose(null);
    else if (!this.panel.hidden && this.root.contains(document.activeElement)) {
      this._open(false);
      this.opener.focus();
    } else return false;
    return true;
  },

  _enter() {
    if (this.tool === "near") {
      this.pointer = null;
      this._sketch();
      this._sendNear(this._map.getCenter());
    } else this._finish();
    return true;
  },

  _back() {
    if (this.tool !== "polygon") return false;
    this.corners.pop();
    this.render();
    this._sketch();
    return true;
  },

  _space() {
    if (this.tool !== "polygon") return false;
    this.pointer = null;
    this._addCorner(this._map.getCenter());
    return true;
  },

  // --- showing -----------------------------------------------------------------------------------

  _sketch() {
    if (!this.tool) {
      this.cross.hidden = true;
      return;
    }
    const { outline } = this.options;
    this.cross.hidden = this.takesDrags() || Boolean(this.pointer);
    const at = lonLat(this.pointer || this._map.getCenter());
    if (this.tool === "near" && isCoarse() && !this.pointer) outline.draft(null);
    else if (this.tool === "near") {
      outline.draft({ corners: geo.circle(at, this.km), closed: true, handles: [at] });
    } else if (this.tool === "polygon") {
      const corners = this.pointer ? [...this.corners, at] : this.corners;
      outline.draft({ corners, closed: corners.length > 2, handles: this.corners });
    } else if (this.start && this.pointer) {
      const { lng: a, lat: b } = this.start;
      const [c, d] = at;
      outline.draft({
        corners: [
          [a, b],
          [c, b],
          [c, d],
          [a, d],
        ],
        closed: true,
      });
    } else outline.draft(null);
  },

  render() {
    if (!this.root) return;
    const { text, outline } = this.options;
    const set = outline.isSet();
    entitle(this.opener, text("map.draw.label"));
    this.opener.setAttribute("aria-expanded", String(!this.panel.hidden));
    this.opener.classList.toggle("bri-on", set);
    this.tools.setAttribute("aria-label", text("map.draw.label"));
    entitle(this.buttons.get("rectangle"), text("map.draw.rectangle"));
    entitle(this.buttons.get("polygon"), text("map.draw.polygon"));
    entitle(this.buttons.get("near"), text("map.draw.near"));
    entitle(this.viewer, text("map.draw.view"));
    entitle(this.eraser, text("map.draw.clear"));
    this.eraser.disabled = !set;
    for (const [tool, button] of this.buttons)
      button.setAttribute("aria-pressed", String(tool === this.tool));
    this.radius.hidden = this.tool !== "near";
    this.before.textContent = text("map.draw.within");
    this.after.textContent = text("map.draw.km");
    this.finish.hidden = this.tool !== "polygon";
    this.finish.disabled = this.corners.length < 3;
    this.finish.textContent = text("map.draw.finish");
    this._say(this._advice());
  },

  _advice() {
    const { text } = this.options;
    if (this.wrong && this.tool === "near") return text("map.draw.wrong_km", { most: MAX_KM });
    if (this.corners.length >= MAX_CORNERS) return text("map.draw.full", { most: MAX_CORNERS });
    const advice = {
      rectangle: [text("map.draw.how_rectangle"), text("map.draw.keys_rectangle")],
      polygon: [text("map.draw.how_polygon"), text("map.draw.keys_polygon")],
      near: [text("map.draw.how_near"), text("map.draw.keys_near")],
    }[this.tool];
    if (!advice) return text("map.draw.how");
    return isCoarse() ? advice[0] : advice.join(" ");
  },

  /** Write the advice only when it changes, so that it is read out once. */
  _say(advice) {
    if (this.hint.textContent !== advice) this.hint.textContent = advice;
  },
});

/** The corners without those that a double click set twice. */
function distinct(map, corners) {
  const pixel = ([lng, lat]) => map.latLngToContainerPoint({ lng, lat });
  return corners.filter((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    return corners.length === 1 || pixel(corner).distanceTo(pixel(next)) > 2;
  });
}

/** Whether there is room for one panel at a time. */
function isNarrow(map) {
  return map.getSize().x < NARROW;
}

export { Draw };
