/**
 * Small pictures for buttons, drawn as lines in a square of 16.
 */

const SVG = "http://www.w3.org/2000/svg";
const PATHS = Object.freeze({
  clock: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 4.6V8l2.5 1.7",
  play: "M5 3.2v9.6L12.6 8z",
  pause: "M5.4 3.4v9.2M10.6 3.4v9.2",
  back: "M11.4 3.4 6.2 8l5.2 4.6zM4.4 3.4v9.2",
  forward: "M4.6 3.4 9.8 8l-5.2 4.6zM11.6 3.4v9.2",
  close: "M4 4l8 8M12 4l-8 8",
  place:
    "M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8",
  rectangle: "M2.5 4h11v8h-11z",
  polygon: "M3 5.5 9 2.5l4.5 4.8-2.8 6-7-1.8z",
  near: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 8l4-4M7.2 8a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0",
  view: "M2 5.5V2.5h3M11 2.5h3v3M14 10.5v3h-3M5 13.5H2v-3M5 5.5h6v5H5z",
  clear: "M3.5 4.5h9M6 4.3V2.6h4v1.7M5 4.5l.6 8.9h4.8l.6-8.9",
});

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement} A picture that screen readers pass over.
 */
export function icon(name) {
  const image = document.createElementNS(SVG, "svg");
  image.setAttribute("viewBox", "0 0 16 16");
  image.setAttribute("aria-hidden", "true");
  image.classList.add("bri-icon", `bri-icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  image.append(path);
  return image;
}
