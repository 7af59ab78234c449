/**
 * Runs in every page that is measured. It watches the page from animation frame to animation frame, so
 * that what it times is what a visitor could have seen.
 */
(() => {
  "use strict";

  if (window !== window.top) return;
  const PILLS = ".st-key-w-status button";
  const MAP = "iframe[title*='st_folium']";

  /** The map's window, once there is one. */
  const mapWindow = () => document.querySelector(MAP)?.contentWindow ?? null;

  /** What each kind of page shows; null while it is not there. */
  const readers = {
    atlas() {
      const probe = mapWindow()?.briMap?.probe?.();
      return probe?.ready ? JSON.stringify(probe.shown, Object.keys(probe.shown).sort()) : null;
    },
    floor: () => document.querySelector("#stamp")?.dataset.chosen ?? null,
    geojson: () => String(mapWindow()?.benchShown ?? "") || null,
    // The chart stands before the number on the page; what deck.gl draws afterwards is not timed.
    pydeck: () => (document.querySelector("canvas") && document.querySelector("#shown")?.dataset.shown) || null,
  };

  /** Resolve with the time of the first frame in which `done` holds. */
  const frameWhen = (done, patience) =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      const look = () => {
        if (done()) resolve(performance.now());
        else if (performance.now() - begun > patience) reject(new Error("the change did not come"));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });

  window.bench = {
    /** @returns {Promise<number>} Milliseconds from navigation until the page shows what it is to show. */
    ready: (kind, patience) => frameWhen(() => readers[kind]() !== null, patience),

    /**
     * Click a pill and wait for the page to show what is expected.
     * @returns {Promise<number>} Milliseconds.
     */
    async click(kind, pill, expected, patience) {
      const before = kind === "atlas" ? mapWindow().briMap.probe().seq : 0;
      const clicked = performance.now();
      document.querySelectorAll(PILLS)[pill].click();
      const changed = () =>
        readers[kind]() === expected && (kind !== "atlas" || mapWindow().briMap.probe().seq > before);
      return (await frameWhen(changed, patience)) - clicked;
    },

    pills: () => [...document.querySelectorAll(PILLS)].map((pill) => pill.innerText),
    drawMs: () => mapWindow()?.briMap?.probe().drawMs ?? 0,
    shown: (kind) => readers[kind](),

    /** Record the frames of the map's window until `stopFrames`. */
    startFrames() {
      const frames = (window.bench.frames = [performance.now()]);
      const inside = mapWindow();
      const record = () => {
        frames.push(performance.now());
        window.bench.recording = inside.requestAnimationFrame(record);
      };
      window.bench.recording = inside.requestAnimationFrame(record);
    },

    /** @returns {number[]} Milliseconds from frame to frame. */
    stopFrames() {
      mapWindow().cancelAnimationFrame(window.bench.recording);
      return window.bench.frames.slice(1).map((at, i) => at - window.bench.frames[i]);
    },
  };
})();
