/**
 * Territories with shared boundaries, as basemap.py packs them: reading the file, and putting boundaries and
 * outlines into the path of a canvas. World units throughout; see codec.js.
 */

const MAGIC = 0x31545242; // "BRT1"
const HEADER_WORDS = 9;
const COAST = 1;
const BORDER = 2;
/** Pixels around the canvas within which nothing is left out. */
const MARGIN = 2;

/**
 * @typedef {object} Topology
 * @property {string[]} codes ISO 3166-1 alpha-3 of each body, empty where it has none. The first is all land.
 * @property {Uint32Array} firstRing First ring of each body, and the total.
 * @property {Uint32Array} firstUse First use of an arc of each ring, and the total.
 * @property {Int32Array} uses Arcs of the rings, `~i` for arc `i` reversed.
 * @property {Int8Array} shifts Worlds by which each use is moved, so that the arcs of a ring meet.
 * @property {Int8Array} rounds Of each ring: 0, or for one that goes round the world how many worlds lie between
 *   its ends.
 * @property {Uint32Array} start First vertex of each arc, and the total.
 * @property {Float32Array} x
 * @property {Float32Array} y
 * @property {Float32Array} arcBox West, north, east, south of each arc.
 * @property {Float32Array} ringBox The same of each ring.
 * @property {Uint32Array} coasts Numbers of the arcs between land and water.
 * @property {Uint32Array} borders Numbers of the arcs between two countries.
 */

/**
 * @param {ArrayBuffer} buffer
 * @returns {Topology}
 */
export function decodeTopology(buffer) {
  const header = new DataView(buffer);
  const word = (/** @type {number} */ at) => header.getUint32(4 * at, true);
  if (buffer.byteLength < 4 * HEADER_WORDS || word(0) !== MAGIC) throw new Error("not a basemap file");
  const [grid, bodies, rings, uses, arcs, vertices, xBytes] = Array.from({ length: 7 }, (_, i) =>
    word(i + 1),
  );
  let at = 4 * HEADER_WORDS;
  /**
   * @template T
   * @param {{new (buffer: ArrayBuffer, offset: number, length: number): T, BYTES_PER_ELEMENT: number}} Kind
   * @param {number} length Number of elements.
   */
  const take = (Kind, length) => {
    const array = new Kind(buffer, at, length);
    at += length * Kind.BYTES_PER_ELEMENT;
    return array;
  };
  const letters = take(Uint8Array, 4 * bodies);
  const codes = Array.from({ length: bodies }, (_, i) =>
    String.fromCharCode(...letters.subarray(4 * i, 4 * i + 4)).replace(/\0+$/, ""),
  );
  const parts = {
    codes,
    firstRing: take(Uint32Array, bodies + 1),
    firstUse: take(Uint32Array, rings + 1),
    uses: take(Int32Array, uses),
    start: take(Uint32Array, arcs + 1),
  };
  const kinds = take(Uint8Array, arcs);
  const bytes = new Uint8Array(buffer);
  const x = readSteps(bytes, at, vertices, grid);
  const y = readSteps(bytes, at + xBytes, vertices, grid);
  const ofKind = (/** @type {number} */ kind) =>
    Uint32Array.from(kinds.keys()).filter((arc) => kinds[arc] === kind);
  const arcBox = boxes(x, y, parts.start);
  return {
    ...parts,
    x,
    y,
    arcBox,
    coasts: ofKind(COAST),
    borders: ofKind(BORDER),
    ...joinRings(parts, x, arcBox),
  };
}

/**
 * Read coordinates: each a varint, the steps on the grid from the one before.
 * @param {Uint8Array} bytes
 * @param {number} at Where they begin.
 * @param {number} count
 * @param {number} grid Steps a world unit.
 */
function readSteps(bytes, at, count, grid) {
  const values = new Float32Array(count);
  let value = 0;
  for (let i = 0; i < count; i++) {
    let byte = bytes[at++];
    let step = byte & 127;
    for (let shift = 7; byte & 128; shift += 7) {
      byte = bytes[at++];
      step |= (byte & 127) << shift;
    }
    value += (step >>> 1) ^ -(step & 1);
    values[i] = value / grid;
  }
  return values;
}

/**
 * Find by how many worlds each arc of a ring is to be moved so that it begins where the one before ends.
 * @param {Pick<Topology, "firstUse" | "uses" | "start">} parts
 * @param {Float32Array} x
 * @param {Float32Array} arcBox
 */
