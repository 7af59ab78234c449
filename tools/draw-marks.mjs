/**
 * Draws the marks of the map as SVG, with the very modules that draw them on its canvases, for the first picture
 * that the server makes: see src/bri_map/maps/first_picture.py.
 */

import {
  countrySize,
  countrySpacing,
  HALF_HEIGHT,
  HALO,
  SHIFTS,
  WEIGHT,
} from "../src/bri_map/browser/labels/country-style.js";
import { GLYPHS } from "../src/bri_map/browser/marks/glyphs.js";
import { palette } from "../src/bri_map/browser/marks/palette.js";
import { lineStyle } from "../src/bri_map/browser/marks/strokes.js";
import { drawPoint, FONT, pointRadius, pointStyle } from "../src/bri_map/browser/marks/symbols.js";

const ZOOM = 3;
const STATUSES = ["completed", "under-construction", "early-stage", "suspended", "cancelled", "unknown"];
/** The marks by their palette, as the records of the layers have them, with the kinds that look different. */
const MARKS = {
  parks: { symbol: "circle", kinds: Object.keys(palette.COLOURS.parks) },
  sectors: { symbol: "diamond", kinds: [] },
  rail: { symbol: "line", kinds: ["high-speed", "freight-service", "metro"] },
  corridors: { symbol: "band", kinds: ["maritime-route", "air-route"] },
};
const POINTS = ["parks", "sectors"];
const LINES = ["sectors", "rail", "corridors"];
/** Any other kind, or any status. */
const OTHER = "*";
const COLOURS = ["land", "water", "border", "coast", "label", "labelHalo", "paper", "hollow"];

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/** As much of a canvas as a mark of the first view needs; it writes SVG. */
class SvgContext {
  svg = "";
  path = "";
  fillStyle = "";
  strokeStyle = "";
  lineWidth = 1;
  lineCap = "butt";
  font = "";
  /** @type {number[]} */
  dash = [];

  save() {}
  restore() {}

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.path += `L${short(x)} ${short(y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  /** Whole circles only. */
  arc(x, y, r) {
    this.path += `M${short(x - r)} ${short(y)}a${short(r)} ${short(r)} 0 1 0 ${short(2 * r)} 0a${short(r)} ${short(r)} 0 1 0 ${short(-2 * r)} 0`;
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  fill() {
    this.svg += `<path d="${this.path}" fill="${this.fillStyle}"/>`;
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    const cap = this.lineCap === "butt" ? "" : ` stroke-linecap="${this.lineCap}"`;
    this.svg += `<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round"${cap}${dash}/>`;
  }

  fillText(text, x, y) {
    const size = /(\d+)px/.exec(this.font)?.[1];
    this.svg += `<text x="${short(x)}" y="${short(y)}" font-family="Arial, sans-serif" font-weight="bold" font-size="${size}" text-anchor="middle" dominant-baseline="central" fill="${this.fillStyle}">${text}</text>`;
  }
}

/** @param {string} name Of a palette. */
function markOf(name) {
  return { ...MARKS[name], palette: name, has_signs: false };
}

/** @returns {object} Colours, points and lines of one theme. */
function themed(theme) {
  palette.choose(theme, "kind");
  const points = {};
  for (const name of POINTS)
    for (const kind of [...MARKS[name].kinds, OTHER])
      for (const status of STATUSES)
        for (const precision of ["site", "district"]) {
          const context = new SvgContext();
          const look = { kind, status, precision };
          drawPoint(context, pointStyle(markOf(name), look, ZOOM, false), 0, 0);
          points[[name, kind, status, precision === "site" ? "exact" : "rough"].join()] = context.svg;
        }
  const lines = {};
  for (const name of LINES) {
    const isBand = MARKS[name].symbol === "band";
    for (const kind of [...MARKS[name].kinds, OTHER])
      for (const status of isBand ? [OTHER] : STATUSES)
        for (let index = 0; index < (isBand ? palette.COLOURS.corridors.length : 1); index++) {
          const { colour, passes, beads } = lineStyle(markOf(name), { kind, status }, ZOOM, index);
          lines[[name, kind, status, index].join()] = { colour, passes, ...(beads && { beads }) };
        }
  }
  return {
    colours: Object.fromEntries(COLOURS.map((name) => [name, palette.COLOURS[name]])),
    points,
    lines,
  };
}

/** @returns {string} All of it as JSON. */
export function drawMarks() {
  const themes = Object.fromEntries(["light", "dark"].map((theme) => [theme, themed(theme)]));
  palette.choose("light", "kind");
  const marks = {
    zoom: ZOOM,
    hues: palette.COLOURS.corridors.length,
    radius: Object.fromEntries(POINTS.map((name) => [name, pointRadius(markOf(name), ZOOM, false)])),
    glyphs: Object.fromEntries(["wave", "airports"].map((name) => [name, GLYPHS[name]])),
    names: {
      family: FONT,
      weight: WEIGHT,
      halo: HALO,
      shifts: SHIFTS,
      half_height: HALF_HEIGHT,
      sizes: Object.fromEntries([2, 3].map((first) => [first, countrySize(first, ZOOM)])),
      spacing: { capitals: countrySpacing(true), plain: countrySpacing(false) },
    },
    themes,
  };
  return `${JSON.stringify(marks)}\n`;
}
