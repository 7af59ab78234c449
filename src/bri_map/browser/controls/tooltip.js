/**
 * Name, kind and status of a feature beside the pointer; all of it text, never markup.
 */

import { element } from "../core/dom.js";

const GAP = 14;
const EDGE = 4;

export class Tooltip {
  /** @param {HTMLElement} container The map's element. */
  constructor(container) {
    this.container = container;
    this.root = element("div", "bri-tooltip");
    this.root.setAttribute("role", "tooltip");
    this.root.hidden = true;
    container.append(this.root);
  }

  /**
   * @param {string[]} lines The first is the name.
   * @param {{x: number, y: number}} at Pixels in the map's window.
   */
  show(lines, at) {
    this.root.replaceChildren(
      ...lines.map((text, i) => {
        const line = element("div", i ? "bri-tooltip-fact" : "bri-tooltip-name", text);
        line.dir = "auto";
        return line;
      }),
    );
    this.root.hidden = false;
    this._place(at);
  }

  hide() {
    this.root.hidden = true;
  }

  remove() {
    this.root.remove();
  }

  /** @returns {string | null} */
  text() {
    return this.root.hidden ? null : [...this.root.children].map((line) => line.textContent).join("\n");
  }

  /**
   * Beside the pointer, on the side where there is room.
   * @param {{x: number, y: number}} at
   */
  _place(at) {
    const { offsetWidth, offsetHeight } = this.root;
    const { clientWidth, clientHeight } = this.container;
    const left = beside(at.x, offsetWidth, clientWidth);
    const top = beside(at.y, offsetHeight, clientHeight);
    this.root.style.transform = `translate(${left}px, ${top}px)`;
  }
}

/**
 * @param {number} at Of the pointer.
 * @param {number} size Of the tooltip.
 * @param {number} room Of the window.
 * @returns {number} Where the tooltip begins: behind the pointer, before it where there is no room, never outside.
 */
export function beside(at, size, room) {
  const after = at + GAP + size <= room - EDGE;
  return Math.round(after ? at + GAP : Math.max(EDGE, at - GAP - size));
}
