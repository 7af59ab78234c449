/**
 * How a cluster looks: a disc with the number, and around it a ring with the share of each colour.
 */

/** @import { Mark } from "./clusters.js" */

import { formatCount } from "../core/numbers.js";
import { palette } from "../marks/palette.js";
import { FONT } from "../marks/symbols.js";

/** @typedef {[colour: string, count: number]} Share */

/**
 * @param {number} count
 * @returns {number} Pixels.
 */
export function radiusOf(count) {
  return Math.min(30, 12.5 + 4 * Math.log10(count) + (count >= 1000 ? 2 : 0));
}

export class ClusterPainter {
  /** @type {WeakMap<Mark, Share[]>} Shares in the colours of the moment. */
  #shares = new WeakMap();
  #colours = "";

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} x
   * @param {number} y
   * @param {Mark} one
   */
  paint(ctx, x, y, one) {
    const { COLOURS } = palette;
    const radius = radiusOf(one.count);
    ctx.beginPath();
    ctx.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
    ctx.fillStyle = COLOURS.paper;
    ctx.fill();
    let angle = -Math.PI / 2;
    ctx.lineWidth = 4;
    for (const [colour, count] of this._sharesOf(one)) {
      const until = angle + (2 * Math.PI * count) / one.count;
      ctx.beginPath();
      ctx.arc(x, y, radius - 2, angle, until);
      ctx.strokeStyle = colour;
      ctx.stroke();
      angle = until;
    }
    const text = formatCount(one.count);
    ctx.font = `600 ${text.length > 4 ? 10 : 11.5}px ${FONT}`;
    ctx.fillStyle = COLOURS.name;
    ctx.fillText(text, x, y + 0.5);
  }

  /**
   * @param {Mark} one
   * @returns {Share[]} Number of members in each colour, the most first; counted once for a theme and scheme.
   */
  _sharesOf(one) {
    const colours = `${palette.theme},${palette.scheme}`;
    if (colours !== this.#colours) this.#shares = new WeakMap();
    this.#colours = colours;
    const known = this.#shares.get(one) ?? countShares(one);
    this.#shares.set(one, known);
    return known;
  }
}

/**
 * @param {Mark} one
 * @returns {Share[]}
 */
function countShares(one) {
  const { layers, owner, feature } = one.points;
  /** @type {Map<number, {colour: string, count: number}>} */
  const looks = new Map();
  for (let i = one.from; i < one.to; i++) {
    const layer = layers[owner[i]];
    const key = layer.lookKey(feature[i]) * layers.length + owner[i];
    const found = looks.get(key);
    if (found) found.count++;
    else looks.set(key, { colour: palette.mark(layer.spec, layer.look(feature[i])), count: 1 });
  }
  /** @type {Map<string, number>} */
  const shares = new Map();
  for (const { colour, count } of looks.values()) shares.set(colour, (shares.get(colour) ?? 0) + count);
  return [...shares].sort((a, b) => b[1] - a[1]);
}
