/**
 * The members of a cluster that no zoom can part, as a list to choose from.
 */

/** @import { Say } from "../core/texts.js" */
/** @import { Pixel } from "../layers/data-layer.js" */
/** @import { Hit } from "../layers/hits.js" */
/** @import { Mark } from "./clusters.js" */

import { button, element, keepFromMap } from "../core/dom.js";
import { layerSwatch } from "../marks/swatches.js";

const EDGE = 8;
/** Pixels between the middle of the cluster and the list. */
const GAP = 20;

export class ClusterList {
  /**
   * @param {HTMLElement} container The map's element.
   * @param {object} options
   * @param {Say} options.text
   * @param {(member: Hit) => string} options.nameOf
   * @param {(member: Hit) => string} options.kindOf
   * @param {(member: Hit) => void} options.onChoose
   */
  constructor(container, { text, nameOf, kindOf, onChoose }) {
    this.container = container;
    this.text = text;
    this.nameOf = nameOf;
    this.kindOf = kindOf;
    this.onChoose = onChoose;
    /** @type {{one: Mark, at: Pixel} | null} */
    this.shown = null;
    this.root = element("div", "bri-members leaflet-control");
    this.root.setAttribute("role", "dialog");
    this.root.hidden = true;
    keepFromMap(this.root);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
      container.focus({ preventScroll: true });
    });
    container.append(this.root);
  }

  /**
   * @param {Mark} one
   * @param {Pixel} at Pixels in the map's window.
   */
  open(one, at) {
    this.shown = { one, at };
    this.render();
    this.root.querySelector("button")?.focus({ preventScroll: true });
  }

  isOpen() {
    return Boolean(this.shown);
  }

  close() {
    this.shown = null;
    this.root.hidden = true;
  }

  remove() {
    this.root.remove();
  }

  /** Write the list again, as when names have arrived. */
  render() {
    if (!this.shown) return;
    const { one, at } = this.shown;
    const title = this.text("seeing.members", { n: one.count });
    this.root.setAttribute("aria-label", title);
    this.root.replaceChildren(
      element("div", "bri-members-title", title),
      ...one.members.map((member) => this._row(member)),
    );
    this.root.hidden = false;
    const { clientWidth, clientHeight } = this.container;
    const { offsetWidth, offsetHeight } = this.root;
    const left = Math.max(EDGE, Math.min(at.x - offsetWidth / 2, clientWidth - offsetWidth - EDGE));
    const below = at.y + GAP + offsetHeight <= clientHeight - EDGE;
    const top = below ? at.y + GAP : Math.max(EDGE, at.y - GAP - offsetHeight);
    this.root.style.left = `${Math.round(left)}px`;
    this.root.style.top = `${Math.round(top)}px`;
  }

  /** @param {Hit} member */
  _row(member) {
    const choose = () => {
      this.close();
      this.onChoose(member);
    };
    return button(
      "bri-member",
      choose,
      layerSwatch(member.layer.spec, member.layer.look(member.feature)),
      element(
        "span",
        "bri-member-words",
        element("span", "bri-member-name", this.nameOf(member)),
        element("span", "bri-member-kind", this.kindOf(member)),
      ),
    );
  }
}
