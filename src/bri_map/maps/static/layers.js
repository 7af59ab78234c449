/**
 * The data layers: one canvas, one file and one bitmap of visibility each.
 */
(function (briMap) {
  "use strict";

  const { Surface, codec, inView, symbols } = briMap;
  /** More points than this in view are drawn as plain small marks. */
  const CROWD = 2500;
  /** More points than this in view are written as pixels. */
  const DOTS = 20000;
  const DOT_SIDE = 3;
  /** More parts of lines than this in view are stroked once, thin and plain. */
  const LINE_CROWD = 2000;
  /** More than the copies of the world that fit a window. */
  const MAX_COPIES = 16;
  /** Features of lines smaller than this on screen, in pixels, get a small bar instead. */
  const TINY = 6;
  const HALO_ZOOM = 9;
  /** Uncertainty of a position known to the town, in metres. */
  const TOWN_M = 10000;
  const EQUATOR_M = 40075017;
  const KIND_CHANNELS = new Set(["kind", "type", "sector"]);

  /**
   * @typedef {object} LayerSpec As the server describes a layer.
   * @property {string} id
   * @property {string} url
   * @property {string} names Address of the names with `{chunk}` in it.
   * @property {number} chunk Features in a chunk of names.
   * @property {string[]} channels
   */

  /** Options: `spec`, `codes` (code lists by name), `onError`. */
  const DataLayer = Surface.extend({
    initialize(options) {
      L.setOptions(this, { pane: `bri-${options.spec.id}`, ...options });
      this.id = options.spec.id;
      this.bits = null;
      this.packed = false;
      this.chunks = new Map();
      this.channels = { kind: -1, status: -1, precision: -1 };
      options.spec.channels.forEach((name, at) => {
        this.channels[KIND_CHANNELS.has(name) ? "kind" : name] = at;
      });
      this.kindChannel = options.spec.channels.find((name) => KIND_CHANNELS.has(name)) || "kind";
      this.codes = {
        kind: options.codes[`${this.id}.${this.kindChannel}`] || options.codes[this.kindChannel] || [],
        status: options.codes.status || [],
        precision: options.codes.precision || [],
      };
    },

    /** @returns {Promise<void>} Settles when the layer's file is there or has failed. */
    async load() {
      try {
        this.data = await codec.loadLayer(this.options.spec.url);
      } catch (error) {
        this.failed = true;
        this.options.onError(error);
        return;
      }
      this.setVisible(this.packed, true);
      if (this.data.size) this._loadNames(0);
    },

    /** Whether the layer has been drawn once, or never can be. */
    isReady() {
      return this.failed || Boolean(this.data && this.painted);
    },

    /**
     * Say which features are visible.
     * @param {string | boolean} packed See `codec.decodeBits`.
     * @param {boolean} [again] Whether to decode what has not changed.
     */
    setVisible(packed, again = false) {
      if (packed === this.packed && !again) return;
      this.packed = packed;
      if (!this.data) return;
      this.bits = codec.decodeBits(packed, this.data.size);
      this.redraw();
    },

    isBlank() {
      const blank = !this.data || !this.bits;
      if (blank && this.data) this.painted = true;
      return blank;
    },

    /** @param {number} i @returns {boolean} */
    isVisible(i) {
      return Boolean(this.bits && this.data && i < this.data.size && (this.bits[i >> 3] >> (i & 7)) & 1);
    },

    countVisible() {
      return this.data ? codec.countBits(this.bits, this.data.size) : 0;
    },

    /** @param {number} i @returns {import("./symbols.js").Look} */
    look(i) {
      const { channels } = this.data;
      const code = (name) =>
        this.channels[name] < 0 ? "" : this.codes[name][channels[this.channels[name]][i]] || "";
      return { kind: code("kind"), status: code("status"), precision: code("precision") };
    },

    // --- names -------------------------------------------------------------------------------------

    /**
     * @param {number} i
     * @param {string} lang
     * @returns {string | null} Name of a feature; null while it is being fetched.
     */
    name(i, lang) {
      const { chunk } = this.options.spec;
      const part = this.chunks.get(Math.floor(i / chunk));
      if (!part) {
        this._loadNames(Math.floor(i / chunk));
        return null;
      }
      const name = String(part.names[i % chunk] ?? "");
      return (lang === "zh" && part.names_zh[i % chunk]) || name;
    },

    async _loadNames(number) {
      if (this.chunks.has(number)) return;
      this.chunks.set(number, undefined);
      try {
        this.chunks.set(
          number,
          await codec.loadJson(this.options.spec.names.replace("{chunk}", String(number))),
        );
        if (this._map) this._map.fire("bri:names");
      } catch (error) {
        this.options.onError(error);
      }
    },

    // --- drawing -----------------------------------------------------------------------------------

    paint(ctx, view) {
      if (this.data.partFeature.length) this._paintLines(ctx, view);
      if (this.data.px.length) this._paintPoints(ctx, view);
      this.painted = true;
    },

    _paintLines(ctx, view) {
      const { groups, tiny, count } = this._groupParts(view);
      const crowded = count > LINE_CROWD;
      for (const { style, parts } of groups.values()) {
        ctx.beginPath();
        for (let i = 0; i < parts.length; i += 2) this._trace(ctx, view, parts[i], parts[i + 1]);
        symbols.strokePasses(ctx, crowded ? [{ colour: style.colour, width: 1 }] : style.passes);
      }
      for (const { style, parts } of groups.values()) {
        if (!style.beads) continue;
        for (let i = 0; i < parts.length; i += 2) this._paintBeads(ctx, view, parts[i], parts[i + 1], style);
      }
      for (const [x, y, colour] of tiny) {
        if (crowded) drawSpeck(ctx, x, y, colour);
        else drawBar(ctx, x, y, colour);
      }
    },

    /** Sort the visible parts of lines by how they are stroked. */
    _groupParts(view) {
      const { partBox, partFeature } = this.data;
      const { bits } = this;
      const groups = new Map();
      const tiny = new Map();
      let count = 0;
      const each = this.id === "corridors";
      for (const copy of view.copies) {
        for (let p = 0; p < partFeature.length; p++) {
          const feature = partFeature[p];
          if (!((bits[feature >> 3] >> (feature & 7)) & 1) || !inView(partBox, p, view, copy, 16)) continue;
          count++;
          const key = each ? feature : this._lookKey(feature);
          let group = groups.get(key);
          if (!group) {
            group = { style: symbols.lineStyle(this.id, this.look(feature), view.zoom, feature), parts: [] };
            groups.set(key, group);
          }
          if (this.id === "rail" && this._isTiny(feature, p, view.scale)) {
            const x = ((partBox[4 * p] + partBox[4 * p + 2]) / 2 + copy) * view.scale - view.x0;
            const y = ((partBox[4 * p + 1] + partBox[4 * p + 3]) / 2) * view.scale - view.y0;
            tiny.set(feature * MAX_COPIES + (copy & (MAX_COPIES - 1)), [x, y, group.style.colour]);
          } else group.parts.push(p, copy);
        }
      }
      return { groups, tiny: tiny.values(), count };
    },

    /** Whether all of a feature is too small to see as a line; `part` is one of its parts. */
    _isTiny(feature, part, scale) {
      const { partBox } = this.data;
      if ((partBox[4 * part + 2] - partBox[4 * part]) * scale >= TINY) return false;
      const [west, north, east, south] = this.box(feature);
      return (east - west) * scale < TINY && (south - north) * scale < TINY;
    },

    /** Add what is in view of a part to the current path. */
    _trace(ctx, view, part, copy) {
      const { vx, vy, partStart } = this.data;
      const { scale } = view;
      const dx = copy * scale - view.x0;
      const margin = 24;
      const right = view.width + margin;
      const bottom = view.height + margin;
      const end = partStart[part + 1];
      let i = partStart[part];
      let ax = vx[i] * scale + dx;
      let ay = vy[i] * scale - view.y0;
      let down = false;
      for (i++; i < end; i++) {
        const bx = vx[i] * scale + dx;
        const by = vy[i] * scale - view.y0;
        if (i < end - 1 && Math.abs(bx - ax) < 0.9 && Math.abs(by - ay) < 0.9) continue;
        const away =
          (ax < -margin && bx < -margin) ||
          (ax > right && bx > right) ||
          (ay < -margin && by < -margin) ||
          (ay > bottom && by > bottom);
        if (!away) {
          if (!down) ctx.moveTo(ax, ay);
          ctx.lineTo(bx, by);
        }
        down = !away;
        ax = bx;
        ay = by;
      }
    },

    /** Put a glyph at even distances along a part. They keep their places when the map moves. */
    _paintBeads(ctx, view, part, copy, style) {
      const { vx, vy, partStart } = this.data;
      const { scale } = view;
      const { name, every, size } = style.beads;
      const dx = copy * scale - view.x0;
      let next = every / 2;
      let gone = 0;
      for (let i = partStart[part]; i + 1 < partStart[part + 1]; i++) {
        const ax = vx[i] * scale + dx;
        const ay = vy[i] * scale - view.y0;
        const bx = vx[i + 1] * scale + dx;
        const by = vy[i + 1] * scale - view.y0;
        const length = Math.hypot(bx - ax, by - ay);
        for (; next <= gone + length; next += every) {
          const t = (next - gone) / length;
          const x = ax + t * (bx - ax);
          const y = ay + t * (by - ay);
          if (x < -size || y < -size || x > view.width + size || y > view.height + size) continue;
          ctx.beginPath();
          ctx.arc(x, y, size * 0.62, 0, 2 * Math.PI);
          ctx.fillStyle = "rgba(255,255,255,0.8)";
          ctx.fill();
          const angle = name === "wave" ? 0 : Math.atan2(by - ay, bx - ax) + Math.PI / 2;
          symbols.drawGlyph(ctx, name, x, y, size * 0.95, style.colour, angle);
        }
        gone += length;
      }
    },

    _paintPoints(ctx, view) {
      const count = this._countPoints(view, DOTS);
      if (count > DOTS) this._paintDots(ctx, view);
      else this._paintSprites(ctx, view, count > CROWD);
    },

    /** Count the points in view, no further than just above a limit. */
    _countPoints(view, limit) {
      let count = 0;
      this._eachPoint(view, () => ++count > limit);
      return count;
    },

    /**
     * Visit the visible points in view.
     * @param {View} view
     * @param {(x: number, y: number, feature: number) => boolean | void} visit Returns true to stop.
     */
    _eachPoint(view, visit) {
      const { px, py, pointFeature } = this.data;
      const { bits } = this;
      const { scale, width, height } = view;
      const margin = 16;
      for (const copy of view.copies) {
        const dx = copy * scale - view.x0;
        for (let i = 0; i < px.length; i++) {
          const feature = pointFeature[i];
          if (!((bits[feature >> 3] >> (feature & 7)) & 1)) continue;
          const x = px[i] * scale + dx;
          const y = py[i] * scale - view.y0;
          if (x < -margin || y < -margin || x > width + margin || y > height + margin) continue;
          if (visit(x, y, feature)) return;
        }
      }
    },

    /** From near, a faint circle says how far off a position known to the town may be. */
    _paintHalos(ctx, view) {
      const town = this.codes.precision.indexOf("town");
      const precision = this.data.channels[this.channels.precision];
      if (!precision || town < 0) return;
      const mercator = EQUATOR_M / view.scale;
      this._eachPoint(view, (x, y, feature) => {
        if (precision[feature] !== town) return;
        const metres = mercator / Math.cosh(Math.PI * (1 - (2 * (y + view.y0)) / view.scale));
        ctx.beginPath();
        ctx.arc(x, y, TOWN_M / metres, 0, 2 * Math.PI);
        symbols.strokePasses(ctx, [
          { colour: symbols.pointColour(this.id, this.look(feature).kind), width: 1, alpha: 0.45 },
        ]);
      });
    },

    _paintSprites(ctx, view, crowded) {
      if (view.zoom >= HALO_ZOOM && !crowded) this._paintHalos(ctx, view);
      if (!this.sprites || this.sprites.ratio !== view.ratio) this.sprites = new symbols.Sprites(view.ratio);
      const { sprites } = this;
      const { ratio, zoom } = view;
      const byLook = new Map();
      this._eachPoint(view, (x, y, feature) => {
        const key = this._lookKey(feature);
        let sprite = byLook.get(key);
        if (!sprite) {
          sprite = sprites.get(symbols.pointStyle(this.id, this.look(feature), zoom, crowded));
          byLook.set(key, sprite);
        }
        const left = Math.round((x - sprite.side / 2) * ratio) / ratio;
        const top = Math.round((y - sprite.side / 2) * ratio) / ratio;
        ctx.drawImage(sprite.canvas, left, top, sprite.side, sprite.side);
      });
    },

    /** A number that is the same for features that look the same. */
    _lookKey(feature) {
      const { channels } = this.data;
      let key = 0;
      for (const at of Object.values(this.channels)) key = key * 256 + (at < 0 ? 0 : channels[at][feature]);
      return key;
    },

    /** Write points as squares of pixels; no marks, no outlines. */
    _paintDots(ctx, view) {
      const { px, py, pointFeature, channels } = this.data;
      const { bits } = this;
      const kind = channels[this.channels.kind] || new Uint8Array(this.data.size);
      const colours = this._dotColours();
      const width = ctx.canvas.width;
      const height = ctx.canvas.height;
      const image = ctx.createImageData(width, height);
      const pixels = new Uint32Array(image.data.buffer);
      const side = Math.round(DOT_SIDE * view.ratio);
      const half = side / 2 - 0.5;
      const scale = view.scale * view.ratio;
      const dy = -view.y0 * view.ratio - half;
      for (const copy of view.copies) {
        const dx = (copy * view.scale - view.x0) * view.ratio - half;
        for (let i = 0; i < px.length; i++) {
          const feature = pointFeature[i];
          if (!((bits[feature >> 3] >> (feature & 7)) & 1)) continue;
          const x = (px[i] * scale + dx) | 0;
          const y = (py[i] * scale + dy) | 0;
          if (x < 0 || y < 0 || x > width - side || y > height - side) continue;
          const colour = colours[kind[feature]];
          for (let at = y * width + x, row = 0; row < side; row++, at += width) {
            for (let column = 0; column < side; column++) pixels[at + column] = colour;
          }
        }
      }
      ctx.putImageData(image, 0, 0);
    },

    /** Colour of each kind as little-endian RGBA. */
    _dotColours() {
      const colours = new Uint32Array(256).fill(0xff7a7a7a);
      this.codes.kind.forEach((kind, at) => {
        const rgb = parseInt(symbols.pointColour(this.id, kind).slice(1), 16);
        colours[at] = (0xff000000 | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
      });
      return colours;
    },

    // --- one feature -------------------------------------------------------------------------------

    /** @returns {number} Number of the point of a feature, or -1. */
    pointOf(feature) {
      if (!this.points) {
        this.points = new Int32Array(this.data.size).fill(-1);
        this.data.pointFeature.forEach((owner, i) => (this.points[owner] = i));
      }
      return this.points[feature];
    },

    /** @returns {number[]} Numbers of the parts of a feature. */
    partsOf(feature) {
      if (!this.parts) {
        this.parts = new Map();
        this.data.partFeature.forEach((owner, part) => {
          if (!this.parts.has(owner)) this.parts.set(owner, []);
          this.parts.get(owner).push(part);
        });
      }
      return this.parts.get(feature) || [];
    },

    /** @returns {[number, number, number, number]} West, north, east, south of a feature's lines. */
    box(feature) {
      const { partBox } = this.data;
      const found = [Infinity, Infinity, -Infinity, -Infinity];
      for (const part of this.partsOf(feature)) {
        for (const side of [0, 1]) {
          found[side] = Math.min(found[side], partBox[4 * part + side]);
          found[side + 2] = Math.max(found[side + 2], partBox[4 * part + side + 2]);
        }
      }
      return found;
    },

    /**
     * Draw the point of a feature stronger than its neighbours.
     * @param {CanvasRenderingContext2D} ctx
     * @param {View} view
     * @param {number} feature
     * @param {boolean} selected Whether to ring it; else it is only under the pointer.
     */
    paintStrongPoint(ctx, view, feature, selected) {
      const point = this.pointOf(feature);
      if (point < 0) return;
      const style = symbols.pointStyle(this.id, this.look(feature), view.zoom, false);
      style.radius *= 1.3;
      for (const copy of view.copies) {
        const x = (this.data.px[point] + copy) * view.scale - view.x0;
        const y = this.data.py[point] * view.scale - view.y0;
        symbols.drawPoint(ctx, style, x, y);
        if (selected) drawRing(ctx, x, y, style.radius + (style.mark === "ring" ? 6.5 : 4));
      }
    },

    /** Draw the lines of a feature stronger than their neighbours; see paintStrongPoint. */
    paintStrongLine(ctx, view, feature, selected) {
      const parts = this.partsOf(feature);
      if (!parts.length) return;
      const style = symbols.lineStyle(this.id, this.look(feature), view.zoom, feature);
      ctx.beginPath();
      for (const copy of view.copies) for (const part of parts) this._trace(ctx, view, part, copy);
      if (this.id === "corridors") strokeBand(ctx, style, selected);
      else strokeThread(ctx, style, selected);
      if (this.id !== "rail" || !this._isTiny(feature, parts[0], view.scale)) return;
      const [west, north, east, south] = this.box(feature);
      for (const copy of view.copies) {
        const x = ((west + east) / 2 + copy) * view.scale - view.x0;
        const y = ((north + south) / 2) * view.scale - view.y0;
        drawBar(ctx, x, y, style.colour);
        if (selected) drawRing(ctx, x, y, 9);
      }
    },

    /**
     * @param {number} feature
     * @returns {{x: number, y: number} | null} A place on the feature in the map's window, in pixels,
     *   the nearest to its middle.
     */
    pixel(feature) {
      if (!this.data || !(feature < this.data.size)) return null;
      const map = this._map;
      const bounds = map.getPixelBounds();
      const middle = bounds.getCenter();
      const scale = 256 * 2 ** map.getZoom();
      let best = null;
      const consider = (wx, wy) => {
        const x = (wx + Math.round(middle.x / scale - wx)) * scale;
        const far = Math.hypot(x - middle.x, wy * scale - middle.y);
        if (!best || far < best.far) best = { x: x - bounds.min.x, y: wy * scale - bounds.min.y, far };
      };
      const { px, py, vx, vy, partStart } = this.data;
      const point = this.pointOf(feature);
      if (point >= 0) consider(px[point], py[point]);
      else
        for (const part of this.partsOf(feature))
          for (let i = partStart[part]; i < partStart[part + 1]; i++) consider(vx[i], vy[i]);
      return best && { x: best.x, y: best.y };
    },
  });

  /** A short bar in place of a line too small to see. */
  function drawBar(ctx, x, y, colour) {
    ctx.fillStyle = "#FFF";
    ctx.fillRect(x - 4.5, y - 3, 9, 6);
    ctx.fillStyle = colour;
    ctx.fillRect(x - 3.5, y - 2, 7, 4);
  }

  /** As drawBar, where there are very many. */
  function drawSpeck(ctx, x, y, colour) {
    ctx.fillStyle = colour;
    ctx.fillRect(Math.round(x) - 1, Math.round(y) - 1, 3, 2);
  }

  function drawRing(ctx, x, y, radius) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    symbols.strokePasses(ctx, [
      { colour: "#FFF", width: 5 },
      { colour: symbols.COLOURS.ink, width: 3 },
    ]);
  }

  /** Stroke a thin line along the current path with a pale and a dark edge. */
  function strokeThread(ctx, style, selected) {
    const width = style.width * 1.3;
    symbols.strokePasses(ctx, [
      {
        colour: selected ? symbols.COLOURS.ink : style.colour,
        width: width + (selected ? 6 : 4),
        cap: "round",
      },
      { colour: "#FFF", width: width + 2, cap: "round" },
      ...style.passes.slice(1).map((pass) => ({ ...pass, width: pass.width * 1.3 })),
    ]);
  }

  /** Stroke both edges of a band along the current path; the band itself shines through. */
  function strokeBand(ctx, style, selected) {
    const width = style.width * 1.15;
    const edge = selected ? 2.5 : 1;
    const colour = selected ? symbols.COLOURS.ink : style.colour;
    symbols.strokePasses(ctx, [{ colour, width: width + 2 * edge, cap: "round" }]);
    ctx.globalCompositeOperation = "destination-out";
    symbols.strokePasses(ctx, [{ colour: "#000", width, cap: "round" }]);
    ctx.globalCompositeOperation = "source-over";
    symbols.strokePasses(ctx, [{ colour: style.colour, width, alpha: 0.3, cap: "round" }]);
  }

  briMap.DataLayer = DataLayer;
})((window.briMap = window.briMap || {}));
