/**
 * Rings around the features that are new between two years, above everything that is drawn of them.
 */

/** @import { View } from "../core/view.js" */
/** @import { DataLayer } from "./data-layer.js" */

import { Surface } from "../core/surface.js";
import { strokeLifted } from "../marks/symbols.js";

const RADIUS = 8.5;

export class Fresh extends Surface {
  /** @type {Map<DataLayer, number[]>} */
  #features = new Map();

  /** @param {string} pane */
  constructor(pane) {
    super({ pane, padding: 0.1 });
  }

  /** @param {Map<DataLayer, number[]>} features New ones by layer. */
  show(features) {
    this.#features = features;
    this.redraw();
  }

  /** @override */
  isBlank() {
    return ![...this.#features.values()].some((features) => features.length);
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    ctx.beginPath();
    for (const [layer, features] of this.#features)
      for (const feature of features) {
        if (!layer.isVisible(feature)) continue;
        const box = layer.boxAround(feature);
        if (!box) continue;
        const [west, north, east, south] = box;
        for (const copy of view.copies) {
          const x = ((west + east) / 2 + copy) * view.scale - view.x0;
          const y = ((north + south) / 2) * view.scale - view.y0;
          ctx.moveTo(x + RADIUS, y);
          ctx.arc(x, y, RADIUS, 0, 2 * Math.PI);
        }
      }
    strokeLifted(ctx, 3, 1.3);
  }
}
