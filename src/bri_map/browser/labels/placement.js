/**
 * Where names go: boxes that are taken, places beside a point, straight stretches along a line. Nothing here knows
 * about Leaflet or canvases.
 */

/** @import { View } from "../core/view.js" */

import { inView } from "../core/view.js";

/** Pixels between two samples of a line. */
export const STEP = 8;
/** A stretch is straight if its ends are at least this share of its length apart. */
const STRAIGHT = 0.965;
/** Only the best stretches of a line are tried. */
const MAX_STRETCHES = 80;
/** Side of a cell of a room, in pixels. */
const CELL = 64;
/** More cells than a row can have. */
const ROW = 4096;
/** The canvas is this many times as wide as the window. */
const OVERLAP = 1.5;
/** What speaks against a stretch, in pixels of distance from the middle: a bend, and each end outside the window. */
const BEND_COST = 6000;
const OUTSIDE_COST = 2000;
/** Half the side of the boxes along a turned name. */
const HALF_LETTER = 7;

/** @typedef {[west: number, north: number, east: number, south: number]} Box Pixels. */
/** @typedef {[x: number, y: number]} Spot Pixels. */
/** @typedef {{vx: ArrayLike<number>, vy: ArrayLike<number>, partStart: ArrayLike<number>, partBox: Float32Array}} Lines */

/** Boxes that are taken, found by place. */
export class Room {
  /** @type {Map<number, Box[]>} */
  #cells = new Map();

  /**
   * @param {Box} box
   * @param {(cell: number) => boolean | void} visit Returns true to stop.
   * @returns {boolean} Whether it was stopped.
   */
  _each([west, north, east, south], visit) {
    for (let row = Math.floor(north / CELL); row <= Math.floor(south / CELL); row++) {
      for (let column = Math.floor(west / CELL); column <= Math.floor(east / CELL); column++) {
        if (visit(row * ROW + column)) return true;
      }
    }
    return false;
  }

