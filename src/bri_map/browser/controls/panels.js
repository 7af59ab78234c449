/**
 * The panels that lie over the map, its own ones and those of the page around its frame.
 */

/** @import { Rect } from "../core/free-part.js" */
/** @import { Lifetime } from "../core/lifetime.js" */

const OF_MAP =
  ".bri-legend, .bri-buttons, .bri-draw, .bri-years-open, .bri-years-panel, .bri-year-list, .bri-members, .bri-attribution";
const OF_PAGE = ".st-key-map-tools, .st-key-details, .st-key-empty";

export class Panels {
  /**
   * @param {HTMLElement} container The map's element.
   * @param {Lifetime} life
   */
  constructor(container, life) {
    this.container = container;
    this.life = life;
  }

  /**
   * Tell when a panel of the map opens, folds or grows.
   * @param {() => void} onChange
   */
  watch(onChange) {
    const observer = new ResizeObserver(() => onChange());
    for (const panel of this.container.querySelectorAll(OF_MAP)) observer.observe(panel);
    this.life.onEnd(() => observer.disconnect());
  }

  /** @returns {Rect[]} What they cover of the map's window, in its pixels. */
  covered() {
    const own = this.container.getBoundingClientRect();
    const size = { width: own.width, height: own.height };
    /** @type {Rect[]} */
    const found = [];
    /** @param {DOMRect} rect @param {{left: number, top: number}} origin */
    const add = (rect, origin) => {
      const left = Math.max(0, rect.left - origin.left);
      const top = Math.max(0, rect.top - origin.top);
      const right = Math.min(size.width, rect.right - origin.left);
      const bottom = Math.min(size.height, rect.bottom - origin.top);
      if (left < right && top < bottom) found.push({ left, top, right, bottom });
    };
    for (const panel of this.container.querySelectorAll(OF_MAP)) add(panel.getBoundingClientRect(), own);
    const { frame, panels } = ofPage();
    for (const panel of panels) add(panel.getBoundingClientRect(), frame);
    return found;
  }
}

/** @returns {{frame: {left: number, top: number}, panels: Iterable<Element>}} The frame in its page, and panels there. */
function ofPage() {
  const nothing = { frame: { left: 0, top: 0 }, panels: [] };
  try {
    const { frameElement } = window;
    if (!frameElement) return nothing;
    const panels = frameElement.ownerDocument.querySelectorAll(OF_PAGE);
    return { frame: frameElement.getBoundingClientRect(), panels };
  } catch {
    return nothing; // The page is of another origin.
  }
}
