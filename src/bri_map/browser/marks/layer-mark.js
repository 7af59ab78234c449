/**
 * How a layer is drawn, as the server says; see `LayerSpec` in Python. Nothing in the scripts names a layer: they ask
 * what its symbol is, which palette it has, and which kinds.
 */

/**
 * @typedef {object} LayerMark
 * @property {string} id
 * @property {"circle" | "diamond" | "line" | "band"} symbol
 * @property {string} palette See palette.js.
 * @property {string[]} kinds Codes of its kinds, in their order.
 * @property {string} kind_vocabulary Beginning of the messages of its kinds.
 * @property {{kind: string, message: string}[]} legend What the legend shows; every kind where it is empty.
 * @property {boolean} has_signs Whether a sign inside a mark tells the kind, from near.
 * @property {boolean} has_points
 * @property {boolean} has_lines
 */

/** A mark of no layer, for what all layers share. */
/** @type {Readonly<LayerMark>} */
export const PLAIN = Object.freeze({
  id: "",
  symbol: "circle",
  palette: "plain",
  kinds: [],
  kind_vocabulary: "",
  legend: [],
  has_signs: false,
  has_points: true,
  has_lines: false,
});
