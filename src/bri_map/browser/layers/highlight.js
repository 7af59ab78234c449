/**
 * The hovered and the selected feature, drawn again and stronger: lines below the names and points, points above
 * everything.
 */

/** @import { View } from "../core/view.js" */
/** @import { Hit } from "./hits.js" */

import { Surface } from "../core/surface.js";
import { drawRing } from "../marks/symbols.js";
import { isSame } from "./hits.js";

/** How far a feature that the filter hides is to be seen. */
const PALE = 0.4;
/** Pixels from its middle to its ring. */
const REACH = 12;
const BROKEN = [4, 4];

/** One canvas of the highlight: its lines or its points. */
class Overlay extends Surface {
  /**
   * @param {string} pane
   * @param {Highlight} highlight
   * @param {"linePainter" | "pointPainter"} painter
   */
  constructor(pane, highlight, painter) {
    super({ pane, padding: 0.1 });
    this.highlight = highlight;
    this.painter = painter;
  }

  /** @override */
  isBlank() {
    const { hovered, selected } = this.highlight;
    return !canDraw(hovered) && !selected;
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    const { hovered, selected } = this.highlight;
    if (hovered && canDraw(hovered) && !isSame(hovered, selected))
      hovered.layer[this.painter].paintStrong(ctx, view, hovered.feature, false);
    if (!selected) return;
    if (canDraw(selected)) selected.layer[this.painter].paintStrong(ctx, view, selected.feature, true);
    else this._paintShadow(ctx, view, selected);
  }

  /**
   * A chosen feature that the filter hides: pale, a point in a broken ring.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {Hit} hit
   */
  _paintShadow(ctx, view, { layer, feature }) {
    ctx.save();
    ctx.globalAlpha = PALE;
    layer[this.painter].paintStrong(ctx, view, feature, false);
    ctx.restore();
    const point = this.painter === "pointPainter" ? layer.pointOf(feature) : -1;
    if (!layer.data || point < 0) return;
    for (const copy of view.copies) {
      const x = (layer.data.px[point] + copy) * view.scale - view.x0;
      drawRing(ctx, x, layer.data.py[point] * view.scale - view.y0, REACH, BROKEN);
    }
  }
}

export class Highlight {
  /**
   * @param {L.Map} map
   * @param {string} linePane
   * @param {string} pointPane
   */
  constructor(map, linePane, pointPane) {
    /** @type {Hit | null} */
    this.hovered = null;
    /** @type {Hit | null} */
    this.selected = null;
    this.surfaces = [
      new Overlay(linePane, this, "linePainter").addTo(map),
      new Overlay(pointPane, this, "pointPainter").addTo(map),
    ];
  }

  /** @param {Hit | null} hit */
  hover(hit) {
    if (isSame(hit, this.hovered)) return;
    this.hovered = hit;
    this.redraw();
  }

  /** @param {Hit | null} hit */
  select(hit) {
    if (isSame(hit, this.selected)) return;
    this.selected = hit;
    this.redraw();
  }

  redraw() {
    for (const surface of this.surfaces) surface.redraw();
  }

  remove() {
    for (const surface of this.surfaces) surface.remove();
  }
}

/** @param {Hit | null} hit */
function canDraw(hit) {
  return Boolean(hit?.layer.isVisible(hit.feature));
}
