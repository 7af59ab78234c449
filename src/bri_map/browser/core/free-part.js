/**
 * What of the map's window no panel covers. Numbers only.
 */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Rect Pixels of the map's window. */
/** @typedef {{width: number, height: number}} Size */

/**
 * @param {Size} size Of the window.
 * @param {Rect[]} covered
 * @returns {Rect[]} The window without what is covered, cut into pieces that do not overlap.
 */
export function uncovered(size, covered) {
  const edges = sorted([0, size.height, ...covered.flatMap(({ top, bottom }) => [top, bottom])]);
  /** @type {Rect[]} */
  const pieces = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [top, bottom] = [edges[i], edges[i + 1]];
    let left = 0;
    const across = covered.filter((rect) => rect.top < bottom && rect.bottom > top);
    for (const rect of across.toSorted((a, b) => a.left - b.left)) {
      if (rect.left > left) pieces.push({ left, top, right: rect.left, bottom });
      left = Math.max(left, rect.right);
    }
    if (left < size.width) pieces.push({ left, top, right: size.width, bottom });
  }
  return pieces;
}

/**
 * Choose where something is shown whole: where it can be shown largest, and of equals in the largest part.
 * @param {Size} size Of the window.
 * @param {Rect[]} covered
 * @param {Size} thing At a scale of 1; it may have no extent.
 * @param {number} room Pixels to keep around it.
 * @param {number} most The greatest scale.
 * @returns {Rect} A rectangle that no panel covers; all of the window if the panels leave nothing.
 */
export function bestPart(size, covered, thing, room, most) {
  let best = { left: 0, top: 0, right: size.width, bottom: size.height };
  let [scale, area] = [0, 0];
  for (const part of freeParts(size, covered)) {
    const width = part.right - part.left;
    const height = part.bottom - part.top;
    const found = Math.min(most, (width - 2 * room) / thing.width, (height - 2 * room) / thing.height);
    if (found < scale || (found === scale && width * height <= area)) continue;
    best = part;
    scale = found;
    area = width * height;
  }
  return best;
}

/**
 * @param {Size} size Of the window.
 * @param {Rect[]} covered
 * @returns {Rect[]} Rectangles that no panel covers and that cannot grow, among others.
 */
function freeParts(size, covered) {
  const xs = sorted([0, size.width, ...covered.flatMap(({ left, right }) => [left, right])]);
  const ys = sorted([0, size.height, ...covered.flatMap(({ top, bottom }) => [top, bottom])]);
  /** @type {Rect[]} */
  const found = [];
  for (const [i, left] of xs.entries())
    for (const right of xs.slice(i + 1))
      for (const [j, top] of ys.entries())
        for (const bottom of ys.slice(j + 1)) {
          const part = { left, top, right, bottom };
          if (!covered.some((rect) => overlap(rect, part))) found.push(part);
        }
  return found;
}

/**
 * @param {Rect} a
 * @param {Rect} b
 * @returns {boolean} Whether they have more than an edge in common.
 */
export function overlap(a, b) {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

/** @param {number[]} values */
function sorted(values) {
  return [...new Set(values)].sort((a, b) => a - b);
}