function joinRings({ firstUse, uses, start }, x, arcBox) {
  const rings = firstUse.length - 1;
  const shifts = new Int8Array(uses.length);
  const rounds = new Int8Array(rings);
  const ringBox = new Float32Array(4 * rings);
  for (let ring = 0; ring < rings; ring++) {
    const [from, to] = [firstUse[ring], firstUse[ring + 1]];
    let [end, west, north, east, south] = [
      x[beginOf(uses[from], start)],
      Infinity,
      Infinity,
      -Infinity,
      -Infinity,
    ];
    const begin = end;
    for (let use = from; use < to; use++) {
      const arc = uses[use] < 0 ? ~uses[use] : uses[use];
      shifts[use] = Math.round(end - x[beginOf(uses[use], start)]);
      end = x[beginOf(~uses[use], start)] + shifts[use];
      west = Math.min(west, arcBox[4 * arc] + shifts[use]);
      north = Math.min(north, arcBox[4 * arc + 1]);
      east = Math.max(east, arcBox[4 * arc + 2] + shifts[use]);
      south = Math.max(south, arcBox[4 * arc + 3]);
    }
    const first = Math.floor(west);
    for (let use = from; use < to; use++) shifts[use] -= first;
    rounds[ring] = Math.round(end - begin);
    if (rounds[ring]) [north, south] = north + south < 1 ? [0, south] : [north, 1];
    ringBox.set([west - first, north, east - first, south], 4 * ring);
  }
  return { shifts, rounds, ringBox };
}

/**
 * Number of the vertex at which an arc begins, in the direction in which it is used.
 * @param {number} use
 * @param {Uint32Array} start
 */
function beginOf(use, start) {
  return use < 0 ? start[~use + 1] - 1 : start[use];
}

/**
 * Boxes around runs of vertices.
 * @param {Float32Array} x
 * @param {Float32Array} y
 * @param {Uint32Array} start
 * @returns {Float32Array} West, north, east, south of each run.
 */
export function boxes(x, y, start) {
  const found = new Float32Array(4 * (start.length - 1));
  for (let run = 0; run + 1 < start.length; run++) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = start[run]; i < start[run + 1]; i++) {
      if (x[i] < west) west = x[i];
      if (x[i] > east) east = x[i];
      if (y[i] < north) north = y[i];
      if (y[i] > south) south = y[i];
    }
    found.set([west, north, east, south], 4 * run);
  }
  return found;
}

/**
 * Copies of the world in which a thing may show that begins in the first world and may run on beyond it.
 * @param {number[]} copies Those in view.
 * @returns {number[]}
 */
function reaching(copies) {
  return copies.length ? [copies[0] - 1, ...copies] : copies;
}

/**
 * On which side of the canvas a box lies wholly, as bits (1 left, 2 above, 4 right, 8 below); 0 if it is in view.
 * @param {Float32Array} box West, north, east, south of one thing after another.
 * @param {number} i
 * @param {import("./view.js").View} view
 * @param {number} dx Pixels by which world x is moved after scaling.
 */
function sides(box, i, view, dx) {
  const at = 4 * i;
  return (
    (box[at + 2] * view.scale + dx < -MARGIN ? 1 : 0) |
    (box[at + 3] * view.scale - view.y0 < -MARGIN ? 2 : 0) |
    (box[at] * view.scale + dx > view.width + MARGIN ? 4 : 0) |
    (box[at + 1] * view.scale - view.y0 > view.height + MARGIN ? 8 : 0)
  );
}

/**
 * Add the outlines of bodies to the current path, to be filled by the even-odd rule. Vertices are rounded to
 * parts of a pixel, and those that then coincide are left out; neighbours share their vertices, so no seam opens
 * between them. Of an arc that lies wholly on one side of the canvas only the ends are taken, which fills the
 * same. Rings stay open, which is the same to a fill: `closePath` takes longer the longer the path is (Chromium).
 *
 * @param {Pick<CanvasPath, "moveTo" | "lineTo">} ctx
 * @param {Topology} topology
 * @param {number} body
 * @param {import("./view.js").View} view
 * @param {number} grain Parts of a pixel.
 */
export function traceBody(ctx, topology, body, view, grain) {
  const { firstRing, ringBox } = topology;
  for (const copy of reaching(view.copies)) {
    const dx = copy * view.scale - view.x0;
    for (let ring = firstRing[body]; ring < firstRing[body + 1]; ring++)
      if (!sides(ringBox, ring, view, dx)) traceRing(ctx, topology, ring, view, dx, grain);
  }
}

/**
 * @param {Pick<CanvasPath, "moveTo" | "lineTo">} ctx
 * @param {Topology} topology
 * @param {number} ring
 * @param {import("./view.js").View} view
 * @param {number} dx Pixels by which world x is moved after scaling.
 * @param {number} grain Parts of a pixel.
 */
