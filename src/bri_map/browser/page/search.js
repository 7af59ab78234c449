/**
 * The search box in the top bar: a combobox over features, countries and places. The server ranks
 * (`/atlas-files/search`); this shows, and says what was picked.
 */

import { element } from "../core/dom.js";
import { mount } from "./mount.js";

const DELAY = 80;
const LIMIT = 12;
const NAMED_COUNTRIES = 3;

class SearchBox {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.root = element("div", "bri-search");
    this.root.setAttribute("role", "search");
    this.input = element("input", "bri-search-input");
    Object.assign(this.input, { type: "search", autocomplete: "off", spellcheck: false, maxLength: 200 });
    this.list = element("div", "bri-search-list");
    this.list.id = "bri-search-list";
    this.list.hidden = true;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    }))
      this.input.setAttribute(name, value);
    this.list.setAttribute("role", "listbox");
    this.status = element("div", "bri-hidden");
    this.status.setAttribute("role", "status");
    this.root.append(this.input, this.list, this.status);
    parent.append(this.root);
    this.options = [];
    this.active = -1;
    this._listen();
  }

  /** @param {{lang: string, texts: Object<string, string>}} data @param {(value: object) => void} pick */
  update(data, pick) {
    const changed = !this.data || this.data.lang !== data.lang;
    this.data = data;
    this.pick = pick;
    if (!changed) return;
    this.input.placeholder = data.texts.hint;
    this.input.setAttribute("aria-label", data.texts.label);
    this.list.setAttribute("aria-label", data.texts.results);
    this.list.lang = data.lang === "zh" ? "zh-Hans" : "en";
    this.close();
  }

  destroy() {
    document.removeEventListener("pointerdown", this._onOutside);
    document.removeEventListener("keydown", this._onSlash);
    this.root.remove();
  }

  // --- events --------------------------------------------------------------------------------------

  _listen() {
    this.input.addEventListener("input", () => this._schedule());
    this.input.addEventListener("focus", () => this.input.value.trim() && this._schedule());
    this.input.addEventListener("keydown", (event) => this._onKey(event));
    this._onOutside = ({ target }) => this.root.contains(target) || this.close();
    this._onSlash = (event) => {
      const { target } = event;
      const writing =
        target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.input.focus();
    };
    document.addEventListener("pointerdown", this._onOutside);
    document.addEventListener("keydown", this._onSlash);
  }

  _onKey(event) {
    if (event.isComposing) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (this.options.length) this._activate(this.active + moves[event.key]);
      else this._schedule();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this._enter();
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      this.close();
    }
  }

  /** Enter takes the active result, or the first, also when it is still on its way. */
  async _enter() {
    clearTimeout(this.timer);
    if (this.answered !== this._text()) await this._ask();
    const option = this.options[Math.max(this.active, 0)];
    if (option && !this.list.hidden) this._choose(option.result);
  }

  _text() {
    return this.input.value.trim();
  }

  _schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this._ask(), DELAY);
  }

  // --- asking --------------------------------------------------------------------------------------

  async _ask() {
    const text = this._text();
    if (!text) {
      this.close();
      return;
    }
    if (this.request) this.request.abort();
    const request = (this.request = new AbortController());
    const address = new URL("atlas-files/search", document.baseURI);
    address.search = new URLSearchParams({ q: text, lang: this.data.lang, limit: LIMIT }).toString();
    try {
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok) throw new Error(await response.text());
      const answer = await response.json();
      if (request === this.request) this._show(text, answer);
    } catch (error) {
      if (error.name !== "AbortError") this._say(text, this.data.texts.failed);
    }
  }

  /** Show one sentence in place of results. */
  _say(text, sentence) {
    this.answered = text;
    this.options = [];
    this.active = -1;
    this.list.replaceChildren(element("p", "bri-search-none", sentence));
    this._open();
    this.status.textContent = sentence;
  }

  _show(text, { groups, did_you_mean: meant }) {
    const { texts } = this.data;
    const found = groups.reduce((sum, { results }) => sum + results.length, 0);
    if (!found) {
      this._say(text, texts.none.replace("{text}", text));
      return;
    }
    this.answered = text;
    this.options = [];
    const parts = groups.map((group) => this._group(group));
    if (meant) parts.unshift(element("p", "bri-search-meant", texts.meant.replace("{text}", meant)));
    this.list.replaceChildren(...parts);
    this._open();
    this._activate(0);
    this.status.textContent = texts.found.replace("{n}", String(found));
  }

  _group({ group, label, results }) {
    const box = element("div", "bri-search-group");
    const head = element("div", "bri-search-head", label);
    head.id = `bri-search-group-${group}`;
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", head.id);
    box.append(head, ...results.map((result) => this._option(group, result)));
    return box;
  }

  _option(group, result) {
    const row = element("div", "bri-search-option");
    row.id = `bri-search-option-${this.options.length}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const name = element("span", "bri-search-name", result.name);
    if (result.matched) name.append(" ", element("span", "bri-search-matched", result.matched));
    const countries = group === "country" ? "" : this._countries(result.country_labels);
    const facts = [result.kind_label, countries, result.status_label].filter(Boolean).join(" · ");
    row.append(
      element("span", `bri-dot bri-${group} bri-${result.kind}`),
      element("span", "bri-search-text", name),
    );
    if (facts) row.lastChild.append(element("span", "bri-search-facts", facts));
    const entry = { row, result: { ...result, group } };
    this.options.push(entry);
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => this._choose(entry.result));
    return row;
  }

  /** A line in many countries is said to be in the first few. */
  _countries(labels) {
    const more = labels.length - NAMED_COUNTRIES;
    const named = labels.slice(0, NAMED_COUNTRIES).join(this.data.lang === "zh" ? "、" : ", ");
    return more > 0 ? `${named} +${more}` : named;
  }

  _activate(wanted) {
    const count = this.options.length;
    this.active = ((wanted % count) + count) % count;
    this.options.forEach(({ row }, i) => row.setAttribute("aria-selected", String(i === this.active)));
    const { row } = this.options[this.active];
    this.input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  _choose({ group, id, bbox, name }) {
    this.close();
    this.input.value = "";
    this.pick({ group, id, bbox, name, n: Date.now() });
  }

  _open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    if (this.request) this.request.abort();
    this.request = null;
    this.answered = null;
    this.options = [];
    this.active = -1;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

export default function render({ parentElement, data, setTriggerValue }) {
  return mount(parentElement, SearchBox, (box) =>
    box.update(data, (value) => setTriggerValue("picked", value)),
  );
}
