/**
 * What the pointer and the keyboard's marks do: hovering, tooltips, clicks, clusters that open; and hovering told to
 * and by the page.
 */

/** @import { Atlas } from "../map.js" */
/** @import { Mark } from "../cluster/clusters.js" */
/** @import { Pixel } from "../layers/data-layer.js" */
/** @import { Hit } from "../layers/hits.js" */
/** @import { Stop } from "./stops.js" */

import { ClusterList } from "../cluster/cluster-list.js";
import { wantsStillness } from "../core/device.js";
import { isOnMap } from "../core/dom.js";
import { isDragging } from "../core/leaflet-private.js";
import { findHit, isSame } from "../layers/hits.js";
import { HOLLOW } from "../marks/symbols.js";

/** Name of the event by which the page is told what is under the pointer. */
const HOVER_EVENT = "bri-map:hover";
/** Pixels around the members of a cluster that is opened. */
const CLUSTER_ROOM = 140;

export class Pointer {
  /** @type {L.LeafletMouseEvent | null} Where the pointer was last. */
  #last = null;
  #looking = false;
  /** Whether a finger points. */
  #touch = false;
  /** @type {{hit: Hit, at: Pixel} | null} What the tooltip tells. */
  #told = null;
  /** @type {Hit | null} What the page was told. */
  #announced = null;

