/**
 * Segments in a plane.
 */

/** @typedef {{west: number, north: number, east: number, south: number}} Frame */

/**
 * @param {number} x
 * @param {number} y
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @returns {number} Distance of a point from the segment from a to b.
 */
export function distanceToSegment(x, y, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const t = square ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/**
 * Whether a segment has a part in a rectangle (Liang and Barsky).
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {Frame} frame
 * @returns {boolean}
 */
export function crosses(ax, ay, bx, by, { west, north, east, south }) {
  const dx = bx - ax;
  const dy = by - ay;
  let [enter, leave] = [0, 1];
  for (const [step, room] of [
    [-dx, ax - west],
    [dx, east - ax],
    [-dy, ay - north],
    [dy, south - ay],
  ]) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) enter = Math.max(enter, room / step);
    else leave = Math.min(leave, room / step);
    if (enter > leave) return false;
  }
  return true;
}
