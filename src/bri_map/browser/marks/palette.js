/**
 * Every colour of the map, for both themes and for each scheme of the projects. Others read
 * `palette.COLOURS` when they draw, never before: its members change with the theme.
 */

/** @import { LayerMark } from "./layer-mark.js" */
/** @import { Look } from "./symbols.js" */

/** Transport, energy and water, building, ICT, people, farming, logistics. */
/** @type {Readonly<Record<string, number>>} */
const SECTOR_GROUPS = Object.freeze({
  railway: 0,
  "roads-bridges": 0,
  ports: 0,
  airports: 0,
  "energy-utilities": 1,
  water: 1,
  "construction-commercial": 2,
  "construction-industrial": 2,
  ict: 3,
  health: 4,
  "education-culture": 4,
  agriculture: 5,
  logistics: 6,
});

/**
 * @typedef {object} Colours
 * @property {string} land
 * @property {string} water
 * @property {string} border
 * @property {string} coast
 * @property {string} label
 * @property {string} labelHalo
 * @property {string} name
 * @property {string} slate
 * @property {string} rail
 * @property {string} railLight
 * @property {string} stopped
 * @property {string} unknown
 * @property {string} ink Rings of selection and strong marks.
 * @property {string} paper Outlines and casings, which lift marks off what lies below.
 * @property {string} sign Signs inside a filled mark.
 * @property {string} hollow
 * @property {Record<string, string>} parks By type.
 * @property {string[]} corridors One muted hue for each corridor, in the order of the table; after Tol's palettes.
 * @property {Record<string, string>} ratings
 * @property {string[]} sectors By group of sectors.
 * @property {string[]} classes From the least values to the greatest; lightness alone tells the classes apart.
 * @property {string} valueBorder
 */

/** @type {Readonly<Colours>} */
const LIGHT = Object.freeze({
  land: "#F4F1EA",
  water: "#DCE7EE",
  border: "#B9B2A5",
  coast: "#A9BAC6",
  label: "#6B665C",
  labelHalo: "rgba(250,248,243,0.88)",
  name: "#2B3138",
  slate: "#3D4957",
  rail: "#8B1E3F",
  railLight: "#B05A74",
  stopped: "#8A8A8A",
  unknown: "#7A7A7A",
  ink: "#111111",
  paper: "#FFFFFF",
  sign: "#FFFFFF",
  hollow: "rgba(255,255,255,0.85)",
  parks: {
    "processing-manufacturing": "#0072B2",
    agricultural: "#009E73",
    comprehensive: "#CC79A7",
    "commerce-logistics": "#E69F00",
    "resource-utilization": "#D55E00",
    "technology-rd": "#56B4E9",
  },
  corridors: [
    "#332288",
    "#117733",
    "#BB5566",
    "#0E7C86",
    "#882255",
    "#8A7A1F",
    "#3366AA",
    "#AA4499",
    "#B3631A",
    "#5B4A8A",
    "#4F7F2A",
    "#A33B3B",
    "#2F6F8F",
  ],
  ratings: { green: "#1B9E77", yellow: "#E6AB02", red: "#C0392B", unrated: "#8A8A8A" },
  sectors: ["#0067A5", "#B45F06", "#7A5C3E", "#8E3A9D", "#B8235A", "#3F7A1E", "#00807A"],
  classes: ["#ECE7F3", "#D9CFE9", "#C5B6DD", "#AF9CD0", "#9882C0"],
  valueBorder: "#8F887B",
});

