/**
 * Whose work is on the map, and that its boundaries imply no opinion. For fingers, which need room, all of it
 * folds into one sign; what an online basemap asks to be said stands open at first.
 */

/** @import { Say } from "../core/texts.js" */
/** @import { Provider } from "../layers/tiles.js" */

import { button, element, entitle } from "../core/dom.js";

/** @typedef {[words: string, address: string]} Credit */
/** @typedef {{provider: Provider | null, land: boolean, names: boolean}} Drawn An online basemap; parts of the built-in one. */

/** @type {Readonly<Record<"land" | "names" | "frame", Credit>>} */
const CREDITS = Object.freeze({
  land: ["Natural Earth", "https://www.naturalearthdata.com/"],
  names: ["GeoNames (CC BY 4.0)", "https://www.geonames.org/"],
  frame: ["Leaflet", "https://leafletjs.com/"],
});

export class Attribution extends L.Control {
  /**
   * @param {object} options
   * @param {Say} options.text
   * @param {() => Drawn} options.parts What is drawn.
   */
  constructor({ text, parts }) {
    super({ position: "bottomright" });
    this.text = text;
    this.parts = parts;
    this.root = element("div", "bri-attribution leaflet-control");
    this.sign = button("bri-attribution-sign", () => this._fold(!this.isClosed), "i");
    /** Whether the reader, or what is drawn, has it folded; none has while undefined. @type {boolean | undefined} */
    this.closed = undefined;
    L.DomEvent.disableClickPropagation(this.root);
  }

  /** @override */
  onAdd() {
    this.render();
    return this.root;
  }

  get isClosed() {
    return this.closed ?? !this.parts().provider;
  }

  /** @param {boolean} isClosed */
  _fold(isClosed) {
    this.closed = isClosed;
    this._mark();
  }

  _mark() {
    this.root.classList.toggle("bri-closed", this.isClosed);
    this.sign.setAttribute("aria-expanded", String(!this.isClosed));
  }

  render() {
    const { text } = this;
    entitle(this.sign, text("map.credits"));
    this._mark();
    const links = creditsOf(this.parts()).flatMap(([words, address], i) => {
      const link = element("a", "", words);
      Object.assign(link, { href: address, target: "_blank", rel: "noopener noreferrer" });
      return i ? [" · ", link] : [link];
    });
    this.root.replaceChildren(
      this.sign,
      element("span", "bri-boundaries", text("map.boundaries")),
      element("span", "bri-credits", `${text("map.attribution")} `, ...links),
    );
  }
}

/**
 * @param {Drawn} drawn
 * @returns {Credit[]}
 */
export function creditsOf({ provider, land, names }) {
  return [
    ...(provider?.attribution ?? []),
    ...(land ? [CREDITS.land] : []),
    ...(names ? [CREDITS.names] : []),
    CREDITS.frame,
  ];
}
