import assert from "node:assert/strict";
import { test } from "node:test";
import { clearBit, countBits, decodeBits, isSet } from "../../src/bri_map/browser/core/bits.js";

const packed = (/** @type {number[]} */ ...bytes) => btoa(String.fromCharCode(...bytes));

test("bit i & 7 of byte i >> 3 says whether feature i is visible", () => {
  const bits = decodeBits(packed(0b00000101, 0b10000000), 16);
  assert.deepEqual(bits, Uint8Array.of(0b00000101, 0b10000000));
  assert.equal(countBits(bits, 16), 3);
});

test("true stands for all features, also where the last byte is not full", () => {
  assert.equal(countBits(decodeBits(true, 13), 13), 13);
});

test("false stands for none", () => {
  assert.equal(decodeBits(false, 13), null);
  assert.equal(countBits(null, 13), 0);
});

test("a bitmap that is too short leaves the rest invisible", () => {
  assert.deepEqual(decodeBits(packed(255), 16), Uint8Array.of(255, 0));
});

test("a bitmap that is too long is cut", () => {
  assert.deepEqual(decodeBits(packed(255, 255, 255), 16), Uint8Array.of(255, 255));
});

test("bits beyond the number of features are not counted", () => {
  assert.equal(countBits(Uint8Array.of(255), 3), 3);
});

test("a bit is cleared and no other", () => {
  const bits = Uint8Array.of(255, 255);
  clearBit(bits, 9);
  assert.deepEqual(bits, Uint8Array.of(255, 0b11111101));
  assert.equal(isSet(bits, 9), false);
  assert.equal(isSet(bits, 10), true);
});
