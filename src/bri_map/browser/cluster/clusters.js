/**
 * Clusters: points that lie near each other on the screen, drawn as one mark with their number.
 *
 * Clusters are made of all visible points of all layers at a zoom, wherever the window is, so that panning
 * changes nothing. Every visible point is in exactly one cluster or stands alone: the numbers add up.
 */

import { element } from "../core/dom.js";
import { Surface } from "../core/surface.js";
import { palette } from "../marks/palette.js";
import { layerSwatch } from "../marks/swatches.js";

const TILE = 256;
/** Pixels: points nearer than this to the first of a cluster join it. */
const REACH = 52;
/** Pixels: clusters whose middles are nearer than this become one. */
const APART = 38;
/** Pixels at the closest zoom below which zooming in would not part the members. */
const INSEPARABLE = 24;
const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, Arial, "PingFang SC", sans-serif';

// --- grouping ------------------------------------------------------------------------------------

/**
 * Group places: each joins the nearest group whose first place is within reach, or begins one.
 * @param {Float64Array} x World units, 0 to 1; the world is round.
 * @param {Float64Array} y World units.
 * @param {number} reach World units.
 * @returns {{group: Int32Array, count: number}} Group of each place.
 */
function group(x, y, reach) {
  const size = x.length;
  const columns = Math.max(1, Math.floor(1 / reach));
  const rows = Math.max(1, Math.ceil(1 / reach));
  const buckets = 1 << Math.max(4, Math.ceil(Math.log2(size + 1)));
  const head = new Int32Array(buckets).fill(-1);
  const next = new Int32Array(size);
  const first = new Int32Array(size);
  const found = new Int32Array(size);
  const hash = (column, row) => (Math.imul(column, 73856093) ^ Math.imul(row, 19349663)) & (buckets - 1);
  const square = reach * reach;
  let count = 0;
  for (let i = 0; i < size; i++) {
    const column = Math.min(columns - 1, Math.floor(x[i] * columns));
    const row = Math.max(0, Math.min(rows - 1, Math.floor(y[i] / reach)));
    let best = -1;
    let least = square;
    for (let r = Math.max(0, row - 1); r <= row + 1; r++) {
      for (let shift = -1; shift <= 1; shift++) {
        const c = (column + shift + columns) % columns;
        for (let g = head[hash(c, r)]; g >= 0; g = next[g]) {
          let dx = Math.abs(x[first[g]] - x[i]);
          if (dx > 0.5) dx = 1 - dx;
          const dy = y[first[g]] - y[i];
          const distance = dx * dx + dy * dy;
          if (distance < least) {
            least = distance;
            best = g;
          }
        }
      }
    }
    if (best < 0) {
      best = count++;
      first[best] = i;
      const bucket = hash(column, row);
      next[best] = head[bucket];
      head[bucket] = best;
    }
    found[i] = best;
  }
  return { group: found, count };
}

/** Middles of groups, weighted by the number of members; members beyond the date line count as near. */
function middles(x, y, weight, { group: of, count }) {
  const mx = new Float64Array(count);
  const my = new Float64Array(count);
  const total = new Float64Array(count);
  const start = new Float64Array(count).fill(NaN);
  for (let i = 0; i < of.length; i++) {
    const g = of[i];
    if (Number.isNaN(start[g])) start[g] = x[i];
    mx[g] += weight[i] * (x[i] - Math.round(x[i] - start[g]));
    my[g] += weight[i] * y[i];
    total[g] += weight[i];
  }
  for (let g = 0; g < count; g++) {
    mx[g] = mx[g] / total[g];
    mx[g] -= Math.floor(mx[g]);
    my[g] /= total[g];
  }
  return { x: mx, y: my, total };
}

/** One mark that stands for two or more points: a stretch of the sorted points of a clustering. */
class Cluster {
  /**
   * @param {Points} points Sorted by cluster.
   * @param {number} from First of its points.
   * @param {number} to After the last of them.
   * @param {number} x World units.
   * @param {number} y World units.
   */
  constructor(points, from, to, x, y) {
    Object.assign(this, { points, from, to, x, y });
  }

  get count() {
    return this.to - this.from;
  }

