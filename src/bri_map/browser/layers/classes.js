/**
 * @param {[low: number, high: number, count: number][]} classes
 * @param {number | undefined} value
 * @returns {number} Number of the class that holds a value, or -1.
 */
export function classOfValue(classes, value) {
  return value === undefined ? -1 : classes.findIndex(([low, high]) => value >= low && value <= high);
}