  /**
   * @param {Box} box
   * @returns {boolean}
   */
  isFree(box) {
    return !this._each(box, (cell) => this.#cells.get(cell)?.some((other) => overlap(other, box)));
  }

  /** @param {Box} box */
  take(box) {
    this._each(box, (cell) => {
      const there = this.#cells.get(cell);
      if (there) there.push(box);
      else this.#cells.set(cell, [box]);
    });
  }
}

/**
 * @param {Box} a
 * @param {Box} b
 * @returns {boolean} Whether two boxes share more than an edge.
 */
export function overlap(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

/**
 * @param {View} view
 * @param {number} x World units.
 * @param {number} y World units.
 * @param {number} margin Pixels beyond the canvas at its sides.
 * @returns {Spot[]} Where a place lies on the canvas, once for each copy of the world in view.
 */
export function spotsOf(view, x, y, margin) {
  /** @type {Spot[]} */
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
 * @param {number} x
 * @param {number} y
 * @param {number} width Pixels of the name.
 * @param {number} size Pixels of its letters.
 * @param {boolean} far Whether the name may also stand a little off, where data covers the place.
 * @param {number} [least] Pixels between the place and its name.
 * @returns {Box[]} Boxes for a name: right, left, above, below.
 */
export function boxesBeside(x, y, width, size, far, least = 4) {
  const half = size * 0.58;
  return (far ? [least, least + 8] : [least]).flatMap((gap) => {
    /** @type {Box[]} */
    const boxes = [
      [x + gap, y - half, x + gap + 2 + width, y + half],
      [x - gap - 2 - width, y - half, x - gap, y + half],
      [x - width / 2 - 1, y - gap - 2 * half, x + width / 2 + 1, y - gap],
      [x - width / 2 - 1, y + gap, x + width / 2 + 1, y + gap + 2 * half],
    ];
    return boxes;
  });
}

/**
 * @param {number} x Middle.
 * @param {number} y Middle.
 * @param {number} angle Turn in radians.
 * @param {number} width Pixels of the name.
 * @returns {Box[]} Small boxes along a turned name.
 */
export function boxesAlong(x, y, angle, width) {
  const r = HALF_LETTER;
  const count = Math.max(1, Math.ceil(width / (2 * r)));
  return Array.from({ length: count }, (_, i) => {
    const at = ((i + 0.5) / count - 0.5) * width;
    const [cx, cy] = [x + at * Math.cos(angle), y + at * Math.sin(angle)];
    return [cx - r, cy - r, cx + r, cy + r];
  });
}

/**
 * Find a straight stretch of a line for its name: near the middle of the window, free of other names and,
 * if there is such a stretch, of data. The name reads from left to right.
 * @param {Spot[][]} runs Samples of the line, `STEP` pixels apart.
 * @param {View} view
 * @param {number} width Pixels of the name.
 * @param {number} beside Pixels between the line and the middle of its name.
 * @param {{names: Room, data: Room}} rooms What is taken.
 * @returns {{x: number, y: number, angle: number, boxes: Box[]} | null}
 */
export function findSpot(runs, view, width, beside, { names, data }) {
  const places = stretches(runs, view, width).map(({ x, y, dx, dy }) => {
    const sign = dx < 0 ? -1 : 1;
    const angle = Math.atan2(sign * dy, sign * dx);
    const place = { x: x + beside * Math.sin(angle), y: y - beside * Math.cos(angle), angle };
    return { ...place, boxes: boxesAlong(place.x, place.y, angle, width) };
  });
  const open = places.filter(({ boxes }) => boxes.every((box) => names.isFree(box)));
  return open.find(({ boxes }) => boxes.every((box) => data.isFree(box))) ?? open[0] ?? null;
}

/**
 * @param {Spot[][]} runs
 * @param {View} view
 * @param {number} width Pixels of the name.
 * @returns {{x: number, y: number, dx: number, dy: number, cost: number}[]} Straight stretches of a line, the best first.
 */
export function stretches(runs, view, width) {
  const steps = Math.ceil(width / STEP);
  const margin = 0.5 - 0.5 / OVERLAP;
  const [left, top] = [view.width * margin, view.height * margin];
  const outside = (/** @type {Spot} */ [x, y]) =>
    x < left || y < top || x > view.width - left || y > view.height - top;
  const found = [];
  for (const run of runs) {
    for (let i = 0; i + steps < run.length; i += 3) {
      const [a, b] = [run[i], run[i + steps]];
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const straight = Math.hypot(dx, dy) / (steps * STEP);
      if (straight < STRAIGHT) continue;
      const [x, y] = run[i + (steps >> 1)];
      const far = Math.hypot(x - view.width / 2, y - view.height / 2);
      const ends = (outside(a) ? OUTSIDE_COST : 0) + (outside(b) ? OUTSIDE_COST : 0);
      const cost = far + (1 - straight) * BEND_COST + ends;
      found.push({ x: (x + (a[0] + b[0]) / 2) / 2, y: (y + (a[1] + b[1]) / 2) / 2, dx, dy, cost });
    }
  }
  return found.sort((a, b) => a.cost - b.cost).slice(0, MAX_STRETCHES);
}

/**
 * @param {Lines} data
 * @param {number[]} parts
 * @param {View} view
 * @returns {Spot[][]} Places along parts of lines, `STEP` pixels apart, in runs that stay on the canvas.
 */
export function sampledRuns(data, parts, view) {
  /** @type {Spot[][]} */
  const runs = [];
  for (const copy of view.copies)
    for (const part of parts)
      if (inView(data.partBox, part, view, copy, 0)) samplePart(data, part, copy, view, runs);
  return runs;
}

/**
 * @param {Lines} data
 * @param {number} part
 * @param {number} copy
 * @param {View} view
 * @param {Spot[][]} runs
 */
function samplePart(data, part, copy, view, runs) {
  const dx = copy * view.scale - view.x0;
  /** @type {(i: number) => Spot} */
  const place = (i) => [data.vx[i] * view.scale + dx, data.vy[i] * view.scale - view.y0];
  const last = data.partStart[part + 1] - 1;
  /** @type {Spot[]} */
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

/**
 * Whether a segment lies wholly beyond one edge of the canvas.
 * @param {Spot} a
 * @param {Spot} b
 * @param {View} view
 */
function passesBy([ax, ay], [bx, by], view) {
  return (
    (ax < 0 && bx < 0) ||
    (ay < 0 && by < 0) ||
    (ax > view.width && bx > view.width) ||
    (ay > view.height && by > view.height)
  );
}

/**
 * Shorten a name to a width.
 * @param {string} name
 * @param {number} most Pixels.
 * @param {(text: string) => number} widthOf
 * @returns {string}
 */
export function shortened(name, most, widthOf) {
  if (widthOf(name) <= most) return name;
  const letters = [...name];
  while (letters.length > 1 && widthOf(`${letters.join("").trimEnd()}…`) > most) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
