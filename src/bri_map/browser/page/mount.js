/**
 * What the parts of the page share: finding the map's frame, and being mounted.
 */

/** @import { BriMap } from "../atlas.js" */

/**
 * What Streamlit gives to a part of the page at every run.
 * @template D
 * @typedef {object} Run
 * @property {HTMLElement} parentElement
 * @property {D} data
 * @property {(name: string, value: object) => void} setTriggerValue
 * @property {(name: string, value: object) => void} setStateValue
 */

/** @typedef {{destroy: () => void}} Part */

/** @returns {BriMap | null} The map in this page, if there is one. */
export function mapFrame() {
  for (const { contentWindow } of document.querySelectorAll("iframe")) {
    try {
      if (contentWindow?.briMap?.hover) return contentWindow.briMap;
    } catch {
      // A frame of another origin is not ours.
    }
  }
  return null;
}

/** @type {Map<HTMLElement, Part>} What is mounted, by the element in which it stands; kept over the page's reruns. */
const mounted = new Map();

/**
 * Make a part of the page at its first run and bring it up to date at every run.
 * @template {Part} P
 * @param {HTMLElement} parent
 * @param {new (parent: HTMLElement) => P} Kind
 * @param {(part: P) => void} update
 * @returns {() => void} Takes it away.
 */
export function mount(parent, Kind, update) {
  const known = mounted.get(parent);
  const part = known instanceof Kind ? known : new Kind(parent);
  mounted.set(parent, part);
  update(part);
  return () => {
    mounted.get(parent)?.destroy();
    mounted.delete(parent);
  };
}

/**
 * Have an element hold these children and no others, in this order; those that stand there already stay where
 * they are, so that they keep the keyboard's focus.
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} wanted
 */
export function keepInOrder(parent, wanted) {
  for (const child of [...parent.children])
    if (!wanted.includes(/** @type {HTMLElement} */ (child))) child.remove();
  wanted.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
}
