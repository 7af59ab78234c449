/**
 * Names of countries and towns, and of corridors along their bands. Names never lie on each other, and
 * give way to points of data where they can.
 */

import * as codec from "../core/codec.js";
import { inView, Surface } from "../core/surface.js";
import { palette } from "../marks/palette.js";
import * as strokes from "../marks/strokes.js";
import * as symbols from "../marks/symbols.js";

const { COLOURS } = palette;
const FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';
const CORRIDOR_ZOOM = 4;
/** From here on towns are named; before, their names are not even fetched. */
const TOWN_ZOOM = 4;
/** Above this many points in view, names no longer give way to them. */
const MAX_OBSTACLES = 1500;
const STEP = 8;
/** Pixels beyond the canvas from which a name may still reach into it. */
const MAX_NAME = 160;
const STRAIGHT = 0.965;
const MAX_STRETCHES = 80;
/** From here on features are named. */
const FEATURE_ZOOM = 7;
/** More features than this in view are not named. */
const MAX_NAMED = 600;
/** Pixels; longer names of features are cut. */
const MAX_FEATURE_NAME = 190;

/** @typedef {[number, number, number, number]} Box West, north, east, south in pixels. */

/** Boxes that are taken, found by place. */
class Room {
  constructor() {
    this.cells = new Map();
  }

  _each([west, north, east, south], visit) {
    for (let row = Math.floor(north / 64); row <= Math.floor(south / 64); row++) {
      for (let column = Math.floor(west / 64); column <= Math.floor(east / 64); column++) {
        if (visit(row * 4096 + column)) return true;
      }
    }
    return false;
  }

  /** @param {Box} box @returns {boolean} */
  isFree(box) {
    return !this._each(box, (cell) =>
      (this.cells.get(cell) || []).some(
        (other) => other[0] < box[2] && other[2] > box[0] && other[1] < box[3] && other[3] > box[1],
      ),
    );
  }

  /** @param {Box} box */
  take(box) {
    this._each(box, (cell) => {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    });
  }
}