  /** @returns {{layer: briMap.DataLayer, feature: number}[]} */
  get members() {
    const { layers, owner, feature } = this.points;
    this.listed =
      this.listed ||
      Array.from({ length: this.count }, (_, i) => ({
        layer: layers[owner[this.from + i]],
        feature: feature[this.from + i],
      }));
    return this.listed;
  }
}

/**
 * @typedef {object} Points The visible points of layers.
 * @property {briMap.DataLayer[]} layers
 * @property {Uint8Array} owner Number of the layer of each.
 * @property {Uint32Array} feature
 * @property {Float64Array} x World units.
 * @property {Float64Array} y World units.
 */

/**
 * @param {briMap.DataLayer[]} layers
 * @returns {Points}
 */
function visiblePoints(layers) {
  const most = layers.reduce((sum, { data }) => sum + data.pointFeature.length, 0);
  const owner = new Uint8Array(most);
  const feature = new Uint32Array(most);
  const x = new Float64Array(most);
  const y = new Float64Array(most);
  let count = 0;
  layers.forEach(({ data, bits }, at) => {
    const { pointFeature, px, py } = data;
    for (let i = 0; i < pointFeature.length; i++) {
      const one = pointFeature[i];
      if (!((bits[one >> 3] >> (one & 7)) & 1)) continue;
      owner[count] = at;
      feature[count] = one;
      x[count] = px[i];
      y[count++] = py[i];
    }
  });
  const part = (array) => array.subarray(0, count);
  return { layers, owner: part(owner), feature: part(feature), x: part(x), y: part(y) };
}

/**
 * Cluster the visible points of layers.
 * @param {briMap.DataLayer[]} layers
 * @param {number} zoom
 * @returns {{clusters: Cluster[], alone: Map<briMap.DataLayer, Uint8Array>}} Clusters of two or more, and
 *   for each layer the bits of the visible features that are in none.
 */
function cluster(layers, zoom) {
  const shown = layers.filter((layer) => layer.data && layer.bits && layer.data.px.length);
  const points = visiblePoints(shown);
  const size = points.x.length;
  const scale = TILE * 2 ** zoom;
  const near = group(points.x, points.y, REACH / scale);
  const centres = middles(points.x, points.y, new Float64Array(size).fill(1), near);
  const merged = group(centres.x, centres.y, APART / scale);
  const final = middles(centres.x, centres.y, centres.total, merged);

  const start = new Uint32Array(merged.count + 1);
  for (let g = 0; g < merged.count; g++) start[g + 1] = start[g] + final.total[g];
  const next = start.slice();
  const sorted = { layers: shown, owner: new Uint8Array(size), feature: new Uint32Array(size) };
  const bits = shown.map((layer) => layer.bits.slice());
  for (let i = 0; i < size; i++) {
    const g = merged.group[near.group[i]];
    const at = next[g]++;
    const feature = (sorted.feature[at] = points.feature[i]);
    sorted.owner[at] = points.owner[i];
    if (final.total[g] > 1) bits[points.owner[i]][feature >> 3] &= ~(1 << (feature & 7));
  }
  const clusters = [];
  for (let g = 0; g < merged.count; g++) {
    if (final.total[g] > 1)
      clusters.push(new Cluster(sorted, start[g], start[g + 1], final.x[g], final.y[g]));
  }
  return { clusters, alone: new Map(shown.map((layer, at) => [layer, bits[at]])) };
}

/** @param {number} count @returns {number} Pixels. */
function radiusOf(count) {
  return Math.min(30, 12.5 + 4 * Math.log10(count) + (count >= 1000 ? 2 : 0));
}

// --- the surface ---------------------------------------------------------------------------------

