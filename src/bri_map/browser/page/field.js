/**
 * A field of a form: text, a number, a check box or a list. What is entered is noted in the journal as a change
 * and stands until the server has answered; then the field says what the server says.
 */

/** @import { Change } from "./journal.js" */

import { element } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { journal, valueAfter } from "./journal.js";

/** @typedef {string | number | boolean | null} Value */

/**
 * @typedef {object} FieldData
 * @property {"search" | "number" | "checkbox" | "select"} type
 * @property {string} label
 * @property {Value} value What the server says.
 * @property {Change} change What is noted, but for the value.
 * @property {string} name Under which name the change has the value.
 * @property {string} [placeholder]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [length] The most characters.
 * @property {[number, string][]} [options] Value and label of each.
 * @property {boolean} [disabled]
 * @property {string} [cleared] Name of what a filter asks here, which may be cleared from elsewhere.
 * @property {Value} [blank] Its value then.
 */

export class Field {
  /** @type {FieldData | null} */
  #data = null;
  /** @type {HTMLInputElement | HTMLSelectElement | null} */
  #input = null;
  /** Whether somebody is writing and has not finished. */
  #edited = false;
  #listed = "";

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.life = new Lifetime();
    this.label = element("span", "");
    this.root = element("label", "bri-labelled");
    parent.append(this.root);
    journal().addEventListener("change", () => this._follow(), { signal: this.life.signal });
  }

  /** @param {FieldData} data */
  update(data) {
    this.#data = data;
    const input = this.#input ?? this._build(data);
    this.label.textContent = data.label;
    input.disabled = Boolean(data.disabled);
    if (input instanceof HTMLSelectElement) this._list(input, data);
    else {
      input.placeholder = data.placeholder ?? "";
      if (data.length) input.maxLength = data.length;
      if (data.type === "number")
        Object.assign(input, { min: String(data.min), max: String(data.max), step: "1" });
    }
    this._follow();
  }

  destroy() {
    this.life.end();
    this.root.remove();
  }

  /** @param {FieldData} data */
  _build({ type }) {
    const input = type === "select" ? element("select", "bri-field") : element("input", "bri-field");
    if (input instanceof HTMLInputElement) input.type = type;
    if (type === "checkbox") input.className = "";
    input.autocomplete = "off";
    input.addEventListener("input", () => {
      this.#edited = true;
    });
    input.addEventListener("change", () => this._take());
    input.addEventListener("blur", () => {
      this.#edited = false;
      this._follow();
    });
    this.root.classList.toggle("bri-checked", type === "checkbox");
    this.root.append(...(type === "checkbox" ? [input, this.label] : [this.label, input]));
    this.#input = input;
    return input;
  }

  /**
   * @param {HTMLSelectElement} input
   * @param {FieldData} data
   */
  _list(input, { options = [], placeholder = "" }) {
    const listed = JSON.stringify([options, placeholder]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    const made = options.map(([value, label]) => new Option(label, String(value)));
    input.replaceChildren(new Option(placeholder, ""), ...made);
  }

  /** Note what was entered; what is no value of the field is put back. */
  _take() {
    this.#edited = false;
    if (!this.#data) return;
    const { change, name } = this.#data;
    const value = this._entered(this.#data);
    if (value === undefined || value === this._wanted(this.#data)) this._follow();
    else journal().add({ ...change, [name]: value });
  }

  /**
   * @param {FieldData} data
   * @returns {Value | undefined} What was entered; undefined for what is no value.
   */
  _entered({ type, min = 0, max = 0, options = [] }) {
    const input = this.#input;
    if (!input) return undefined;
    if (input instanceof HTMLInputElement && type === "checkbox") return input.checked;
    if (type === "search") return input.value.trim().replace(/\s+/g, " ");
    if (input.value === "") return input.validity.badInput ? undefined : null;
    if (type === "number") return Math.min(Math.max(Math.round(Number(input.value)), min), max);
    return options.map(([value]) => value).find((value) => String(value) === input.value);
  }

  /**
   * @param {FieldData} data
   * @returns {Value} What the field is to say once all that is noted has been answered.
   */
  _wanted({ change, name, value, cleared = "", blank = null }) {
    return valueAfter(journal().pending, change.kind, name, cleared, value, blank);
  }

  /** Say it, unless somebody is writing. */
  _follow() {
    const input = this.#input;
    if (!input || !this.#data || (this.#edited && input === document.activeElement)) return;
    const wanted = this._wanted(this.#data);
    if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = Boolean(wanted);
    else if (input.value !== String(wanted ?? "")) input.value = String(wanted ?? "");
  }
}
