/**
 * Bitmaps: one bit a feature, bit i & 7 of byte i >> 3.
 */

/**
 * @param {Uint8Array} bits
 * @param {number} i
 * @returns {boolean}
 */
export function isSet(bits, i) {
  return ((bits[i >> 3] >> (i & 7)) & 1) === 1;
}

/**
 * @param {Uint8Array} bits
 * @param {number} i
 */
export function clearBit(bits, i) {
  bits[i >> 3] &= ~(1 << (i & 7));
}

/**
 * @param {Uint8Array | null} bits
 * @param {number} size Number of features.
 * @returns {number} How many are set.
 */
export function countBits(bits, size) {
  let count = 0;
  if (bits) for (let i = 0; i < size; i++) count += (bits[i >> 3] >> (i & 7)) & 1;
  return count;
}

/**
 * Unpack which features are visible.
 * @param {string | boolean} packed Base64 of the bits, or true for all, or false for none.
 * @param {number} size Number of features.
 * @returns {Uint8Array | null} The bits; null if nothing is visible.
 */
export function decodeBits(packed, size) {
  if (packed === false) return null;
  const bits = new Uint8Array(Math.ceil(size / 8));
  if (packed === true) return bits.fill(255);
  const raw = atob(packed);
  const length = Math.min(raw.length, bits.length);
  for (let i = 0; i < length; i++) bits[i] = raw.charCodeAt(i);
  return bits;
}
