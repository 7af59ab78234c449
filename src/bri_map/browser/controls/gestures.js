/**
 * Fingers: one scrolls the page past the map, two move the map; in full screen one finger moves it, too.
 */

import { element } from "../core/dom.js";

/** Milliseconds that the hint stays. */
const HINT = 1500;
/** Pixels that a finger moves before the hint shows. */
const SLACK = 10;

class Gestures {
  /**
   * @param {L.Map} map
   * @param {{text: (key: string) => string, drawing: () => boolean}} options `drawing` tells whether a
   *   drag draws.
   */
  constructor(map, { text, drawing }) {
    this.map = map;
    this.text = text;
    this.drawing = drawing;
    const container = map.getContainer();
    this.hint = element("div", "bri-fingers");
    this.hint.setAttribute("aria-hidden", "true");
    this.hint.hidden = true;
    container.append(this.hint);
    container.addEventListener("pointerdown", (event) => this._allow(event), true);
    container.addEventListener("touchstart", (event) => this._onStart(event), { passive: true });
    container.addEventListener("touchmove", (event) => this._onMove(event), { passive: true });
    document.addEventListener("fullscreenchange", () => this._render());
    this._render();
  }

  /** Let Leaflet drag with a mouse and a pen always, with a finger in full screen only. */
  _allow({ pointerType }) {
    const free = (pointerType !== "touch" || this._isFull()) && !this.drawing();
    const { dragging } = this.map;
    if (free !== dragging.enabled()) dragging[free ? "enable" : "disable"]();
  }

  _isFull() {
    return Boolean(document.fullscreenElement);
  }

  _onStart({ touches, target }) {
    const onMap = !(target instanceof Element && target.closest(".leaflet-control, .bri-years"));
    this.from = touches.length === 1 && onMap ? touches[0] : null;
    if (touches.length > 1) this._hide();
  }

  _onMove({ touches }) {
    if (!this.from || touches.length !== 1 || this._isFull() || this.drawing()) return;
    const [{ clientX, clientY }] = touches;
    if (Math.hypot(clientX - this.from.clientX, clientY - this.from.clientY) < SLACK) return;
    this.from = null;
    this.hint.textContent = this.text("map.two_fingers");
    this.hint.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this._hide(), HINT);
  }

  _hide() {
    clearTimeout(this.timer);
    this.hint.hidden = true;
  }

  _render() {
    this.map.getContainer().classList.toggle("bri-full", this._isFull());
  }
}

export { Gestures };
