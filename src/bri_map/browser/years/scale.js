/**
 * The scale of the year slider: its labels and its bars. Numbers only.
 */

/** Share of the scale that a label needs beside the first and the last one. */
const ROOM = 0.07;

/**
 * @param {number} first
 * @param {number} last
 * @returns {number[]} Years to label: the first, the last, and round ones where there is room between them.
 */
export function ticks(first, last) {
  const span = Math.max(1, last - first);
  const step = span > 60 ? 20 : span > 24 ? 5 : span > 10 ? 2 : 1;
  const years = first === last ? [first] : [first, last];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step)
    if (year - first > span * ROOM && last - year > span * ROOM) years.push(year);
  return years;
}

/**
 * @param {{first: number, last: number, events: Record<string, number>}} timeline
 * @param {number} from First year of the scale; it stands for all that came before as well.
 * @returns {number[]} Events of each year of the scale.
 */
export function barsFrom({ first, last, events }, from) {
  const bars = [];
  for (let year = from; year <= last; year++) bars.push(events[year] || 0);
  for (let year = first; year < from; year++) bars[0] += events[year] || 0;
  return bars;
}

/**
 * @param {number | null} year
 * @param {number} by Years. From all years, forward leads to the first and back to the last.
 * @param {number} first
 * @param {number} last
 * @returns {number}
 */
export function yearAfter(year, by, first, last) {
  if (year === null) return by > 0 ? first : last;
  return Math.min(Math.max(year + by, first), last);
}
