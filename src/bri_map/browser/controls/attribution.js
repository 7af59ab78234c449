/**
 * Whose work is on the map, and that its boundaries imply no opinion.
 */

import { element } from "../core/dom.js";

const CREDITS = Object.freeze([
  ["Natural Earth", "https://www.naturalearthdata.com/"],
  ["GeoNames (CC BY 4.0)", "https://www.geonames.org/"],
  ["Leaflet", "https://leafletjs.com/"],
]);

/**
 * Whose work the basemap is, and that its boundaries imply no opinion. Options: `text`, `parts()`, which
 * says what is drawn: `provider` of an online basemap, `land` and `names` of the built-in one.
 */
const Attribution = L.Control.extend({
  options: { position: "bottomright" },

  onAdd() {
    this.root = element("div", "bri-attribution leaflet-control");
    L.DomEvent.disableClickPropagation(this.root);
    this.render();
    return this.root;
  },

  render() {
    if (!this.root) return;
    const { text, parts } = this.options;
    const { provider, land, names } = parts();
    const shown = [
      ...(provider ? provider.attribution : []),
      ...CREDITS.filter((_, at) => [land, names, true][at]),
    ];
    const credits = shown.flatMap(([name, address], i) => {
      const link = element("a", "", name);
      Object.assign(link, { href: address, target: "_blank", rel: "noopener noreferrer" });
      return i ? [" · ", link] : [link];
    });
    this.root.replaceChildren(
      element("span", "bri-boundaries", text("map.boundaries")),
      element("span", "bri-credits", `${text("map.attribution")} `, ...credits),
    );
  },
});

export { Attribution };