  /** @param {Atlas} atlas */
  constructor(atlas) {
    const { map, life, text } = atlas;
    this.atlas = atlas;
    this.list = new ClusterList(map.getContainer(), {
      text,
      nameOf: (member) => this.describe(member)[0],
      kindOf: (member) => this.describe(member)[1],
      onChoose: (member) => this.select(member),
    });
    life.onEnd(() => this.list.remove());
    const { signal } = life;
    const container = map.getContainer();
    container.addEventListener(
      "pointerdown",
      ({ pointerType }) => {
        this.#touch = pointerType === "touch";
      },
      { signal, capture: true },
    );
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.clear(), { signal });
    const leave = () => this.hover(null);
    const begin = () => {
      leave();
      this.list.close();
    };
    life.on(map, {
      mousemove: (event) => this._onMove(event),
      mouseout: leave,
      movestart: begin,
      zoomstart: begin,
      click: (event) => this._onClick(event),
    });
  }

  // --- hovering --------------------------------------------------------------------------------------

  /**
   * Look under the pointer, once a frame at most.
   * @param {L.LeafletMouseEvent} event
   */
  _onMove(event) {
    this.#last = event;
    if (this.#looking || this.#touch) return;
    this.#looking = true;
    this.atlas.life.frame(() => {
      this.#looking = false;
      if (this.#last) this._look(this.#last);
    });
  }

  /** @param {L.LeafletMouseEvent} event */
  _look({ latlng, containerPoint, originalEvent }) {
    const { map, layers, draw, clusters, displayControl } = this.atlas;
    if (isDragging(map)) return;
    const free = isOnMap(originalEvent) && !draw.isActive();
    const one = free ? clusters.hit(latlng) : null;
    if (one) {
      this.tell(one, containerPoint);
      return;
    }
    this.hover(free ? findHit(map, layers, latlng, false) : null, containerPoint);
    if (free && !this.#told) displayControl.tellCountry(latlng, containerPoint);
  }

  /**
   * @param {Hit | null} hit
   * @param {Pixel} [at] Where to tell of it, if anywhere.
   */
  hover(hit, at) {
    const { highlight, map, tooltip } = this.atlas;
    highlight.hover(hit);
    this._announce(hit);
    map.getContainer().classList.toggle("bri-pointing", Boolean(hit));
    this.#told = hit && at ? { hit, at } : null;
    if (hit && at) tooltip.show(this.describe(hit), at);
    else tooltip.hide();
  }

  /** Write again what is told, as when names have arrived. */
  retell() {
    if (this.#told) this.atlas.tooltip.show(this.describe(this.#told.hit), this.#told.at);
    this.list.render();
  }

  /**
   * Make a mark stronger because the page asks for it, without a tooltip.
   * @param {string} id Of the layer.
   * @param {number | null} index
   */
  hoverFor(id, index) {
    const layer = this.atlas.layer(id);
    const known = index !== null && Number.isInteger(index) && index >= 0 && index < (layer?.data?.size ?? 0);
    this.atlas.highlight.hover(layer && known ? { layer, feature: index } : null);
  }

  /**
   * Tell the page what is under the pointer, when that changes.
   * @param {Hit | null} hit
   */
  _announce(hit) {
    if (isSame(hit, this.#announced)) return;
    this.#announced = hit;
    const detail = hit ? { layer: hit.layer.id, index: hit.feature } : null;
    try {
      window.parent.dispatchEvent(new window.parent.CustomEvent(HOVER_EVENT, { detail }));
    } catch {
      // The page is of another origin: it is not told.
    }
  }

  /**
   * @param {Hit} hit
   * @returns {string[]} Name, then kind and status, then a word on the position where it is rough.
   */
  describe({ layer, feature }) {
    const { text, texts } = this.atlas;
    const { kind, status, precision } = layer.look(feature);
    const said = status && text(`status.${status}`);
    const facts = [
      kind && text(`${layer.spec.kind_vocabulary}.${kind}`),
      said && (status === "unknown" ? texts.labelled(text("map.status"), said) : said),
    ];
    const lines = [layer.name(feature, texts.lang) ?? "…", facts.filter(Boolean).join(" · ")];
    if (precision && HOLLOW.has(precision)) lines.push(text("map.not_exact"));
    return lines;
  }

  // --- clusters --------------------------------------------------------------------------------------

  /**
   * Tell what a cluster stands for.
   * @param {Mark} one
   * @param {Pixel} at
   */
  tell(one, at) {
    const { map, tooltip } = this.atlas;
    this.hover(null);
    map.getContainer().classList.add("bri-pointing");
    if (!this.list.isOpen()) tooltip.show(this.describeCluster(one), at);
  }

  /**
   * @param {Mark} one
   * @returns {string[]} How many features a cluster stands for, how many of each layer, and what a click does.
   */
  describeCluster(one) {
    const { layers, text, texts, clusters } = this.atlas;
    const counts = layers
      .map((layer) => ({ layer, count: one.members.filter((member) => member.layer === layer).length }))
      .filter(({ count }) => count)
      .map(({ layer, count }) => texts.labelled(text(`layer.${layer.id}`), count))
      .reverse();
    const hint = clusters.extent(one).apart ? "seeing.cluster_zoom" : "seeing.cluster_list";
    return [text("seeing.members", { n: one.count }), ...counts, text(hint)];
  }

  /**
   * Open a cluster: zoom to its members, or list them where no zoom would part them.
   * @param {Mark} one
   * @param {Pixel} at
   */
  open(one, at) {
    const { map, clusters } = this.atlas;
    this.hover(null);
    const { bounds, apart } = clusters.extent(one);
    if (!apart) {
      this.list.open(one, at);
      return;
    }
    const fitting = map.getBoundsZoom(bounds, false, L.point(CLUSTER_ROOM, CLUSTER_ROOM));
    const zoom = Math.min(Math.max(fitting, map.getZoom() + 1), map.getMaxZoom());
    map.setView(bounds.getCenter(), zoom, { animate: !wantsStillness() });
  }

  // --- choosing --------------------------------------------------------------------------------------

  /** @param {L.LeafletMouseEvent} event */
  _onClick({ latlng, containerPoint, originalEvent }) {
    const { map, layers, draw, clusters } = this.atlas;
    const { target } = originalEvent;
    // A part of a control that its own click has replaced is no longer known as one.
    if (draw.isActive() || !(target instanceof Node && target.isConnected)) return;
    this.list.close();
    const one = clusters.hit(latlng);
    if (one) {
      this.open(one, containerPoint);
      return;
    }
    const hit = findHit(map, layers, latlng, this.#touch);
    if (!hit) {
      this.hover(null);
      this.clear();
      return;
    }
    if (this.#touch) this.hover(hit, containerPoint);
    this.select(hit);
  }

  /** @param {Hit} hit */
  select(hit) {
    const { highlight } = this.atlas;
    if (isSame(hit, highlight.selected)) return;
    highlight.select(hit);
    this.atlas.send({ event: "select", layer: hit.layer.id, index: hit.feature });
  }

  clear() {
    const { highlight } = this.atlas;
    if (!highlight.selected) return;
    highlight.select(null);
    this.atlas.send({ event: "clear" });
  }

  // --- marks of the keyboard -------------------------------------------------------------------------

  /** @param {Stop} stop */
  describeStop(stop) {
    return "cluster" in stop ? this.describeCluster(stop.cluster) : this.describe(stop);
  }

  /**
   * @param {Stop} stop
   * @param {Pixel} at
   */
  visit(stop, at) {
    if ("cluster" in stop) this.tell(stop.cluster, at);
    else this.hover(stop, at);
  }

  /**
   * @param {Stop} stop
   * @param {Pixel} at
   */
  choose(stop, at) {
    if ("cluster" in stop) this.open(stop.cluster, at);
    else this.select(stop);
  }
}
