/**
 * The entry of the map's frame. `briMap.attach(map)` builds the atlas on a Leaflet map; `briMap.apply(state)` says what
 * to show and may come at any time, also before `attach` or before the data; `briMap.detach()` takes everything away
 * again; `briMap.probe()` tells tests what is shown.
 */

/** @import { MapSheet } from "./controls/sheet-picture.js" */
/** @import { Config } from "./map.js" */
/** @import { MapState } from "./protocol.js" */

import { cluster } from "./cluster/cluster.js";
import { mapSheet } from "./controls/sheet-picture.js";
import { countBits } from "./core/bits.js";
import { Atlas } from "./map.js";
import { palette } from "./marks/palette.js";
import * as symbols from "./marks/symbols.js";

/** @typedef {ReturnType<Atlas["probe"]>} Probe */

/** @type {Atlas | null} */
let atlas = null;
/** @type {MapState | null} A state that came before the map. */
let early = null;

/** What the map's frame offers, as `window.briMap`. */
const briMap = {
  /** @type {Config | null} Set by the bundle. */
  config: null,

  /**
   * Build the atlas on a map.
   * @param {L.Map} map
   */
  attach(map) {
    briMap.detach();
    if (!briMap.config) throw new Error("briMap.config is not set");
    atlas = new Atlas(map, briMap.config);
    if (early) atlas.apply(early);
    early = null;
  },

  /** Take the atlas away from its map. */
  detach() {
    atlas?.destroy();
    atlas = null;
  },

  /**
   * Show a state of the page.
   * @param {MapState} state
   */
  apply(state) {
    if (atlas) atlas.apply(state);
    else early = state;
  },

  /**
   * Make a mark stronger, as if the pointer were over it; the table does so for the row under its pointer.
   * @param {string} layer Id.
   * @param {number | null} index Of the feature; null ends it.
   */
  hover(layer, index) {
    atlas?.pointer.hoverFor(layer, index);
  },

  /** Write the view into the address of the page, for a link to what is seen. */
  writeView() {
    atlas?.memory.writeLink();
  },

  /** @returns {MapSheet | null} The map for a printed sheet, if it is there. */
  sheet() {
    return atlas?.isReady() ? mapSheet(atlas) : null;
  },

  /** @returns {Probe | Partial<Probe>} What is shown, for tests and benchmarks. */
  probe() {
    return (
      atlas?.probe() ?? { ready: false, seq: 0, shown: {}, tooltip: null, selected: null, pixel: () => null }
    );
  },

  /** For tests. */
  palette,
  symbols,
  codec: { countBits },
  cluster,
};

/** @typedef {typeof briMap} BriMap */

window.briMap = briMap;