/** @type {Readonly<Colours>} */
const DARK = Object.freeze({
  land: "#23272B",
  water: "#171B1F",
  border: "#4A4F55",
  coast: "#3A4650",
  label: "#A7ADB4",
  labelHalo: "rgba(29,33,36,0.88)",
  name: "#DDE2E7",
  slate: "#AEBBCA",
  rail: "#E37C98",
  railLight: "#C9909F",
  stopped: "#8A8A8A",
  unknown: "#9AA0A6",
  ink: "#FFFFFF",
  paper: "#14171A",
  sign: "#14171A",
  hollow: "rgba(20,23,26,0.85)",
  parks: {
    "processing-manufacturing": "#4FA3DD",
    agricultural: "#23B88B",
    comprehensive: "#DB93BB",
    "commerce-logistics": "#EBAC1F",
    "resource-utilization": "#EA7A2B",
    "technology-rd": "#8CCEF2",
  },
  corridors: [
    "#9A8FE6",
    "#5DB56F",
    "#E08A97",
    "#4CB8C2",
    "#CF78AB",
    "#C9B84E",
    "#7FA5E0",
    "#D584D5",
    "#E09A55",
    "#AC9DE0",
    "#8FC466",
    "#E08080",
    "#6FB3D6",
  ],
  ratings: { green: "#2BB58B", yellow: "#E6AB02", red: "#EC6F63", unrated: "#8F969C" },
  sectors: ["#5FAEE3", "#E59A3C", "#C2A27F", "#CC86DA", "#EE7BA2", "#8CC566", "#3FBFB5"],
  classes: ["#352F47", "#453D5E", "#574E77", "#6C6291", "#837AAB"],
  valueBorder: "#101316",
});

/** @type {Readonly<Record<string, Readonly<Colours>>>} */
const THEMES = Object.freeze({ light: LIGHT, dark: DARK });
/** @typedef {"check" | "dash" | "cross"} RatingSign */

/** @type {Readonly<Record<string, RatingSign>>} */
const RATING_SIGNS = Object.freeze({ green: "check", yellow: "dash", red: "cross" });

export const palette = {
  /** @type {Colours} */
  COLOURS: { ...LIGHT },
  theme: "light",
  /** What the colours of projects stand for: "kind", "green" or "sector". */
  scheme: "kind",

  /**
   * Choose theme and scheme.
   * @param {string} theme
   * @param {string} scheme
   * @returns {boolean} Whether anything has changed.
   */
  choose(theme, scheme) {
    const known = theme in THEMES ? theme : "light";
    if (known === palette.theme && scheme === palette.scheme) return false;
    palette.theme = known;
    palette.scheme = scheme;
    Object.assign(palette.COLOURS, THEMES[known]);
    return true;
  },

  /**
   * @param {LayerMark} mark
   * @param {Look} look
   * @param {number} [index] Of the feature; decides the hue where every feature has one of its own.
   * @returns {string} Colour of a mark.
   */
  mark(mark, look, index = 0) {
    const { COLOURS, scheme } = palette;
    switch (mark.palette) {
      case "parks":
        return COLOURS.parks[look.kind] || COLOURS.unknown;
      case "rail":
        return look.kind === "freight-service" ? COLOURS.railLight : COLOURS.rail;
      case "corridors":
        return COLOURS.corridors[index % COLOURS.corridors.length];
      case "categories":
        return palette.category(mark.kinds.indexOf(look.kind));
      case "sectors":
        if (scheme === "green") return COLOURS.ratings[look.rating ?? ""] || COLOURS.ratings.unrated;
        return (scheme === "sector" && COLOURS.sectors[SECTOR_GROUPS[look.kind]]) || COLOURS.slate;
      default:
        return COLOURS.unknown;
    }
  },

  /**
   * @param {number} at Place of a kind among those of its layer, -1 for none of them.
   * @returns {string} Its colour in a layer whose kinds have no colours of their own.
   */
  category(at) {
    const hues = Object.values(palette.COLOURS.parks);
    return at < 0 ? palette.COLOURS.unknown : hues[at % hues.length];
  },

  /**
   * @param {LayerMark} mark
   * @param {Look} look
   * @returns {RatingSign | ""} Sign of the green rating inside a mark while that is the scheme, or empty.
   */
  ratingSign(mark, look) {
    const isRated = mark.palette === "sectors" && palette.scheme === "green";
    return isRated ? RATING_SIGNS[look.rating ?? ""] || "" : "";
  },

  /**
   * @param {number} at Number of a class, from 0.
   * @param {number} count Number of classes; fewer than all are spread over the ramp.
   * @returns {string}
   */
  valueClass(at, count) {
    const { classes } = palette.COLOURS;
    return classes[count < 2 ? classes.length - 2 : Math.round((at * (classes.length - 1)) / (count - 1))];
  },
};
