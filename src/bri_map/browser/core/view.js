/**
 * What a canvas shows of the world.
 */

/**
 * @typedef {object} View
 * @property {number} zoom
 * @property {number} scale Pixels a world unit.
 * @property {number} x0 Projected x of the left edge, in pixels.
 * @property {number} y0 Projected y of the upper edge, in pixels.
 * @property {number} width Pixels.
 * @property {number} height Pixels.
 * @property {number[]} copies Copies of the world in view: 0 is the first east of 180 W, 1 the next.
 * @property {number} ratio Device pixels a pixel.
 */

/**
 * @param {number} left World units.
 * @param {number} right World units.
 * @returns {number[]} Copies of the world between two edges.
 */
export function copiesBetween(left, right) {
  const copies = [];
  for (let copy = Math.floor(left); copy <= Math.floor(right); copy++) copies.push(copy);
  return copies;
}

/**
 * @param {Float32Array} box West, north, east, south of one thing after another, in world units.
 * @param {number} i
 * @param {View} view
 * @param {number} copy Copy of the world.
 * @param {number} margin Pixels around the canvas that count as in view.
 * @returns {boolean} Whether box i is in view.
 */
export function inView(box, i, view, copy, margin) {
  const at = 4 * i;
  const left = view.x0 - copy * view.scale;
  return (
    box[at] * view.scale <= left + view.width + margin &&
    box[at + 2] * view.scale >= left - margin &&
    box[at + 1] * view.scale <= view.y0 + view.height + margin &&
    box[at + 3] * view.scale >= view.y0 - margin
  );
}
