/**
 * Reading what the server sends: layer files, basemap files, bitmaps of visibility, JSON.
 *
 * Coordinates in both kinds of file are web-mercator world units: x from 0 (180 W) to 1 (180 E), y from 0
 * in the north to 1 in the south. The layouts are described in packing.py and basemap.py.
 */

import { boxes, decodeTopology } from "./topology.js";

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
function decodeLayer(buffer) {
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

/**
 * Unpack which features are visible.
 * @param {string | boolean} packed Base64 of one bit a feature (bit i of byte i >> 3), or all, or none.
 * @param {number} size Number of features.
 * @returns {Uint8Array | null} The bits; null if nothing is visible.
 */
function decodeBits(packed, size) {
  if (packed === false) return null;
  const bits = new Uint8Array(Math.ceil(size / 8));
  if (packed === true) return bits.fill(255);
  const raw = atob(packed);
  const length = Math.min(raw.length, bits.length);
  for (let i = 0; i < length; i++) bits[i] = raw.charCodeAt(i);
  return bits;
}

/**
 * @param {Uint8Array | null} bits
 * @param {number} size Number of features.
 * @returns {number} How many are visible.
 */
function countBits(bits, size) {
  let count = 0;
  if (bits) for (let i = 0; i < size; i++) count += (bits[i >> 3] >> (i & 7)) & 1;
  return count;
}

/** A file that could not be had; `file` is its name for people. */
class LoadError extends Error {
  /**
   * @param {string} url
   * @param {unknown} cause
   */
  constructor(url, cause) {
    const file = url.split(/[?#]/, 1)[0].split("/").slice(-2).join("/");
    super(`${file}: ${cause instanceof Error ? cause.message : cause}`);
    this.name = "LoadError";
    this.file = file;
  }
}

/**
 * Fetch and decode a file.
 * @template T
 * @param {string} url
 * @param {(response: Response) => Promise<T>} decode
 * @returns {Promise<T>} Rejects with a LoadError.
 */
async function load(url, decode) {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await decode(response);
  } catch (error) {
    throw new LoadError(url, error);
  }
}

/** @param {string} url */
export const loadLayer = (url) => load(url, async (response) => decodeLayer(await response.arrayBuffer()));
/** @param {string} url */
export const loadTopology = (url) =>
  load(url, async (response) => decodeTopology(await response.arrayBuffer()));
/** @param {string} url */
export const loadJson = (url) => load(url, (response) => response.json());

export { countBits, decodeBits, decodeLayer };
