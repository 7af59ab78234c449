/**
 * Drawing the place of the filter: a rectangle, a polygon, what is near a point, the current view. Without a mouse,
 * the middle of the map takes the place of the pointer.
 */

/** @import { Lifetime } from "../core/lifetime.js" */
/** @import { LonLat } from "../core/projection.js" */
/** @import { Say } from "../core/texts.js" */
/** @import { MapEvent } from "../protocol.js" */
/** @import { PlaceOutline, Sketch } from "./place-outline.js" */

import { isCoarse, NARROW } from "../core/device.js";
import { element, isComposing, isModified, isOnMap } from "../core/dom.js";
import { DrawPanel } from "./draw-panel.js";
import { areaEvent, boxEvent, nearEvent, viewEvent } from "./sent.js";
import { circleShape } from "./shapes.js";

/** @typedef {"rectangle" | "polygon" | "near"} Tool */

const MAX_CORNERS = 100;
/** Pixels within which a click closes a polygon at its first corner. */
const REACH = 12;
/** Pixels below which a drag is none. */
const LEAST = 5;
/** Pixels below which two corners are one, as after a double click. */
const ONE = 2;
/** Milliseconds after a drawing in which a click is still its end. */
const ECHO = 400;

/** @type {(place: L.LatLng) => LonLat} */
const lonLat = ({ lng, lat }) => [lng, lat];

export class Draw extends L.Control {
  /**
   * @param {object} options
   * @param {L.Map} options.map
   * @param {Say} options.text
   * @param {PlaceOutline} options.outline
   * @param {(event: MapEvent) => void} options.onSend
   * @param {Lifetime} options.life
   */
  constructor({ map, text, outline, onSend, life }) {
    super({ position: "topleft" });
    this.map = map;
    this.outline = outline;
    this.onSend = onSend;
    /** @type {Tool | null} */
    this.tool = null;
    /** @type {LonLat[]} */
    this.corners = [];
    /** @type {L.LatLng | null} Where a rectangle begins. */
    this.start = null;
    /** @type {L.LatLng | null} */
    this.pointer = null;
    this.until = 0;
    this.panel = new DrawPanel(text, {
      open: () => this._open(!this.panel.opened),
      choose: (tool) => this._choose(this.tool === tool ? null : tool),
      view: () => this._send(viewEvent(map.getBounds())),
      erase: () => this._erase(),
      finish: () => this._finish(),
      measure: () => {
        this.render();
        this._sketch();
      },
    });
    this.cross = element("div", "bri-cross");
    this.cross.hidden = true;
    this._listen(life);
  }

  /** @override */
  onAdd() {
    this.map.getContainer().append(this.cross);
    this.render();
    return this.panel.root;
  }

  /** @override */
  onRemove() {
    this.cross.remove();
  }

  /** @param {Lifetime} life */
  _listen(life) {
    const { map } = this;
    const container = map.getContainer();
    const { signal } = life;
    container.addEventListener("pointerdown", (event) => this._down(event), { signal });
    container.addEventListener("pointermove", (event) => this._move(event), { signal });
    container.addEventListener("pointerup", (event) => this._up(event), { signal });
    container.addEventListener("pointercancel", () => this._letGo(), { signal });
    document.addEventListener("keydown", (event) => this._key(event), { signal, capture: true });
    life.on(map, {
      click: ({ latlng }) => this._click(latlng),
      dblclick: () => this._finish(),
      move: () => this._sketch(),
      "bri:panel": ({ panel }) => {
        if (panel !== this && map.getSize().x < NARROW) this._open(false);
      },
    });
  }

  // --- what others ask -------------------------------------------------------------------------------

  /** @returns {boolean} Whether a click on the map belongs to the drawing. */
  isActive() {
    return Boolean(this.tool) || performance.now() < this.until;
  }

  /** @returns {boolean} Whether a drag on the map draws. */
  takesDrags() {
    return this.tool === "rectangle";
  }

  /** The page has answered: what was drawn is now the filter's. */
  follow() {
    if (!this.tool) this.outline.draft(null);
    this.render();
  }

  render() {
    const { tool, corners, outline } = this;
    this.panel.render({ tool, corners: corners.length, most: MAX_CORNERS, set: outline.isSet() });
  }

  // --- tools -----------------------------------------------------------------------------------------

  /** @param {boolean} opened */
  _open(opened) {
    this.panel.panel.hidden = !opened;
    if (opened) this.map.fire("bri:panel", { panel: this });
    else this._choose(null);
    this.render();
  }

  /** @param {Tool | null} tool */
  _choose(tool) {
    const { map } = this;
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
    this.outline.draft(null);
    this.render();
    this._sketch();
  }

  /** @param {MapEvent} event */
  _send(event) {
    const { sketch } = this.outline;
    this.until = performance.now() + ECHO;
    this._choose(null);
    // What was drawn stays until the page answers.
    this.outline.draft(sketch && { ...sketch, handles: undefined });
    this.onSend(event);
  }

  /** @param {LonLat} centre */
  _sendNear(centre) {
    if (!this.panel.wrong) this._send(nearEvent(centre, this.panel.km));
  }

  _erase() {
    this._choose(null);
    this.onSend({ event: "place-clear" });
  }

  /** Close the polygon if it has enough corners. */
  _finish() {
    if (this.tool !== "polygon") return;
    const corners = this._distinct();
    if (corners.length < 3) return;
    this.corners = corners;
    this.pointer = null;
    this._sketch();
    this._send(areaEvent(corners));
  }

