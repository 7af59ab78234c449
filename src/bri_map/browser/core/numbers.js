/**
 * Numbers and dates for people.
 */

const THOUSANDS = /\B(?=(\d{3})+$)/g;
const THIN_SPACE = "\u202f";

/**
 * @param {number} value
 * @returns {string} With thin spaces between thousands.
 */
export function formatCount(value) {
  return String(value).replace(THOUSANDS, THIN_SPACE);
}

/**
 * @param {number} value
 * @returns {string} With thin spaces between thousands, and at most one decimal.
 */
export function formatValue(value) {
  const [whole, part] = String(Math.round(value * 10) / 10).split(".");
  const grouped = whole.replace(THOUSANDS, THIN_SPACE);
  return part ? `${grouped}.${part}` : grouped;
}

/**
 * @param {[string, string]} period Each as `YYYY`, `YYYY-MM` or a day.
 * @param {string} lang
 * @returns {string}
 */
export function formatPeriod([first, last], lang) {
  /** @param {string} date */
  const words = (date) => {
    const [year, month, day] = date.split("-");
    if (lang !== "zh") return date;
    return `${year}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`;
  };
  if (first === last) return words(first);
  return lang === "zh" ? `${words(first)}至${words(last)}` : `${words(first)} to ${words(last)}`;
}
