/**
 * Reading the layer files that the server sends.
 *
 * Coordinates are web-mercator world units: x from 0 (180 W) to 1 (180 E), y from 0
 * in the north to 1 in the south. The layout is described in packing.py.
 */

import { boxes } from "./topology.js";

const LAYER_MAGIC = 0x314c5242; // "BRL1"
const HEADER_WORDS = 8;

/**
 * @typedef {object} LayerData
 * @property {number} size Number of features.
 * @property {Float32Array} px World x of each point.
 * @property {Float32Array} py World y of each point.
 * @property {Uint32Array} pointFeature Feature of each point.
 * @property {Float32Array} vx World x of each vertex of a line.
 * @property {Float32Array} vy World y of each vertex of a line.
 * @property {Uint32Array} partStart First vertex of each part, and the total.
 * @property {Uint32Array} partFeature Feature of each part.
 * @property {Float32Array} partBox West, north, east, south of each part.
 * @property {Uint8Array[]} channels One code a feature, channel by channel.
 */

/** Hands out one typed array after another from a buffer, without copying. */
class Reader {
  /** @param {ArrayBuffer} buffer */
  constructor(buffer) {
    this.buffer = buffer;
    this.offset = 0;
  }

  /**
   * @template T
   * @param {{new (buffer: ArrayBuffer, offset: number, length: number): T, BYTES_PER_ELEMENT: number}} Kind
   * @param {number} length Number of elements.
   * @returns {T}
   */
  take(Kind, length) {
    const array = new Kind(this.buffer, this.offset, length);
    this.offset += length * Kind.BYTES_PER_ELEMENT;
    return array;
  }
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {LayerData}
 */
export function decodeLayer(buffer) {
  const reader = new Reader(buffer);
  const [magic, size, points, parts, vertices, channels] = reader.take(Uint32Array, HEADER_WORDS);
  if (magic !== LAYER_MAGIC) throw new Error("not a layer file");
  const data = {
    size,
    px: reader.take(Float32Array, points),
    py: reader.take(Float32Array, points),
    pointFeature: reader.take(Uint32Array, points),
    vx: reader.take(Float32Array, vertices),
    vy: reader.take(Float32Array, vertices),
    partStart: reader.take(Uint32Array, parts + 1),
    partFeature: reader.take(Uint32Array, parts),
    channels: Array.from({ length: channels }, () => reader.take(Uint8Array, size)),
  };
  return { ...data, partBox: boxes(data.vx, data.vy, data.partStart) };
}
