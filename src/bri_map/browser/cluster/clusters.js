/**
 * Clusters on the map: near points drawn as one mark with their number.
 */

/** @import { View } from "../core/view.js" */
/** @import { DataLayer, Pixel } from "../layers/data-layer.js" */

import { isSet } from "../core/bits.js";
import { TILE, worldScale } from "../core/projection.js";
import { Surface } from "../core/surface.js";
import { cluster } from "./cluster.js";
import { ClusterPainter, radiusOf } from "./cluster-painter.js";

/** Pixels at the closest zoom below which zooming in would not part the members. */
const INSEPARABLE = 24;

/** @typedef {import("./cluster.js").Cluster<DataLayer>} Mark */

export class Clusters extends Surface {
  /** @param {DataLayer[]} layers */
  constructor(layers) {
    super({ pane: "bri-clusters" });
    this.layers = layers;
    this.active = false;
    /** @type {Mark[]} */
    this.clusters = [];
    this.painter = new ClusterPainter();
    /** @type {unknown[]} What the clusters were made of; a layer's bits are never changed, only replaced. */
    this.made = [];
  }

  /** @param {boolean} on */
  setOn(on) {
    if (on === this.active) return;
    this.active = on;
    this.refresh();
  }

  /** Cluster again if need be, and have everything drawn that this changes. */
  refresh() {
    if (!this._map) return;
    this.update(this._map.getZoom());
    this.redraw();
  }

  /**
   * Bring the clusters up to date. Layers ask for this before they draw.
   * @param {number} zoom
   */
  update(zoom) {
    const level = Math.round(zoom);
    const made = [this.active, level, ...this.layers.map((layer) => layer.bits)];
    if (made.length === this.made.length && made.every((value, i) => value === this.made[i])) return;
    this.made = made;
    const { clusters, alone } = this.active
      ? cluster(this.layers, level)
      : { clusters: [], alone: new Map() };
    this.clusters = clusters;
    for (const layer of this.layers) layer.setAlone(alone.get(layer) ?? null);
    this.redraw();
  }

  /** @override */
  isBlank() {
    return !this.active;
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    this.update(view.zoom);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    this.eachPlace(view, (x, y, one) => this.painter.paint(ctx, x, y, one));
  }

  /**
   * @param {View} view
   * @param {(x: number, y: number, one: Mark, radius: number) => void} visit
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
  }

  /** @returns {Mark[]} The clusters on the map, wherever the window is. */
  drawn() {
    return this.active ? this.clusters : [];
  }

  /**
   * @param {Mark} one
   * @returns {Pixel} Where a cluster is drawn, in pixels of the window; the copy nearest to its middle.
   */
  pixel(one) {
    const map = this._map;
    const { x } = map.project(map.getCenter(), 0).divideBy(TILE);
    const turn = one.x + Math.round(x - one.x);
    return map.latLngToContainerPoint(map.unproject(L.point(turn, one.y).multiplyBy(TILE), 0));
  }

  /**
   * @param {L.LatLng} latlng
   * @returns {Mark | null} The cluster at a place.
   */
  hit(latlng) {
    const scale = worldScale(this._map.getZoom());
    const place = this._map.project(latlng).divideBy(scale);
    /** @type {{one: Mark, distance: number} | null} */
    let best = null;
    for (const one of this.drawn()) {
      const dx = place.x - one.x;
      const distance = Math.hypot(dx - Math.round(dx), place.y - one.y) * scale;
      if (distance <= radiusOf(one.count) + 2 && (!best || distance < best.distance))
        best = { one, distance };
    }
    return best?.one ?? null;
  }

  /**
   * @param {Mark} one
   * @returns {{bounds: L.LatLngBounds, apart: boolean}} Where the members lie, and whether zooming in
   *   would part them.
   */
  extent(one) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { layer, feature } of one.members) {
      if (!layer.data) continue;
      const point = layer.pointOf(feature);
      const x = layer.data.px[point] - Math.round(layer.data.px[point] - one.x);
      const y = layer.data.py[point];
      [west, north] = [Math.min(west, x), Math.min(north, y)];
      [east, south] = [Math.max(east, x), Math.max(south, y)];
    }
    const map = this._map;
    const wide = Math.max(east - west, south - north) * worldScale(map.getMaxZoom());
    const shift = Math.round(map.project(map.getCenter(), 0).x / TILE - one.x);
    const corner = (/** @type {number} */ x, /** @type {number} */ y) =>
      map.unproject(L.point(x + shift, y).multiplyBy(TILE), 0);
    return {
      bounds: L.latLngBounds(corner(west, south), corner(east, north)),
      apart: wide > INSEPARABLE && map.getZoom() < map.getMaxZoom(),
    };
  }

  /** @returns {number} Visible points: all clusters' numbers and those that stand alone. */
  countMarks() {
    this.update(this._map.getZoom());
    const members = this.drawn().reduce((sum, one) => sum + one.count, 0);
    return this.layers.reduce((sum, { data, bits, alone }) => {
      if (!data || !bits) return sum;
      const drawn = alone ?? bits;
      return data.pointFeature.reduce((count, feature) => count + Number(isSet(drawn, feature)), sum);
    }, members);
  }
}