  /** @returns {LonLat[]} The corners without those that a double click set twice. */
  _distinct() {
    const { corners } = this;
    return corners.filter((corner, i) => {
      const next = corners[(i + 1) % corners.length];
      return corners.length === 1 || this._pixelsBetween(corner, next) > ONE;
    });
  }

  /**
   * @param {LonLat} a
   * @param {LonLat} b
   */
  _pixelsBetween([aLng, aLat], [bLng, bLat]) {
    const a = this.map.latLngToContainerPoint([aLat, aLng]);
    return a.distanceTo(this.map.latLngToContainerPoint([bLat, bLng]));
  }

  // --- pointer ---------------------------------------------------------------------------------------

  /** @param {MouseEvent} event */
  _at(event) {
    return this.map.containerPointToLatLng(this.map.mouseEventToContainerPoint(event));
  }

  /** @param {PointerEvent} event */
  _down(event) {
    if (!this.takesDrags() || !isOnMap(event)) return;
    if (!event.isPrimary) {
      this._letGo();
      return;
    }
    if (event.button) return;
    event.preventDefault();
    this.map.getContainer().setPointerCapture(event.pointerId);
    this.start = this.pointer = this._at(event);
    this._sketch();
  }

  /** @param {PointerEvent} event */
  _move(event) {
    if (!this.tool || !event.isPrimary || (event.pointerType === "touch" && !this.start)) return;
    this.pointer = isOnMap(event) || this.start ? this._at(event) : null;
    this._sketch();
  }

  /** @param {PointerEvent} event */
  _up(event) {
    const from = this.start;
    if (!from || !event.isPrimary) return;
    const { map } = this;
    const to = this._at(event);
    const drag = map.latLngToContainerPoint(from).subtract(map.latLngToContainerPoint(to));
    this.pointer = to;
    if (Math.min(Math.abs(drag.x), Math.abs(drag.y)) < LEAST) {
      this._letGo();
      return;
    }
    this._sketch();
    const [west, east] = [Math.min(from.lng, to.lng), Math.max(from.lng, to.lng)];
    this._send(boxEvent([west, Math.min(from.lat, to.lat), east, Math.max(from.lat, to.lat)]));
  }

  /** Give up a rectangle half drawn; the tool stays. */
  _letGo() {
    this.start = this.pointer = null;
    this._sketch();
  }

  /** @param {L.LatLng} latlng */
  _click(latlng) {
    if (this.tool === "near") {
      this.pointer = latlng;
      this._sketch();
      this._sendNear(lonLat(latlng));
    } else if (this.tool === "polygon") this._addCorner(lonLat(latlng));
  }

  /** @param {LonLat} corner */
  _addCorner(corner) {
    if (this.corners.length > 2 && this._pixelsBetween(corner, this.corners[0]) <= REACH) this._finish();
    else if (this.corners.length < MAX_CORNERS) {
      this.corners.push(corner);
      this.render();
      this._sketch();
    }
  }

  // --- keys ------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  _key(event) {
    if (event.key === "Escape" && this._escape()) event.stopImmediatePropagation();
    if (!this.tool || isModified(event) || isComposing(event)) return;
    const { target } = event;
    const own = target === this.panel.field && event.key === "Enter";
    if (!own && target !== document.body && target !== this.map.getContainer()) return;
    /** @type {Record<string, () => boolean>} */
    const acts = { Enter: () => this._enter(), Backspace: () => this._back(), " ": () => this._space() };
    if (!acts[event.key]?.()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @returns {boolean} Whether there was something to give up. */
  _escape() {
    if (this.tool) this._choose(null);
    else if (this.panel.opened && this.panel.root.contains(document.activeElement)) {
      this._open(false);
      this.panel.opener.focus();
    } else return false;
    return true;
  }

  _enter() {
    if (this.tool === "near") {
      this.pointer = null;
      this._sketch();
      this._sendNear(lonLat(this.map.getCenter()));
    } else this._finish();
    return true;
  }

  _back() {
    if (this.tool !== "polygon") return false;
    this.corners.pop();
    this.render();
    this._sketch();
    return true;
  }

  _space() {
    if (this.tool !== "polygon") return false;
    this.pointer = null;
    this._addCorner(lonLat(this.map.getCenter()));
    return true;
  }

  // --- showing ---------------------------------------------------------------------------------------

  _sketch() {
    this.cross.hidden = !this.tool || this.takesDrags() || Boolean(this.pointer);
    if (this.tool) this.outline.draft(this._drawn(this.tool));
  }

  /**
   * @param {Tool} tool
   * @returns {Sketch | null} What is drawn so far.
   */
  _drawn(tool) {
    const at = lonLat(this.pointer ?? this.map.getCenter());
    if (tool === "near") {
      if (isCoarse() && !this.pointer) return null;
      return { ...circleShape(at, this.panel.km), handles: [at] };
    }
    if (tool === "polygon") {
      const corners = this.pointer ? [...this.corners, at] : this.corners;
      return { corners, closed: corners.length > 2, handles: this.corners };
    }
    if (!this.start || !this.pointer) return null;
    const [a, b] = lonLat(this.start);
    const [c, d] = at;
    return {
      corners: [
        [a, b],
        [c, b],
        [c, d],
        [a, d],
      ],
      closed: true,
    };
  }
}