function traceRing(ctx, topology, ring, view, dx, grain) {
  const { firstUse, uses, shifts, rounds, start, x, y, arcBox, ringBox } = topology;
  const { scale, y0 } = view;
  let [px, py, begin] = [NaN, NaN, NaN];
  const add = (/** @type {number} */ qx, /** @type {number} */ qy) => {
    if (qx === px && qy === py) return;
    if (Number.isNaN(px)) {
      begin = qx;
      ctx.moveTo(qx, qy);
    } else ctx.lineTo(qx, qy);
    px = qx;
    py = qy;
  };
  for (let use = firstUse[ring]; use < firstUse[ring + 1]; use++) {
    const isReversed = uses[use] < 0;
    const arc = isReversed ? ~uses[use] : uses[use];
    const moved = dx + shifts[use] * scale;
    const last = start[arc + 1] - 1;
    const isAway = sides(arcBox, arc, view, moved) !== 0;
    const step = isAway ? Math.max(last - start[arc], 1) : 1;
    const [from, to] = isReversed ? [last, start[arc]] : [start[arc], last];
    for (let i = from; isReversed ? i >= to : i <= to; i += isReversed ? -step : step)
      add(
        Math.round((x[i] * scale + moved) * grain) / grain,
        Math.round((y[i] * scale - y0) * grain) / grain,
      );
  }
  if (!rounds[ring]) return;
  const edge = Math.round(((ringBox[4 * ring + 1] > 0 ? 1 : 0) * scale - y0) * grain) / grain;
  add(px, edge);
  add(begin, edge);
}

/**
 * Add arcs to the current path, to be stroked, without the vertices and islets that nobody could see.
 * @param {Pick<CanvasPath, "moveTo" | "lineTo">} ctx
 * @param {Topology} topology
 * @param {Uint32Array} arcs
 * @param {import("./view.js").View} view
 * @param {number} least Pixels between vertices that can be told apart.
 */
export function traceArcs(ctx, { start, x, y, arcBox }, arcs, view, least) {
  const { scale, y0 } = view;
  const islet = 1.5 / scale;
  for (const copy of reaching(view.copies)) {
    const dx = copy * scale - view.x0;
    for (const arc of arcs) {
      const at = 4 * arc;
      if (arcBox[at + 2] - arcBox[at] < islet && arcBox[at + 3] - arcBox[at + 1] < islet) continue;
      if (sides(arcBox, arc, view, dx)) continue;
      const last = start[arc + 1] - 1;
      let px = x[start[arc]] * scale + dx;
      let py = y[start[arc]] * scale - y0;
      ctx.moveTo(px, py);
      for (let i = start[arc] + 1; i <= last; i++) {
        const qx = x[i] * scale + dx;
        const qy = y[i] * scale - y0;
        if (i < last && Math.abs(qx - px) < least && Math.abs(qy - py) < least) continue;
        ctx.lineTo(qx, qy);
        px = qx;
        py = qy;
      }
    }
  }
}

/**
 * @param {Topology} topology
 * @param {number} x World units.
 * @param {number} y World units.
 * @returns {string} Code of the country at a place; empty at sea, and in a territory that has none.
 */
export function countryAt(topology, x, y) {
  const { codes, firstRing, ringBox } = topology;
  const wx = x - Math.floor(x);
  for (let body = 1; body < codes.length; body++) {
    let isInside = false;
    for (let ring = firstRing[body]; ring < firstRing[body + 1]; ring++) {
      const at = 4 * ring;
      if (y < ringBox[at + 1] || y > ringBox[at + 3]) continue;
      for (let px = wx; px <= ringBox[at + 2]; px++)
        if (px >= ringBox[at] && isWithin(topology, ring, px, y)) isInside = !isInside;
    }
    if (isInside) return codes[body];
  }
  return "";
}

/**
 * Whether a ray eastward from a place crosses a ring an odd number of times.
 * @param {Topology} topology
 * @param {number} ring
 * @param {number} px World units, beyond 1 where the ring runs on.
 * @param {number} py
 */
function isWithin({ firstUse, uses, shifts, rounds, start, x, y, arcBox, ringBox }, ring, px, py) {
  let isInside = false;
  /** @type {(ax: number, ay: number, bx: number, by: number) => void} */
  const cross = (ax, ay, bx, by) => {
    if (ay > py !== by > py && px < ((ax - bx) * (py - by)) / (ay - by) + bx) isInside = !isInside;
  };
  for (let use = firstUse[ring]; use < firstUse[ring + 1]; use++) {
    const arc = uses[use] < 0 ? ~uses[use] : uses[use];
    const shift = shifts[use];
    if (py < arcBox[4 * arc + 1] || py > arcBox[4 * arc + 3] || px > arcBox[4 * arc + 2] + shift) continue;
    for (let i = start[arc] + 1; i < start[arc + 1]; i++)
      cross(x[i - 1] + shift, y[i - 1], x[i] + shift, y[i]);
  }
  if (rounds[ring]) {
    const edge = ringBox[4 * ring + 1] > 0 ? 1 : 0;
    const first = firstUse[ring];
    const begin = beginOf(uses[first], start);
    for (const turn of [0, rounds[ring]]) {
      const at = x[begin] + shifts[first] + turn;
      cross(at, y[begin], at, edge);
    }
  }
  return isInside;
}
