/**
 * The basemap: water, land, coasts and borders; coarse at first and in far views, fine in near ones.
 */

/** @import { Reports } from "../core/load.js" */
/** @import { Topology } from "../core/topology.js" */
/** @import { View } from "../core/view.js" */

import { Fetched, loadBinary } from "../core/load.js";
import { Surface } from "../core/surface.js";
import { decodeTopology, traceArcs, traceBody } from "../core/topology.js";
import { palette } from "../marks/palette.js";

const { COLOURS } = palette;
/** From here on the fine file is shown. */
const FINE_ZOOM = 6;
/** Below this zoom, land is drawn with less care: nobody sees half a pixel of it. */
const FAR_ZOOM = 5;
/** The body of the topology that is all land. */
const LAND = 0;
/** Milliseconds after a failure before a file is asked for again. */
export const REST = 5000;

/** @typedef {"coarse" | "fine"} Detail */

export class Basemap extends Surface {
  /**
   * @param {object} options
   * @param {Record<Detail, string>} options.urls Addresses of the files.
   * @param {() => void} options.onTerritories Told when a file has come.
   * @param {Reports} options.reports
   */
  constructor({ urls, onTerritories, reports }) {
    super({ pane: "bri-basemap", padding: 0.4 });
    this.failed = false;
    /** Whether land has been drawn once. */
    this.drawn = false;
    /** @type {Fetched<Detail, Topology>} */
    this.files = new Fetched((detail) => loadBinary(urls[detail], decodeTopology), {
      ...reports,
      rest: REST,
      onValue: () => {
        this.redraw();
        onTerritories();
      },
      onError: (error) => {
        this.failed = true;
        reports.onError(error);
      },
    });
  }

  /** @returns {Promise<unknown>} Settles when the coarse land is there or has failed. */
  load() {
    return this.files.want("coarse");
  }

  /** @returns {boolean} Whether land has been drawn once, or never can be. */
  isReady() {
    return this.drawn || this.failed;
  }

  /** @returns {Topology | undefined} The best that is there. */
  get finest() {
    return this.files.get("fine") ?? this.files.get("coarse");
  }

  /**
   * The territories in the detail that a zoom asks for, or the one that is there; asks for what is missing.
   * @param {number} zoom
   * @returns {Topology | undefined}
   */
  territories(zoom) {
    const near = zoom >= FINE_ZOOM;
    if (near) this.files.want("fine");
    return near ? this.finest : this.files.get("coarse");
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
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
  }

  /**
   * Draw coasts, and borders in a colour.
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   * @param {string} [border]
   */
  paintEdges(ctx, view, border = COLOURS.border) {
    const territories = this.territories(view.zoom);
    if (!territories) return;
    const isFar = view.zoom < FAR_ZOOM;
    /**
     * @param {Uint32Array} arcs
     * @param {string} colour
     * @param {number} width
     */
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
  }
}

/**
 * @param {View} view
 * @returns {number} Parts of a pixel to which land is drawn.
 */
export function grainOf(view) {
  return view.zoom < FAR_ZOOM ? 4 : 16;
}
