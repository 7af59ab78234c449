import assert from "node:assert/strict";
import { test } from "node:test";
import { countBits, decodeBits } from "../../src/bri_map/browser/core/codec.js";

test("bit i of byte i >> 3 says whether feature i is visible", () => {
  const bits = decodeBits(btoa(String.fromCharCode(0b00000101, 0b10000000)), 16);
  assert.deepEqual([...bits], [0b00000101, 0b10000000]);
  assert.equal(countBits(bits, 16), 3);
});

test("true stands for all features, also where the last byte is not full", () => {
  assert.equal(countBits(decodeBits(true, 13), 13), 13);
});

test("false stands for none", () => {
  assert.equal(decodeBits(false, 13), null);
  assert.equal(countBits(null, 13), 0);
});

test("a bitmap that is too short leaves the rest invisible, one too long is cut", () => {
  assert.deepEqual([...decodeBits(btoa("\xff"), 16)], [255, 0]);
  assert.deepEqual([...decodeBits(btoa("\xff\xff\xff"), 16)], [255, 255]);
});