/** Options: `countries` and `towns`, addresses of the names; `layers`, `clusters`, `selected` (gives a hit), `onError`. */
const Labels = Surface.extend({
  options: { pane: "bri-labels" },
  lang: "en",
  /** Whether features are named. */
  named: true,
  /** Whether countries and towns are named; some online basemaps do that themselves. */
  placed: true,

  /** @returns {Promise<void>} Settles when the names of countries are there or have failed. */
  load() {
    return this._load("countries");
  },

  async _load(part) {
    if (this.asked.has(part)) return;
    this.asked.add(part);
    try {
      this[part] = await codec.loadJson(this.options[part]);
    } catch (error) {
      this.failed = true;
      this.options.onError(error);
    }
    this.redraw();
  },

  initialize(options) {
    Surface.prototype.initialize.call(this, options);
    /** Widths of texts in pixels, by font and text. */
    this.widths = new Map();
    /** Files that have been asked for. */
    this.asked = new Set();
  },

  onAdd(map) {
    Surface.prototype.onAdd.call(this, map);
    map.on("bri:names", this.redraw, this);
  },

  onRemove(map) {
    map.off("bri:names", this.redraw, this);
    Surface.prototype.onRemove.call(this, map);
  },

  /** Whether the names of this view have been drawn, or never can be. */
  isReady() {
    const isWhole = this.towns || !this.view || this.view.zoom < TOWN_ZOOM;
    return Boolean(this.failed || (this.painted && isWhole));
  },

  /** @param {string} lang */
  setLanguage(lang) {
    if (lang === this.lang) return;
    this.lang = lang;
    this.redraw();
  },

  /**
   * @param {boolean} named Whether features are named.
   * @param {boolean} placed Whether countries and towns are.
   */
  setParts(named, placed) {
    if (named === this.named && placed === this.placed) return;
    this.named = named;
    this.placed = placed;
    this.redraw();
  },

  isBlank() {
    return !this.countries;
  },

  paint(ctx, view) {
    const names = new Room();
    const data = this._obstacles(view);
    ctx.lineJoin = "round";
    ctx.textBaseline = "middle";
    if (this.placed) this._paintCountries(ctx, view, names, data);
    if (this.named && view.zoom >= CORRIDOR_ZOOM) this._paintCorridors(ctx, view, names, data);
    this.written = [];
    if (this.named && view.zoom >= FEATURE_ZOOM) this._paintFeatures(ctx, view, names, data);
    if (this.placed) this._paintTowns(ctx, view, names, data);
    this.painted = true;
  },

  /** Room taken by points of data. */
  _obstacles(view) {
    const room = new Room();
    for (const layer of this.options.layers) {
      if (!layer.data || !layer.bits || layer._countPoints(view, MAX_OBSTACLES) > MAX_OBSTACLES) continue;
      const r = symbols.pointRadius(layer.id, view.zoom, false);
      layer._eachPoint(view, (x, y) => room.take([x - r, y - r, x + r, y + r]));
    }
    this.options.clusters.eachPlace(view, (x, y, _, r) => room.take([x - r, y - r, x + r, y + r]));
    return room;
  },

  _text(place) {
    return (this.lang === "zh" && place[1]) || place[0];
  },

  _width(ctx, text) {
    const key = ctx.font + (ctx.letterSpacing || "") + text;
    if (!this.widths.has(key)) {
      if (this.widths.size > 20000) this.widths.clear();
      this.widths.set(key, ctx.measureText(text).width);
    }
    return this.widths.get(key);
  },

  _paintCountries(ctx, view, names, data) {
    ctx.textAlign = "center";
    for (const place of this.countries) {
      const [, , x, y, first] = place;
      if (first > view.zoom) break;
      const seen = spots(view, x, y, MAX_NAME);
      if (!seen.length) continue;
      const size = Math.min(
        15,
        (first <= 2 ? 12 : first === 3 ? 11 : 10.5) + Math.max(0, view.zoom - first - 1) * 0.8,
      );
      ctx.font = `600 ${size}px ${FAMILY}`;
      const text = this.lang === "zh" ? this._text(place) : place[0].toUpperCase();
      space(ctx, this.lang === "zh" ? "0.12em" : "0.07em");
      const half = this._width(ctx, text) / 2 + 2;
      for (const [px, py] of seen) {
        const box = (shift) => [px - half, py + shift - size * 0.6, px + half, py + shift + size * 0.6];
        const shifts = [0, -size * 1.3, size * 1.3, -size * 2.4, size * 2.4].filter((shift) =>
          names.isFree(box(shift)),
        );
        if (!shifts.length) continue;
        const shift = shifts.find((one) => data.isFree(box(one))) ?? shifts[0];
        names.take(box(shift));
        write(ctx, text, px, py + shift, COLOURS.label, 3);
      }
    }
    space(ctx, "0px");
  },

  _paintTowns(ctx, view, names, data) {
    if (view.zoom < TOWN_ZOOM) return;
    this._load("towns");
    ctx.textAlign = "left";
    for (const place of this.towns || []) {
      const [, , x, y, first, capital] = place;
      if (first > view.zoom) break;
      const seen = spots(view, x, y, MAX_NAME);
      if (!seen.length) continue;
      const size = capital || view.zoom - first >= 3 ? 11.5 : 11;
      ctx.font = `${capital ? 600 : 400} ${size}px ${FAMILY}`;
      const text = this._text(place);
      const width = this._width(ctx, text);
      for (const [px, py] of seen) {
        const box = candidates(px, py, width, size, capital || view.zoom > first).find(
          (one) => names.isFree(one) && data.isFree(one),
        );
        if (!box) continue;
        names.take(box);
        names.take([px - 3, py - 3, px + 3, py + 3]);
        drawTown(ctx, px, py, capital);
        write(ctx, text, box[0] + 1, (box[1] + box[3]) / 2, COLOURS.label, 2.6);
      }
    }
  },

  /** Name points beside them, the selected one first and then layer by layer from the top. */
  _paintFeatures(ctx, view, names, data) {
    const selected = this.options.selected();
    const wanted = [];
    for (const layer of [...this.options.layers].reverse()) {
      if (!layer.data || !layer.bits || layer._countPoints(view, MAX_NAMED) > MAX_NAMED) continue;
      const r = symbols.pointRadius(layer.id, view.zoom, false);
      layer._eachPoint(view, (x, y, feature) => {
        const chosen = Boolean(selected && selected.layer === layer && selected.feature === feature);
        wanted.push({ layer, feature, x, y, r, chosen });
      });
    }
    if (wanted.length > MAX_NAMED) return;
    wanted.sort((a, b) => Number(b.chosen) - Number(a.chosen));
    ctx.textAlign = "left";
    const size = 11.5;
    for (const { layer, feature, x, y, r, chosen } of wanted) {
      const name = layer.name(feature, this.lang);
      if (!name) continue;
      ctx.font = `${chosen ? 700 : 500} ${size}px ${FAMILY}`;
      const text = this._cut(ctx, name, MAX_FEATURE_NAME);
      const box = candidates(x, y, this._width(ctx, text), size, false, r + (chosen ? 6 : 2)).find(
        (one) => names.isFree(one) && data.isFree(one),
      );
      if (!box) continue;
      names.take(box);
      this.written.push({ layer: layer.id, index: feature, box });
      write(ctx, text, box[0] + 1, (box[1] + box[3]) / 2, COLOURS.name, 3);
    }
  },

  /** Shorten a name to a width. */
  _cut(ctx, name, width) {
    if (this._width(ctx, name) <= width) return name;
    const letters = [...name];
    while (letters.length > 1 && this._width(ctx, `${letters.join("").trimEnd()}…`) > width) letters.pop();
    return `${letters.join("").trimEnd()}…`;
  },

  _paintCorridors(ctx, view, names, data) {
    const layer = this.options.layers.find((one) => one.id === "corridors");
    if (!layer || !layer.data || !layer.bits) return;
    ctx.textAlign = "center";
    ctx.font = `italic 600 ${view.zoom < 6 ? 11.5 : 12.5}px ${FAMILY}`;
    space(ctx, "0.02em");
    for (let feature = 0; feature < layer.data.size; feature++) {
      const text = layer.isVisible(feature) && layer.name(feature, this.lang);
      if (!text) continue;
      const style = strokes.lineStyle(layer.id, layer.look(feature), view.zoom, feature);
      const beside = style.beads ? 13 : 0;
      const spot = findSpot(layer, feature, view, this._width(ctx, text) + 10, beside, [names, data]);
      if (!spot) continue;
      spot.boxes.forEach((box) => names.take(box));
      ctx.save();
      ctx.translate(spot.x, spot.y);
      ctx.rotate(spot.angle);
      write(ctx, text, 0, 0, style.colour, 3.4);
      ctx.restore();
    }
    space(ctx, "0px");
  },
});

