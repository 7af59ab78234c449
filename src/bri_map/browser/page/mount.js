/**
 * What the parts of the page share: finding the map's frame, and being mounted.
 */

/** @returns {Window | null} The map's frame in this page, if there is one. */
export function mapFrame() {
  for (const { contentWindow } of document.querySelectorAll("iframe")) {
    try {
      if (contentWindow.briMap && contentWindow.briMap.hover) return contentWindow;
    } catch {
      // A frame of another origin is not ours.
    }
  }
  return null;
}

/** What is mounted, by the element in which it stands; kept over the page's reruns. */
const mounted = new Map();

/**
 * Make a part of the page at its first run and bring it up to date at every run.
 * @param {HTMLElement} parent
 * @param {new (parent: HTMLElement) => {destroy: () => void}} Part
 * @param {(part: object) => void} update
 * @returns {() => void} Takes it away.
 */
export function mount(parent, Part, update) {
  if (!mounted.has(parent)) mounted.set(parent, new Part(parent));
  update(mounted.get(parent));
  return () => {
    mounted.get(parent)?.destroy();
    mounted.delete(parent);
  };
}
