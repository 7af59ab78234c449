/**
 * Runs before Streamlit does, which takes its theme once, from a storage entry of its own for each path: the
 * theme that the address asks for, else the one last chosen, else the system's.
 */

const KEPT = "bri-map.theme";
const NAMES = new Map([
  ["light", "Light"],
  ["dark", "Dark"],
]);

try {
  const asked = new URLSearchParams(location.search).get("theme");
  if (asked && NAMES.has(asked)) localStorage.setItem(KEPT, asked);
  const name = NAMES.get(localStorage.getItem(KEPT) ?? "");
  if (name) localStorage.setItem(`stActiveTheme-${location.pathname}-v2`, JSON.stringify(name));
} catch {
  // Storage is forbidden: the theme is the system's.
}
