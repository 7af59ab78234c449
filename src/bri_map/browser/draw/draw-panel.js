/**
 * The panel of the drawing tools: buttons, the field for kilometres, advice.
 */

/** @import { Say } from "../core/texts.js" */
/** @import { Tool } from "./draw.js" */

import { isCoarse } from "../core/device.js";
import { button, element, entitle, keepFromMap } from "../core/dom.js";
import { icon } from "../marks/icons.js";

export const MAX_KM = 20000;
const START_KM = 100;
/** @type {readonly Tool[]} */
const TOOLS = ["rectangle", "polygon", "near"];

/**
 * @typedef {object} Acts What a press of a button does.
 * @property {() => void} open Unfold or fold the panel.
 * @property {(tool: Tool) => void} choose
 * @property {() => void} view
 * @property {() => void} erase
 * @property {() => void} finish
 * @property {() => void} measure The number of kilometres has changed.
 */

export class DrawPanel {
  /**
   * @param {Say} text
   * @param {Acts} acts
   */
  constructor(text, acts) {
    this.text = text;
    this.km = START_KM;
    /** Whether what stands in the field is no distance. */
    this.wrong = false;
    this.opener = button("bri-draw-place", acts.open, icon("place"));
    this.buttons = TOOLS.map((tool) => ({
      tool,
      pressed: button(`bri-draw-${tool}`, () => acts.choose(tool), icon(tool)),
    }));
    this.viewer = button("bri-draw-view", acts.view, icon("view"));
    this.eraser = button("bri-draw-clear", acts.erase, icon("clear"));
    const elements = this.buttons.map(({ pressed }) => pressed);
    this.tools = element("div", "bri-draw-tools", ...elements, this.viewer, this.eraser);
    this.tools.setAttribute("role", "group");
    this.before = element("span", "");
    this.after = element("span", "");
    this.field = this._field(acts.measure);
    this.radius = element("label", "bri-draw-radius", this.before, this.field, this.after);
    this.hint = element("p", "bri-draw-hint");
    this.hint.setAttribute("role", "status");
    this.finish = button("bri-draw-finish", acts.finish);
    this.panel = element("div", "bri-draw-panel", this.tools, this.radius, this.hint, this.finish);
    this.panel.hidden = true;
    this.root = element("div", "bri-draw leaflet-control", this.opener, this.panel);
    keepFromMap(this.root);
  }

  /** @param {() => void} measure */
  _field(measure) {
    const field = element("input", "");
    Object.assign(field, { type: "number", min: 1, max: MAX_KM, step: "any", value: START_KM });
    field.inputMode = "decimal";
    field.addEventListener("input", () => {
      const km = Number(field.value);
      this.wrong = !(km > 0 && km <= MAX_KM);
      field.setAttribute("aria-invalid", String(this.wrong));
      if (!this.wrong) this.km = Math.max(0.1, Math.round(km * 10) / 10);
      measure();
    });
    return field;
  }

  get opened() {
    return !this.panel.hidden;
  }

  /**
   * @param {object} state
   * @param {Tool | null} state.tool
   * @param {number} state.corners Of the polygon so far.
   * @param {number} state.most Corners at most.
   * @param {boolean} state.set Whether the filter asks for a place.
   */
  render({ tool, corners, most, set }) {
    const { text } = this;
    entitle(this.opener, text("map.draw.label"));
    this.opener.setAttribute("aria-expanded", String(this.opened));
    this.opener.classList.toggle("bri-on", set);
    this.tools.setAttribute("aria-label", text("map.draw.label"));
    const titles = {
      rectangle: text("map.draw.rectangle"),
      polygon: text("map.draw.polygon"),
      near: text("map.draw.near"),
    };
    for (const { tool: one, pressed } of this.buttons) {
      entitle(pressed, titles[one]);
      pressed.setAttribute("aria-pressed", String(one === tool));
    }
    entitle(this.viewer, text("map.draw.view"));
    entitle(this.eraser, text("map.draw.clear"));
    this.eraser.disabled = !set;
    this.radius.hidden = tool !== "near";
    this.before.textContent = text("map.draw.within");
    this.after.textContent = text("map.draw.km");
    this.finish.hidden = tool !== "polygon";
    this.finish.disabled = corners < 3;
    this.finish.textContent = text("map.draw.finish");
    const advice = this._advice(tool, corners, most);
    // Written only when it changes, so that it is read out once.
    if (this.hint.textContent !== advice) this.hint.textContent = advice;
  }

  /**
   * @param {Tool | null} tool
   * @param {number} corners
   * @param {number} most
   */
  _advice(tool, corners, most) {
    const { text } = this;
    if (this.wrong && tool === "near") return text("map.draw.wrong_km", { most: MAX_KM });
    if (corners >= most) return text("map.draw.full", { most });
    if (!tool) return text("map.draw.how");
    const advice = {
      rectangle: [text("map.draw.how_rectangle"), text("map.draw.keys_rectangle")],
      polygon: [text("map.draw.how_polygon"), text("map.draw.keys_polygon")],
      near: [text("map.draw.how_near"), text("map.draw.keys_near")],
    }[tool];
    return isCoarse() ? advice[0] : advice.join(" ");
  }
}
