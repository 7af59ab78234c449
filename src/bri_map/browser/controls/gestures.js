/**
 * Fingers: one scrolls the page past the map, two move the map; in full screen one finger moves it, too.
 */

/** @import { Lifetime } from "../core/lifetime.js" */
/** @import { Say } from "../core/texts.js" */

import { element, isOnMap } from "../core/dom.js";

/** Milliseconds that the hint stays. */
const HINT = 1500;
/** Pixels that a finger moves before the hint shows. */
const SLACK = 10;

export class Gestures {
  /** @type {Touch | null} Where a single finger began. */
  #from = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {L.Map} map
   * @param {object} options
   * @param {Say} options.text
   * @param {() => boolean} options.drawing Whether a drag draws.
   * @param {Lifetime} options.life
   */
  constructor(map, { text, drawing, life }) {
    this.map = map;
    this.text = text;
    this.drawing = drawing;
    this.life = life;
    const container = map.getContainer();
    this.hint = element("div", "bri-fingers");
    this.hint.setAttribute("aria-hidden", "true");
    this.hint.hidden = true;
    container.append(this.hint);
    life.onEnd(() => this.hint.remove());
    const { signal } = life;
    container.addEventListener("pointerdown", (event) => this._allow(event), { signal, capture: true });
    container.addEventListener("touchstart", (event) => this._onStart(event), { signal, passive: true });
    container.addEventListener("touchmove", (event) => this._onMove(event), { signal, passive: true });
    document.addEventListener("fullscreenchange", () => this._render(), { signal });
    this._render();
  }

  /**
   * Let Leaflet drag with a mouse and a pen always, with a finger in full screen only.
   * @param {PointerEvent} event
   */
  _allow({ pointerType }) {
    const free = (pointerType !== "touch" || isFull()) && !this.drawing();
    const { dragging } = this.map;
    if (free !== dragging.enabled()) dragging[free ? "enable" : "disable"]();
  }

  /** @param {TouchEvent} event */
  _onStart(event) {
    const { touches } = event;
    this.#from = touches.length === 1 && isOnMap(event) ? touches[0] : null;
    if (touches.length > 1) this._hide();
  }

  /** @param {TouchEvent} event */
  _onMove({ touches }) {
    if (!this.#from || touches.length !== 1 || isFull() || this.drawing()) return;
    const [{ clientX, clientY }] = touches;
    if (Math.hypot(clientX - this.#from.clientX, clientY - this.#from.clientY) < SLACK) return;
    this.#from = null;
    this.hint.textContent = this.text("map.two_fingers");
    this.hint.hidden = false;
    this.life.cancel(this.#timer);
    this.#timer = this.life.after(HINT, () => this._hide());
  }

  _hide() {
    this.life.cancel(this.#timer);
    this.hint.hidden = true;
  }

  _render() {
    this.map.getContainer().classList.toggle("bri-full", isFull());
  }
}

function isFull() {
  return Boolean(document.fullscreenElement);
}