/** Letter spacing, where the browser knows it. */
function space(ctx, width) {
  if ("letterSpacing" in ctx) ctx.letterSpacing = width;
}

function write(ctx, text, x, y, colour, halo) {
  ctx.strokeStyle = COLOURS.labelHalo;
  ctx.lineWidth = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

function drawTown(ctx, x, y, capital) {
  ctx.beginPath();
  ctx.arc(x, y, capital ? 2.6 : 1.7, 0, 2 * Math.PI);
  ctx.fillStyle = capital ? COLOURS.paper : COLOURS.label;
  ctx.strokeStyle = capital ? COLOURS.label : COLOURS.labelHalo;
  ctx.lineWidth = capital ? 1.4 : 1;
  ctx.stroke();
  ctx.fill();
}

/** Where a place lies on the canvas, once for each copy of the world in view. */
function spots(view, x, y, margin) {
  const found = [];
  const py = y * view.scale - view.y0;
  if (py < -12 || py > view.height + 12) return found;
  for (const copy of view.copies) {
    const px = (x + copy) * view.scale - view.x0;
    if (px > -margin && px < view.width + margin) found.push([px, py]);
  }
  return found;
}

/**
 * @param {boolean} far Whether the name may also stand a little off, where data covers the town.
 * @param {number} least Pixels between the place and its name.
 * @returns {Box[]} Boxes for a name: right, left, above, below.
 */
function candidates(x, y, width, size, far, least = 4) {
  const half = size * 0.58;
  return (far ? [least, least + 8] : [least]).flatMap((gap) => [
    [x + gap, y - half, x + gap + 2 + width, y + half],
    [x - gap - 2 - width, y - half, x - gap, y + half],
    [x - width / 2 - 1, y - gap - 2 * half, x + width / 2 + 1, y - gap],
    [x - width / 2 - 1, y + gap, x + width / 2 + 1, y + gap + 2 * half],
  ]);
}

/**
 * Find a straight stretch of a line for its name: near the middle of the window, free of other names and,
 * if there is such a stretch, of data.
 * @param {number} width Pixels of the name.
 * @param {number} beside Pixels between the line and the middle of its name.
 * @param {[Room, Room]} rooms Names and data.
 * @returns {{x: number, y: number, angle: number, boxes: Box[]} | null}
 */
function findSpot(layer, feature, view, width, beside, [names, data]) {
  const places = stretches(layer, feature, view, width).map(({ x, y, dx, dy }) => {
    const sign = dx < 0 ? -1 : 1;
    const angle = Math.atan2(sign * dy, sign * dx);
    const place = { x: x + beside * Math.sin(angle), y: y - beside * Math.cos(angle), angle };
    return { ...place, boxes: boxesAlong(place.x, place.y, angle, width) };
  });
  const open = places.filter(({ boxes }) => boxes.every((box) => names.isFree(box)));
  return open.find(({ boxes }) => boxes.every((box) => data.isFree(box))) || open[0] || null;
}

/** Straight stretches of a line, the best first. */
function stretches(layer, feature, view, width) {
  const steps = Math.ceil(width / STEP);
  const edge = [view.width, view.height].map((side) => side * (0.5 - 0.5 / 1.5));
  const outside = ([x, y]) =>
    x < edge[0] || y < edge[1] || x > view.width - edge[0] || y > view.height - edge[1];
  const found = [];
  for (const run of sampledRuns(layer, feature, view)) {
    for (let i = 0; i + steps < run.length; i += 3) {
      const [a, b] = [run[i], run[i + steps]];
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const straight = Math.hypot(dx, dy) / (steps * STEP);
      if (straight < STRAIGHT) continue;
      const [x, y] = run[i + (steps >> 1)];
      const far = Math.hypot(x - view.width / 2, y - view.height / 2);
      const cost = far + (1 - straight) * 6000 + (outside(a) ? 2000 : 0) + (outside(b) ? 2000 : 0);
      found.push({ x: (x + (a[0] + b[0]) / 2) / 2, y: (y + (a[1] + b[1]) / 2) / 2, dx, dy, cost });
    }
  }
  return found.sort((a, b) => a.cost - b.cost).slice(0, MAX_STRETCHES);
}

/** Small boxes along a turned name. */
function boxesAlong(x, y, angle, width) {
  const r = 7;
  const count = Math.max(1, Math.ceil(width / (2 * r)));
  return Array.from({ length: count }, (_, i) => {
    const at = ((i + 0.5) / count - 0.5) * width;
    const [cx, cy] = [x + at * Math.cos(angle), y + at * Math.sin(angle)];
    return [cx - r, cy - r, cx + r, cy + r];
  });
}

/** Places along the lines of a feature, STEP pixels apart, in runs that stay on the canvas. */
function sampledRuns(layer, feature, view) {
  const runs = [];
  for (const copy of view.copies) {
    for (const part of layer.partsOf(feature)) {
      if (inView(layer.data.partBox, part, view, copy, 0)) samplePart(layer.data, part, copy, view, runs);
    }
  }
  return runs;
}

function samplePart(data, part, copy, view, runs) {
  const dx = copy * view.scale - view.x0;
  const place = (i) => [data.vx[i] * view.scale + dx, data.vy[i] * view.scale - view.y0];
  const last = data.partStart[part + 1] - 1;
  let run = [];
  const endRun = () => {
    if (run.length) runs.push(run);
    run = [];
  };
  let rest = 0;
  for (let i = data.partStart[part]; i < last; i++) {
    const [a, b] = [place(i), place(i + 1)];
    if (passesBy(a, b, view)) {
      endRun();
      rest = 0;
      continue;
    }
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    for (; rest < length; rest += STEP) {
      const x = a[0] + (rest / length) * (b[0] - a[0]);
      const y = a[1] + (rest / length) * (b[1] - a[1]);
      if (x > 0 && y > 0 && x < view.width && y < view.height) run.push([x, y]);
      else endRun();
    }
    rest -= length;
  }
  endRun();
}

/** Whether a segment lies wholly beyond one edge of the canvas. */
function passesBy([ax, ay], [bx, by], view) {
  return (
    (ax < 0 && bx < 0) ||
    (ay < 0 && by < 0) ||
    (ax > view.width && bx > view.width) ||
    (ay > view.height && by > view.height)
  );
}

export { Labels };
