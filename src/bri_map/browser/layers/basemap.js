/**
 * The basemap: water, land, coasts and borders.
 */

import * as codec from "../core/codec.js";
import { Surface } from "../core/surface.js";
import { traceArcs, traceBody } from "../core/topology.js";
import { palette } from "../marks/palette.js";

const { COLOURS } = palette;
const FINE_ZOOM = 6;
/** Below this zoom, land is drawn with less care: nobody sees half a pixel of it. */
const FAR_ZOOM = 5;
/** The body of the topology that is all land. */
const LAND = 0;

/**
 * Water, land, coasts and borders; coarse at first and in far views, fine in near ones.
 * Options: `coarse` and `fine`, addresses of the files; `onError`.
 */
const Basemap = Surface.extend({
  options: { pane: "bri-basemap", padding: 0.4 },

  /** @returns {Promise<void>} Settles when the coarse land is there or has failed. */
  load() {
    return this._load("coarse");
  },

  /** Whether land has been drawn once, or never can be. */
  isReady() {
    return Boolean(this.drawn || this.failed);
  },

  async _load(detail) {
    try {
      this[detail] = await codec.loadTopology(this.options[detail]);
      this.redraw();
      this.fire("load", { detail });
    } catch (error) {
      this.failed = true;
      this.options.onError(error);
    }
  },

  /**
   * The territories in the detail that a zoom asks for, or the one that is there; asks for what is missing.
   * @param {number} zoom
   * @returns {import("../core/topology.js").Topology | undefined}
   */
  territories(zoom) {
    if (zoom < FINE_ZOOM) return this.coarse;
    this.asked = this.asked || this._load("fine");
    return this.fine || this.coarse;
  },

  paint(ctx, view) {
    ctx.fillStyle = COLOURS.water;
    ctx.fillRect(0, 0, view.width, view.height);
    const territories = this.territories(view.zoom);
    if (!territories) return;
    ctx.beginPath();
    traceBody(ctx, territories, LAND, view, grainOf(view));
    ctx.fillStyle = COLOURS.land;
    ctx.fill("evenodd");
    this.paintEdges(ctx, view);
    this.drawn = true;
  },

  /** Draw coasts, and borders in a colour. */
  paintEdges(ctx, view, border = COLOURS.border) {
    const territories = this.territories(view.zoom);
    if (!territories) return;
    const isFar = view.zoom < FAR_ZOOM;
    const stroke = (arcs, colour, width) => {
      ctx.beginPath();
      traceArcs(ctx, territories, arcs, view, isFar ? 1.2 : 0.8);
      ctx.lineJoin = "bevel";
      ctx.lineCap = "butt";
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke();
    };
    stroke(territories.coasts, COLOURS.coast, isFar ? 0.7 : 1);
    stroke(territories.borders, border, isFar ? 0.8 : 1.1);
  },
});

/** @param {import("../core/surface.js").View} view @returns {number} Parts of a pixel to which land is drawn. */
function grainOf(view) {
  return view.zoom < FAR_ZOOM ? 4 : 16;
}

export { Basemap, grainOf };
