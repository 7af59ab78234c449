import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeLayer } from "../../src/bri_map/browser/core/codec.js";

/** @param {(Uint32Array | Float32Array | Uint8Array)[]} arrays */
function joined(...arrays) {
  const bytes = arrays.map(({ buffer }) => new Uint8Array(buffer));
  const all = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    all.set(part, at);
    at += part.length;
  }
  return all.buffer;
}

const LAYER = joined(
  Uint32Array.of(0x314c5242, 3, 1, 2, 5, 2, 0, 0),
  Float32Array.of(0.5),
  Float32Array.of(0.25),
  Uint32Array.of(0),
  Float32Array.of(0.1, 0.3, 0.2, 0.7, 0.6),
  Float32Array.of(0.4, 0.6, 0.5, 0.1, 0.2),
  Uint32Array.of(0, 3, 5),
  Uint32Array.of(1, 2),
  Uint8Array.of(7, 8, 9),
  Uint8Array.of(1, 2, 3),
);

test("a layer file gives its points", () => {
  const { size, px, py, pointFeature } = decodeLayer(LAYER);
  assert.equal(size, 3);
  assert.deepEqual([px[0], py[0], pointFeature[0]], [0.5, 0.25, 0]);
});

test("a layer file gives its lines, part by part", () => {
  const { vx, partStart, partFeature } = decodeLayer(LAYER);
  assert.equal(vx.length, 5);
  assert.deepEqual(partStart, Uint32Array.of(0, 3, 5));
  assert.deepEqual(partFeature, Uint32Array.of(1, 2));
});

test("each part of a line gets a box of west, north, east, south", () => {
  const { partBox } = decodeLayer(LAYER);
  assert.deepEqual(partBox, Float32Array.of(0.1, 0.4, 0.3, 0.6, 0.6, 0.1, 0.7, 0.2));
});

test("a layer file gives one code a feature, channel by channel", () => {
  const { channels } = decodeLayer(LAYER);
  assert.deepEqual(channels, [Uint8Array.of(7, 8, 9), Uint8Array.of(1, 2, 3)]);
});

test("what is no layer file is refused", () => {
  assert.throws(() => decodeLayer(new ArrayBuffer(64)), /not a layer file/);
});

test("a layer file that was cut off is refused", () => {
  assert.throws(() => decodeLayer(LAYER.slice(0, 40)), RangeError);
});
