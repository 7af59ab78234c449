/** What stands in the windows, and the events of our own on a Leaflet map. */

import "leaflet";
import type { BriMap } from "./atlas.js";
import type { Journal } from "./page/journal.js";

declare global {
  interface Window {
    /** The map's interface, in its frame only. */
    briMap?: BriMap;
    /** What the reader has done and the server has not answered, in the page only. */
    briMapJournal?: Journal;
    CustomEvent: typeof CustomEvent;
  }
}

declare module "leaflet" {
  interface LeafletEventHandlerFnMap {
    /** Surfaces have been drawn. */
    "bri:drawn"?: (event: { ms: number }) => void;
    /** A panel has opened; in a narrow map others make room. */
    "bri:panel"?: (event: { panel: object }) => void;
  }
}
