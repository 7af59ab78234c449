/**
 * How features look: colours, point marks, sector glyphs, line styles. Nothing here knows about Leaflet.
 *
 * Status and precision are never told by colour alone: status by a mark inside or beside a point and by
 * the dash of a line, precision by filled or hollow.
 */
(function (briMap) {
  "use strict";

  const COLOURS = Object.freeze({
    land: "#F4F1EA",
    water: "#DCE7EE",
    border: "#B9B2A5",
    coast: "#A9BAC6",
    label: "#6B665C",
    slate: "#3D4957",
    rail: "#8B1E3F",
    railLight: "#B05A74",
    stopped: "#8A8A8A",
    unknown: "#7A7A7A",
    ink: "#111111",
  });

  const PARK_COLOURS = Object.freeze({
    "processing-manufacturing": "#0072B2",
    agricultural: "#009E73",
    comprehensive: "#CC79A7",
    "commerce-logistics": "#E69F00",
    "resource-utilization": "#D55E00",
    "technology-rd": "#56B4E9",
  });

  /** One muted hue for each corridor, in the order of the table; after Tol's palettes. */
  const CORRIDOR_COLOURS = Object.freeze([
    "#332288",
    "#117733",
    "#BB5566",
    "#0E7C86",
    "#882255",
    "#8A7A1F",
    "#3366AA",
    "#AA4499",
    "#B3631A",
    "#5B4A8A",
    "#4F7F2A",
    "#A33B3B",
    "#2F6F8F",
  ]);

  const HOLLOW = new Set(["district", "country"]);
  const STOPPED = new Set(["suspended", "cancelled"]);
  const STATUS_MARKS = Object.freeze({
    "under-construction": "dot",
    "early-stage": "ring",
    suspended: "slash",
    cancelled: "cross",
    unknown: "question",
  });
  const GLYPH_ZOOM = 6;
  const DOUBLE_LINE_ZOOM = 5;

  // --- glyphs --------------------------------------------------------------------------------------

  /** Drawings in a box of 12 by 12 units: `fill` by the even-odd rule, `stroke` with a line of 1.4. */
  const GLYPHS = Object.freeze({
    railway: {
      fill:
        "M3 1.2h6a1.2 1.2 0 0 1 1.2 1.2v5A1.6 1.6 0 0 1 8.6 9H3.4a1.6 1.6 0 0 1-1.6-1.6v-5A1.2 1.2 0 0 1 3 1.2z" +
        "M3.2 2.7v2.5h5.6V2.7zM3.4 9.6h1.5L3.6 11.4H2zM8.6 9.6H7.1l1.3 1.8H10z",
    },
    "roads-bridges": {
      fill: "M4.2.8h3.6l3.2 10.4H1zM5.5 2v2h1V2zM5.4 5.2v2.2h1.2V5.2zM5.3 8.7v2.5h1.4V8.7z",
    },
    ports: {
      stroke:
        "M6 3.4v7.2M3.7 5.1h4.6M1.6 6.9c.3 2.4 2.1 3.8 4.4 3.8s4.1-1.4 4.4-3.8M6 1a1.2 1.2 0 1 0 .01 0z",
    },
    airports: {
      fill:
        "M6 .5c.7 0 1 .8 1 1.7v2.1l4.4 2.8v1.5L7 7.3v2.1l1.5 1.1v1.1L6 11l-2.5.6v-1.1L5 9.4V7.3L.6 8.6V7.1L5 4.3V2.2" +
        "C5 1.3 5.3.5 6 .5z",
    },
    "energy-utilities": { fill: "M7.6.3 2 7h3.1L4.2 11.7 10 4.8H6.7z" },
    "construction-commercial": {
      fill: "M2.3 11.2V.8h7.4v10.4H7.1V8.7H4.9v2.5zM4 2.4v1.4h1.4V2.4zM6.6 2.4v1.4H8V2.4zM4 5.3v1.4h1.4V5.3zM6.6 5.3v1.4H8V5.3z",
    },
    "construction-industrial": { fill: "M.8 11.2V5.6l3-2v2l3-2v2l1-.7V.8h2.6v10.4z" },
    ict: { stroke: "M3.5 6.9a3.6 3.6 0 0 1 5 0M1.4 4.5a6.5 6.5 0 0 1 9.2 0M6 9.1a.5.5 0 1 0 .01 0z" },
    health: { fill: "M4.5 1.2h3v3.3h3.3v3H7.5v3.3h-3V7.5H1.2v-3h3.3z" },
    "education-culture": {
      fill: "M.7 2.2c1.8-.6 3.6-.4 4.8.6v7.6c-1.2-1-3-1.2-4.8-.6zM11.3 2.2c-1.8-.6-3.6-.4-4.8.6v7.6c1.2-1 3-1.2 4.8-.6z",
    },
    agriculture: {
      fill: "M5.3 11.4V7.8C2.4 7.8.7 5.9.7 2.9c3 0 4.8 1.5 5.1 3.8C6.1 3.8 8 1.8 11.3 1.8c0 3.5-1.8 5.7-4.6 6v3.6z",
    },
    logistics: {
      fill: "M.6 2.6h6.2v5.9H.6zM7.4 4.3h2l2 2.2v2H7.4zM3 8.1a1.5 1.5 0 1 0 .01 0zM9.1 8.1a1.5 1.5 0 1 0 .01 0z",
      rule: "nonzero",
    },
    water: { fill: "M6 .5c2.1 2.9 3.8 4.8 3.8 6.9a3.8 3.8 0 0 1-7.6 0C2.2 5.3 3.9 3.4 6 .5z" },
    wave: { stroke: "M.4 6.6q1.4-3 2.8 0t2.8 0 2.8 0 2.8 0" },
  });
  const paths = new Map();

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {string} name
   * @param {number} x Centre.
   * @param {number} y Centre.
   * @param {number} size Side of the box in pixels.
   * @param {string} colour
   * @param {number} [angle] Turn in radians.
   */
  function drawGlyph(ctx, name, x, y, size, colour, angle = 0) {
    const glyph = GLYPHS[name];
    if (!glyph) return;
    if (!paths.has(name)) paths.set(name, new Path2D(glyph.fill || glyph.stroke));
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(angle);
    ctx.scale(size / 12, size / 12);
    ctx.translate(-6, -6);
    if (glyph.fill) {
      ctx.fillStyle = colour;
      ctx.fill(paths.get(name), glyph.rule || "evenodd");
    } else {
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.5;
      ctx.lineCap = ctx.lineJoin = "round";
      ctx.stroke(paths.get(name));
    }
    ctx.restore();
  }

  // --- points --------------------------------------------------------------------------------------

  /**
   * @typedef {object} PointStyle
   * @property {string} key Same for styles that look the same.
   * @property {"circle" | "diamond"} shape
   * @property {number} radius Pixels; of a diamond, half its diagonal.
   * @property {string} colour
   * @property {boolean} hollow Whether the position is known only roughly.
   * @property {string} mark Mark of the status, or empty.
   * @property {string} glyph Glyph inside, or empty.
   */

  /**
   * @typedef {object} Look What of a feature decides how it looks, as codes.
   * @property {string} kind
   * @property {string} status
   * @property {string} precision
   */

  /**
   * @param {string} layer
   * @param {string} kind
   * @returns {string} Colour of a point.
   */
  function pointColour(layer, kind) {
    if (layer === "parks") return PARK_COLOURS[kind] || COLOURS.unknown;
    return layer === "rail" ? COLOURS.rail : COLOURS.slate;
  }

  /**
   * @param {string} layer
   * @param {number} zoom
   * @param {boolean} crowded
   * @returns {number} Radius in pixels.
   */
  function pointRadius(layer, zoom, crowded) {
    if (crowded) return 3.2;
    const step = zoom < 4 ? 0 : zoom < GLYPH_ZOOM ? 1 : zoom < 9 ? 2 : 3;
    return layer === "parks" ? [5, 6, 7.5, 8.5][step] : [5.5, 7, 11, 12][step];
  }

  /**
   * @param {string} layer
   * @param {Look} look
   * @param {number} zoom
   * @param {boolean} crowded Whether there is no room for marks.
   * @returns {PointStyle}
   */
  function pointStyle(layer, look, zoom, crowded) {
    const shape = layer === "parks" ? "circle" : "diamond";
    const radius = pointRadius(layer, zoom, crowded);
    const colour = pointColour(layer, look.kind);
    const hollow = !crowded && HOLLOW.has(look.precision);
    const mark = crowded ? "" : STATUS_MARKS[look.status] || "";
    const glyph = !crowded && shape === "diamond" && zoom >= GLYPH_ZOOM && GLYPHS[look.kind] ? look.kind : "";
    return {
      key: [shape, radius, colour, hollow, mark, glyph].join(),
      shape,
      radius,
      colour,
      hollow,
      mark,
      glyph,
    };
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {PointStyle} style
   * @param {number} x
   * @param {number} y
   */
  function outline(ctx, style, x, y, grow = 0) {
    const r = style.radius + grow;
    ctx.beginPath();
    if (style.shape === "circle") ctx.arc(x, y, r, 0, 2 * Math.PI);
    else {
      ctx.moveTo(x, y - r);
      ctx.lineTo(x + r, y);
      ctx.lineTo(x, y + r);
      ctx.lineTo(x - r, y);
      ctx.closePath();
    }
  }

  /**
   * Draw a point.
   * @param {CanvasRenderingContext2D} ctx
   * @param {PointStyle} style
   * @param {number} x
   * @param {number} y
   */
  function drawPoint(ctx, style, x, y) {
    ctx.save();
    ctx.lineJoin = "round";
    if (style.mark === "ring" && !style.glyph) drawHalo(ctx, style, x, y);
    if (style.hollow) {
      outline(ctx, style, x, y, 0.4);
      ctx.fillStyle = "rgba(255,255,255,0.85)";
      ctx.fill();
      ctx.strokeStyle = style.colour;
      ctx.lineWidth = 1.8;
      ctx.setLineDash(style.radius > 9 ? [3.4, 2.2] : [2.9, 1.9]);
      ctx.stroke();
      ctx.setLineDash([]);
    } else {
      outline(ctx, style, x, y, 0.9);
      ctx.fillStyle = "#FFF";
      ctx.fill();
      outline(ctx, style, x, y);
      ctx.fillStyle = style.colour;
      ctx.fill();
    }
    const ink = style.hollow ? style.colour : "#FFF";
    if (style.glyph) {
      drawGlyph(ctx, style.glyph, x, y, style.radius, ink);
      if (style.mark) drawBadge(ctx, style, x, y);
    } else if (style.mark) {
      drawMark(ctx, style.mark, x, y, style.radius * (style.shape === "circle" ? 1 : 0.82), ink);
    }
    ctx.restore();
  }

  /** The ring around a point at an early stage. */
  function drawHalo(ctx, style, x, y) {
    outline(ctx, style, x, y, style.shape === "circle" ? 3 : 3.8);
    ctx.fillStyle = "rgba(255,255,255,0.75)";
    ctx.fill();
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = 1.3;
    ctx.stroke();
  }

  /** A mark of status on a point of radius r. */
  function drawMark(ctx, mark, x, y, r, ink) {
    if (mark === "dot") {
      ctx.beginPath();
      ctx.arc(x, y, r * 0.42, 0, 2 * Math.PI);
      ctx.fillStyle = ink;
      ctx.fill();
    } else if (mark === "question") {
      ctx.font = `bold ${Math.round(r * 1.75)}px Arial, sans-serif`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = ink;
      ctx.fillText("?", x, y + r * 0.1);
    } else if (mark === "slash" || mark === "cross") {
      const reach = r * (mark === "slash" ? 1.05 : 0.85);
      ctx.beginPath();
      ctx.moveTo(x - reach, y + reach);
      ctx.lineTo(x + reach, y - reach);
      if (mark === "cross") {
        ctx.moveTo(x - reach, y - reach);
        ctx.lineTo(x + reach, y + reach);
      }
      ctx.lineCap = "round";
      ctx.strokeStyle = "#FFF";
      ctx.lineWidth = 3.6;
      ctx.stroke();
      ctx.strokeStyle = COLOURS.ink;
      ctx.lineWidth = 1.6;
      ctx.stroke();
    }
  }

  /** The mark of status beside a point whose inside is taken by a glyph. */
  function drawBadge(ctx, style, x, y) {
    const r = 5;
    const at = style.radius * 0.66;
    ctx.beginPath();
    ctx.arc(x + at, y - at, r, 0, 2 * Math.PI);
    ctx.fillStyle = "#FFF";
    ctx.fill();
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = 1.2;
    ctx.stroke();
    if (style.mark === "ring") {
      ctx.beginPath();
      ctx.arc(x + at, y - at, 2, 0, 2 * Math.PI);
      ctx.stroke();
    } else drawMark(ctx, style.mark, x + at, y - at, r * (style.mark === "dot" ? 1.1 : 0.75), style.colour);
  }

  /**
   * Keeps drawn points as small canvases; copying one is far quicker than drawing it.
   */
  class Sprites {
    /** @param {number} ratio Device pixels a pixel. */
    constructor(ratio) {
      this.ratio = ratio;
      this.known = new Map();
    }

    /**
     * @param {PointStyle} style
     * @returns {{canvas: HTMLCanvasElement, side: number}} The drawing and its side in pixels.
     */
    get(style) {
      let sprite = this.known.get(style.key);
      if (!sprite) {
        const side = 2 * Math.ceil(style.radius + (style.mark || style.hollow ? 7 : 2));
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = Math.ceil(side * this.ratio);
        const ctx = canvas.getContext("2d");
        ctx.scale(canvas.width / side, canvas.width / side);
        drawPoint(ctx, style, side / 2, side / 2);
        sprite = { canvas, side };
        this.known.set(style.key, sprite);
      }
      return sprite;
    }
  }

  // --- lines ---------------------------------------------------------------------------------------

  /**
   * @typedef {object} Pass One stroke along a line.
   * @property {string} colour
   * @property {number} width Pixels.
   * @property {number[]} [dash]
   * @property {CanvasLineCap} [cap]
   * @property {number} [alpha]
   */

  /**
   * @typedef {object} LineStyle
   * @property {string} key Same for lines that can be stroked together.
   * @property {number} width Pixels over all.
   * @property {string} colour
   * @property {Pass[]} passes From the bottom to the top.
   * @property {{name: string, every: number, size: number}} [beads] Glyphs along the line.
   */

  const DASHES = Object.freeze({
    completed: undefined,
    "under-construction": [7, 5],
    "early-stage": [0.1, 5],
    suspended: [7, 5],
    cancelled: [0.1, 5],
    unknown: [11, 4, 2, 4],
  });

  /**
   * @param {string} layer
   * @param {Look} look
   * @param {number} zoom
   * @param {number} index Of the feature; decides the hue of a corridor.
   * @returns {LineStyle}
   */
  function lineStyle(layer, look, zoom, index) {
    if (layer === "corridors") return corridorStyle(look, zoom, index);
    return layer === "rail" ? railStyle(look, zoom) : projectLineStyle(look, zoom);
  }

  function corridorStyle(look, zoom, index) {
    const colour = CORRIDOR_COLOURS[index % CORRIDOR_COLOURS.length];
    const key = `corridor,${index}`;
    if (look.kind === "maritime-route") {
      const passes = [{ colour, width: 2.2, dash: [9, 5], alpha: 0.6, cap: "butt" }];
      return { key, colour, width: 6, passes, beads: { name: "wave", every: 170, size: 13 } };
    }
    if (look.kind === "air-route") {
      const passes = [{ colour, width: 1.6, dash: [3, 5], alpha: 0.65, cap: "butt" }];
      return { key, colour, width: 6, passes, beads: { name: "airports", every: 220, size: 13 } };
    }
    const width = zoom < 4 ? 10 : zoom < 7 ? 12 : 14;
    const passes = [
      { colour, width, alpha: 0.25, cap: "round" },
      { colour, width: 1, alpha: 0.35, cap: "round" },
    ];
    return { key, colour, width, passes };
  }

  function railStyle(look, zoom) {
    const stopped = STOPPED.has(look.status);
    const grow = zoom < 4 ? 0.65 : zoom < 5 ? 0.8 : 1;
    const colour = stopped
      ? COLOURS.stopped
      : look.kind === "freight-service"
        ? COLOURS.railLight
        : COLOURS.rail;
    const dash = DASHES[look.status];
    const cap = dash && dash[0] < 1 ? "round" : "butt";
    const key = `rail,${look.kind},${look.status}`;
    if (look.kind === "high-speed") {
      const double = zoom >= DOUBLE_LINE_ZOOM && cap === "butt";
      const width = double ? 5 : 3.4 * grow;
      const passes = [casing(width), { colour, width, dash, cap }];
      if (double) passes.push({ colour: "#FFF", width: 1.8, dash, cap });
      return { key, colour, width, passes };
    }
    if (look.kind === "freight-service") {
      const passes = [
        casing(1.5),
        { colour, width: 1.5, dash, cap },
        { colour, width: 4, dash: [0.1, 30], cap: "round" },
      ];
      return { key, colour, width: 4, passes };
    }
    const width = (look.kind === "metro" ? 1.7 : 2.5) * grow;
    return { key, colour, width, passes: [casing(width), { colour, width, dash, cap }] };
  }

  function projectLineStyle(look, zoom) {
    const colour = STOPPED.has(look.status) ? COLOURS.stopped : COLOURS.slate;
    const dash = DASHES[look.status];
    const cap = dash && dash[0] < 1 ? "round" : "butt";
    const width = zoom < 5 ? 1.3 : 1.8;
    return {
      key: `project,${look.status}`,
      colour,
      width,
      passes: [casing(width), { colour, width, dash, cap }],
    };
  }

  /** A pale line underneath, which lifts a thin line off bands and borders. */
  function casing(width) {
    return { colour: "#FFF", width: width + 2, alpha: 0.7, cap: "butt" };
  }

  /**
   * Stroke the current path.
   * @param {CanvasRenderingContext2D} ctx
   * @param {Pass[]} passes
   */
  function strokePasses(ctx, passes) {
    ctx.lineJoin = "round";
    for (const pass of passes) {
      ctx.globalAlpha = pass.alpha ?? 1;
      ctx.strokeStyle = pass.colour;
      ctx.lineWidth = pass.width;
      ctx.lineCap = pass.cap ?? "butt";
      ctx.setLineDash(pass.dash ?? []);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  briMap.symbols = {
    COLOURS,
    CORRIDOR_COLOURS,
    GLYPHS,
    GLYPH_ZOOM,
    HOLLOW,
    PARK_COLOURS,
    STATUS_MARKS,
    Sprites,
    drawGlyph,
    drawPoint,
    lineStyle,
    pointColour,
    pointRadius,
    pointStyle,
    strokePasses,
  };
})((window.briMap = window.briMap || {}));
