/**
 * Takes the first picture of the map away: when the map's frame says that it has drawn, when the page turns out to
 * have no map, and after a while in any case. Until then the picture follows the map's place. Runs in the head.
 */
(() => {
  const KEPT_THEME = "bri-map.theme";
  const KEPT_VIEW = "bri-map.view";
  const PICTURE = "bri-first";
  const MAP = ".st-key-map-area, .st-key-embedded-map";
  /** Seconds after which a map that has not come is not waited for. */
  const PATIENCE = 30;
  /** Milliseconds between two looks at the page. */
  const PAUSE = 50;
  const { ZOOM, SIDE } = { ZOOM: 3, SIDE: 2048 };
  const root = document.documentElement;
  const path = location.pathname;
  const picture = () => document.getElementById(PICTURE);

  /** @param {Storage} storage @param {string} key */
  const read = (storage, key) => {
    try {
      return storage.getItem(key);
    } catch {
      return null;
    }
  };

  const end = () => {
    root.dataset.briFirst = "off";
    clearInterval(looking);
    removeEventListener("message", onMessage);
    picture()?.remove();
  };

  /** @param {MessageEvent} event */
  const onMessage = ({ data, origin }) => {
    if (origin === location.origin && data === "bri-map:drawn") requestAnimationFrame(end);
  };

  /** Show the view that this tab remembers, as the map will. */
  const restore = () => {
    const kept = new URLSearchParams(location.search).has("view") ? null : read(sessionStorage, KEPT_VIEW);
    if (!kept) return;
    try {
      const { lon, lat, zoom } = JSON.parse(kept);
      if (zoom !== ZOOM) {
        root.dataset.briFirst = "off";
        return;
      }
      const sine = Math.sin((lat * Math.PI) / 180);
      const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      root.style.setProperty("--bri-first-x", `${Math.round(((lon + 180) / 360) * SIDE)}px`);
      root.style.setProperty("--bri-first-y", `${Math.round(y * SIDE)}px`);
    } catch {
      // What is kept is no view: the map begins as on a first visit.
    }
  };

  const look = () => {
    const shown = picture();
    if (!shown) return;
    const map = document.querySelector(MAP);
    const app = document.querySelector('[data-testid="stApp"]');
    const isDone =
      app?.getAttribute("data-test-script-state") === "notRunning" &&
      app.querySelector('.stMain [data-testid="stElementContainer"]');
    if (
      location.pathname !== path ||
      (!map && isDone) ||
      document.querySelector('[data-testid="stException"]')
    )
      return end();
    const box = map?.getBoundingClientRect();
    if (!box?.width || !box.height) return;
    const { innerWidth, innerHeight } = window;
    shown.style.inset = `${box.top}px ${innerWidth - box.right}px ${innerHeight - box.bottom}px ${box.left}px`;
  };

  const asked = new URLSearchParams(location.search).get("theme");
  const theme = asked === "light" || asked === "dark" ? asked : read(localStorage, KEPT_THEME);
  if (theme) root.dataset.briTheme = theme;
  restore();
  const looking = setInterval(look, PAUSE);
  setTimeout(end, 1000 * PATIENCE);
  addEventListener("message", onMessage);
})();