/** Options: `layers`. */
const Clusters = Surface.extend({
  options: { pane: "bri-clusters" },
  on: false,

  /** @param {boolean} on */
  setOn(on) {
    if (on === this.on) return;
    this.on = on;
    this.refresh();
  },

  /** Cluster again if need be, and have everything drawn that this changes. */
  refresh() {
    if (!this._map) return;
    this.update(this._map.getZoom());
    this.redraw();
  },

  /**
   * Bring the clusters up to date. Layers ask for this before they draw.
   * @param {number} zoom
   */
  update(zoom) {
    const level = Math.round(zoom);
    const { layers } = this.options;
    const made = [this.on, level, ...layers.map((layer) => layer.bits)];
    if (this.made && made.every((value, i) => value === this.made[i])) return;
    this.made = made;
    const { clusters, alone } = this.on ? cluster(layers, level) : { clusters: [], alone: new Map() };
    this.clusters = clusters;
    for (const layer of layers) {
      layer.alone = alone.get(layer) || null;
      layer.redraw();
    }
    this.redraw();
  },

  isBlank() {
    return !this.on;
  },

  paint(ctx, view) {
    this.update(view.zoom);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    this.eachPlace(view, (x, y, one) => drawCluster(ctx, x, y, one));
  },

  /**
   * @param {View} view
   * @param {(x: number, y: number, cluster: Cluster, radius: number) => void} visit
   */
  eachPlace(view, visit) {
    for (const one of this.drawn()) {
      const radius = radiusOf(one.count) + 4;
      const y = one.y * view.scale - view.y0;
      if (y < -radius || y > view.height + radius) continue;
      for (const copy of view.copies) {
        const x = (one.x + copy) * view.scale - view.x0;
        if (x > -radius && x < view.width + radius) visit(x, y, one, radius);
      }
    }
  },

  /** @returns {Cluster[]} The clusters on the map, wherever the window is. */
  drawn() {
    return (this.on && this.clusters) || [];
  },

  /** @returns {L.Point} Where a cluster is drawn, in pixels of the window; the copy nearest to its middle. */
  pixel(one) {
    const map = this._map;
    const { x } = map.project(map.getCenter(), 0).divideBy(TILE);
    const turn = one.x + Math.round(x - one.x);
    return map.latLngToContainerPoint(map.unproject(L.point(turn, one.y).multiplyBy(TILE), 0));
  },

  /**
   * @param {L.LatLng} latlng
   * @returns {Cluster | null} The cluster at a place.
   */
  hit(latlng) {
    const scale = TILE * 2 ** this._map.getZoom();
    const place = this._map.project(latlng).divideBy(scale);
    let best = null;
    for (const one of this.drawn()) {
      const dx = place.x - one.x;
      const distance = Math.hypot(dx - Math.round(dx), place.y - one.y) * scale;
      if (distance <= radiusOf(one.count) + 2 && (!best || distance < best.distance))
        best = { one, distance };
    }
    return best && best.one;
  },

  /**
   * @param {Cluster} one
   * @returns {{bounds: L.LatLngBounds, apart: boolean}} Where the members lie, and whether zooming in
   *   would part them.
   */
  extent(one) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { layer, feature } of one.members) {
      const point = layer.pointOf(feature);
      const x = layer.data.px[point] - Math.round(layer.data.px[point] - one.x);
      const y = layer.data.py[point];
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    const map = this._map;
    const closest = TILE * 2 ** map.getMaxZoom();
    const wide = Math.max(box[2] - box[0], box[3] - box[1]) * closest;
    const shift = Math.round(map.project(map.getCenter(), 0).x / TILE - one.x);
    const corner = (x, y) => map.unproject(L.point(x + shift, y).multiplyBy(TILE), 0);
    return {
      bounds: L.latLngBounds(corner(box[0], box[3]), corner(box[2], box[1])),
      apart: wide > INSEPARABLE && map.getZoom() < map.getMaxZoom(),
    };
  },

  /** @returns {number} Visible points: all clusters' numbers and those that stand alone. */
  countMarks() {
    this.update(this._map.getZoom());
    const members = this.drawn().reduce((sum, one) => sum + one.count, 0);
    return this.options.layers.reduce((sum, layer) => {
      if (!layer.data || !layer.bits) return sum;
      const bits = layer.alone || layer.bits;
      return (
        sum +
        layer.data.pointFeature.reduce((n, feature) => n + ((bits[feature >> 3] >> (feature & 7)) & 1), 0)
      );
    }, members);
  },
});

