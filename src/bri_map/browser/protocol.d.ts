/**
 * What the map's frame and the page say to each other.
 * Generated from src/bri_map/maps/protocol.py by python -m tools.protocol; not written by hand.
 */

/** A feature was clicked. */
export interface SelectEvent {
  event: "select";
  layer: string;
  index: number;
}

/** The map was clicked beside all features. */
export interface ClearEvent {
  event: "clear";
}

/** A layer was switched in the legend. */
export interface ToggleEvent {
  event: "toggle";
  layer: string;
  on: boolean;
}

/** Another basemap is shown. */
export interface BasemapEvent {
  event: "basemap";
  basemap: string;
}

/** The year slider came to rest. */
export interface YearEvent {
  event: "year";
  year: number | null;
  wish: number;
}

/** Features without dates are to be shown or not. */
export interface UndatedEvent {
  event: "undated";
  shown: boolean;
}

/** A rectangle was drawn: west, south, east, north in degrees. */
export interface BBoxEvent {
  event: "bbox";
  bbox: [number, number, number, number];
}

/** A polygon was drawn: longitude and latitude of each corner as drawn, also beyond 180 degrees. */
export interface AreaEvent {
  event: "area";
  area: [number, number][];
}

/** A circle was drawn: longitude and latitude in degrees, and kilometres. */
export interface NearEvent {
  event: "near";
  lon: number;
  lat: number;
  km: number;
}

/** The place is no longer asked for. */
export interface PlaceClearEvent {
  event: "place-clear";
}

export type MapEvent =
  | SelectEvent
  | ClearEvent
  | ToggleEvent
  | BasemapEvent
  | YearEvent
  | UndatedEvent
  | BBoxEvent
  | AreaEvent
  | NearEvent
  | PlaceClearEvent;

/** A row of a table or a link was picked. */
export interface PickEvent {
  id: string;
}

/** The head of a column was clicked. */
export interface SortEvent {
  column: string;
}

/** A result of the search was picked. */
export interface SearchEvent {
  group: string;
  id: string;
  bbox: [number, number, number, number];
}

/** What of a layer is shown: bits as base64 or all or none, numbers of features, whether it is on. */
export interface LayerState {
  bits: string | boolean;
  shown: number;
  total: number;
  on: boolean;
}

/** The feature whose details are open. */
export interface SelectedState {
  layer: string;
  index: number;
}

/** Where to zoom, once: west, south, east, north in degrees, or null for the result; a token names it. */
export interface FocusState {
  token: string;
  bbox: [number, number, number, number] | null;
}

/** A circle that the filter asks for. */
export interface NearPlace {
  lon: number;
  lat: number;
  km: number;
}

/** A distance from a feature that the filter asks for. */
export interface NearFeature {
  feature: string;
  layer: string;
  index: number;
  km: number;
}

/** Where the filter looks. */
export interface PlaceState {
  bbox: [number, number, number, number] | null;
  area: [number, number][] | null;
  near: NearPlace | NearFeature | null;
}

/** How the map is shown; what is absent is as in the default display. */
export interface DisplayState {
  theme?: "light" | "dark";
  cluster?: boolean;
  labels?: boolean;
  scheme?: "kind" | "green" | "sector";
  basemap?: string;
  indicator?: string;
  compare?: string;
}

/** What the map shows. */
export interface MapState {
  seq?: number;
  live?: string;
  lang: string;
  year: number | null;
  wish: number | null;
  query: string;
  place: PlaceState;
  layers: Record<string, LayerState>;
  selected: SelectedState | null;
  focus: FocusState | null;
  display: DisplayState;
}