/** Number of members in each colour, the most first; counted once for a theme and scheme. */
function sharesOf(one) {
  const key = `${palette.theme},${palette.scheme}`;
  if (one.coloured !== key) {
    const { layers, owner, feature } = one.points;
    const looks = new Map();
    for (let i = one.from; i < one.to; i++) {
      const layer = layers[owner[i]];
      const look = layer._lookKey(feature[i]) * layers.length + owner[i];
      const found = looks.get(look);
      if (found) found.count++;
      else looks.set(look, { colour: palette.mark(layer.id, layer.look(feature[i])), count: 1 });
    }
    const shares = new Map();
    for (const { colour, count } of looks.values()) shares.set(colour, (shares.get(colour) || 0) + count);
    one.coloured = key;
    one.shares = [...shares].sort((a, b) => b[1] - a[1]);
  }
  return one.shares;
}

/** A disc with the number, and around it a ring with the share of each colour. */
function drawCluster(ctx, x, y, one) {
  const { COLOURS } = palette;
  const radius = radiusOf(one.count);
  ctx.beginPath();
  ctx.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
  ctx.fillStyle = COLOURS.paper;
  ctx.fill();
  let angle = -Math.PI / 2;
  ctx.lineWidth = 4;
  for (const [colour, count] of sharesOf(one)) {
    const until = angle + (2 * Math.PI * count) / one.count;
    ctx.beginPath();
    ctx.arc(x, y, radius - 2, angle, until);
    ctx.strokeStyle = colour;
    ctx.stroke();
    angle = until;
  }
  const text = String(one.count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  ctx.font = `600 ${text.length > 4 ? 10 : 11.5}px ${FAMILY}`;
  ctx.fillStyle = COLOURS.name;
  ctx.fillText(text, x, y + 0.5);
}

// --- the list ------------------------------------------------------------------------------------

/** The members of a cluster that no zoom can part, as a list to choose from. */
class ClusterList {
  /**
   * @param {HTMLElement} container The map's element.
   * @param {(key: string, values?: object) => string} text
   * @param {(member: {layer: briMap.DataLayer, feature: number}) => void} onChoose
   */
  constructor(container, text, onChoose) {
    this.container = container;
    this.text = text;
    this.onChoose = onChoose;
    this.root = document.createElement("div");
    this.root.className = "bri-members leaflet-control";
    this.root.setAttribute("role", "dialog");
    this.root.hidden = true;
    L.DomEvent.disableClickPropagation(this.root);
    L.DomEvent.disableScrollPropagation(this.root);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
      container.focus({ preventScroll: true });
    });
    container.append(this.root);
  }

  /**
   * @param {Cluster} one
   * @param {L.Point} at Pixels in the map's window.
   * @param {string} lang
   * @param {(member: object) => string} kindOf
   */
  open(one, at, lang, kindOf) {
    this.shown = { one, at, lang, kindOf };
    this._render();
    const first = this.root.querySelector("button");
    if (first) first.focus({ preventScroll: true });
  }

  /** Write the list again when names have arrived. */
  retell() {
    if (!this.root.hidden) this._render();
  }

  isOpen() {
    return !this.root.hidden;
  }

  close() {
    this.shown = null;
    this.root.hidden = true;
  }

  _render() {
    const { one, at, lang, kindOf } = this.shown;
    const title = this.text("seeing.members", { n: one.members.length });
    const rows = one.members.map((member) => {
      const row = element(
        "button",
        "bri-member",
        layerSwatch(member.layer.id, member.layer.look(member.feature)),
        element(
          "span",
          "bri-member-words",
          element("span", "bri-member-name", member.layer.name(member.feature, lang) ?? "…"),
          element("span", "bri-member-kind", kindOf(member)),
        ),
      );
      row.type = "button";
      row.addEventListener("click", () => {
        this.close();
        this.onChoose(member);
      });
      return row;
    });
    this.root.setAttribute("aria-label", title);
    this.root.replaceChildren(element("div", "bri-members-title", title), ...rows);
    this.root.hidden = false;
    const { clientWidth, clientHeight } = this.container;
    const { offsetWidth, offsetHeight } = this.root;
    const left = Math.max(8, Math.min(at.x - offsetWidth / 2, clientWidth - offsetWidth - 8));
    const below = at.y + 20 + offsetHeight <= clientHeight - 8;
    const top = below ? at.y + 20 : Math.max(8, at.y - 20 - offsetHeight);
    this.root.style.left = `${Math.round(left)}px`;
    this.root.style.top = `${Math.round(top)}px`;
  }
}

export { Clusters, ClusterList, cluster };
