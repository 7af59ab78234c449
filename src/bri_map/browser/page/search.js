/**
 * The search box in the top bar: a combobox over features, countries, places, events and sources. The server ranks
 * (`/atlas-files/search`); this shows, and says what was picked.
 */

/** @import { Locale } from "../core/locale.js" */
/** @import { SearchEvent } from "../protocol.js" */
/** @import { Run } from "./mount.js" */

import { element, isComposing, isModified } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { filled } from "../core/texts.js";
import { placeOf } from "./bar.js";
import { journal } from "./journal.js";
import { mount } from "./mount.js";

const DELAY = 80;
const LIMIT = 12;
const NAMED_COUNTRIES = 3;

/** @typedef {Record<"label" | "hint" | "results" | "found" | "none" | "failed" | "meant" | "filters" | "filter", string>} SearchTexts */
/** @typedef {{lang: string, locale: Locale, leave: boolean, texts: SearchTexts}} SearchData With whether a result leads away to the map. */

/**
 * @typedef {object} Result
 * @property {string} id
 * @property {string} name
 * @property {string | null} matched The name that matched, where it is another one.
 * @property {string} kind
 * @property {string} kind_label
 * @property {string} symbol Mark of its layer, or the group where it has none.
 * @property {string[]} country_labels
 * @property {string} status_label
 * @property {{field_label: string, text: string}[]} met Texts beside its names that matched.
 * @property {string[]} aside Of an event or a source: dates, places, makers.
 * @property {[number, number, number, number]} bbox
 */

/** @typedef {{group: string, label: string, results: Result[]}} Group */
/** @typedef {{codes: [string, string][], text?: string, label: string, count: number}} Offer A filter: the facets and codes that the words name, or names with the text in them. */
/** @typedef {{groups: Group[], did_you_mean: string | null, filters: Offer[]}} Answer */
/** @typedef {{row: HTMLElement, choose: () => void}} Option */
/** @typedef {{hit: (event: SearchEvent) => void, filter: (offer: Offer) => void}} Pick What is done with a choice. */

class SearchBox {
  /** @type {SearchData | null} */
  #data = null;
  /** @type {Pick} */
  #pick = { hit: () => {}, filter: () => {} };
  /** @type {Option[]} */
  #options = [];
  #active = -1;
  /** @type {string | null} The text whose results are shown. */
  #answered = null;
  /** @type {AbortController | null} */
  #request = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #life = new Lifetime();

  constructor() {
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
    this.root = element("div", "bri-search", this.input, this.list, this.status);
    this.root.setAttribute("role", "search");
    placeOf("search").append(this.root);
    this._listen();
  }

  /**
   * @param {SearchData} data
   * @param {Pick} pick
   */
  update(data, pick) {
    const changed = this.#data?.lang !== data.lang;
    this.#data = data;
    this.#pick = pick;
    if (!changed) return;
    this.input.placeholder = data.texts.hint;
    this.input.setAttribute("aria-label", data.texts.label);
    this.list.setAttribute("aria-label", data.texts.results);
    this.list.lang = data.locale.tag;
    this.close();
  }

  destroy() {
    this.#request?.abort();
    this.#life.end();
    this.root.remove();
  }

  // --- events ----------------------------------------------------------------------------------------

  _listen() {
    const { signal } = this.#life;
    this.input.addEventListener("input", () => this._schedule());
    this.input.addEventListener("focus", () => this._text() && this._schedule());
    this.input.addEventListener("keydown", (event) => this._onKey(event));
    document.addEventListener("pointerdown", (event) => this._onOutside(event), { signal });
    document.addEventListener("keydown", (event) => this._onSlash(event), { signal });
  }

  /** @param {Event} event */
  _onOutside({ target }) {
    if (!(target instanceof Node && this.root.contains(target))) this.close();
  }

  /** @param {KeyboardEvent} event */
  _onSlash(event) {
    const { target } = event;
    const writing = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || writing || isModified(event)) return;
    event.preventDefault();
    this.input.focus();
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    if (isComposing(event)) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (this.#options.length) this._activate(this.#active + (event.key === "ArrowDown" ? 1 : -1));
        else this._schedule();
        break;
      case "Enter":
        event.preventDefault();
        this._enter();
        break;
      case "Escape":
        if (this.list.hidden) this.input.value = "";
        this.close();
        break;
    }
  }

  /** Enter takes the active result, or the first, also when it is still on its way. */
  async _enter() {
    this.#life.cancel(this.#timer);
    if (this.#answered !== this._text()) await this._ask();
    const option = this.#options[Math.max(this.#active, 0)];
    if (option && !this.list.hidden) this._choose(option);
  }

  _text() {
    return this.input.value.trim();
  }

  _schedule() {
    this.#life.cancel(this.#timer);
    this.#timer = this.#life.after(DELAY, () => this._ask());
  }

  // --- asking ----------------------------------------------------------------------------------------

  async _ask() {
    const text = this._text();
    const data = this.#data;
    if (!text || !data) {
      this.close();
      return;
    }
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const address = new URL("atlas-files/search", document.baseURI);
    address.search = new URLSearchParams({ q: text, lang: data.lang, limit: String(LIMIT) }).toString();
    try {
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok) throw new Error(await response.text());
      /** @type {Answer} */
      const answer = await response.json();
      if (request === this.#request) this._show(text, answer, data);
    } catch {
      if (!request.signal.aborted) this._say(text, data.texts.failed);
    }
  }

  /**
   * Show one sentence in place of results.
   * @param {string} text
   * @param {string} sentence
   */
  _say(text, sentence) {
    this.#answered = text;
    this.#options = [];
    this.#active = -1;
    this.list.replaceChildren(element("p", "bri-search-none", sentence));
    this._open();
    this.status.textContent = sentence;
  }

  /**
   * @param {string} text
   * @param {Answer} answer
   * @param {SearchData} data
   */
  _show(text, { groups, did_you_mean: meant, filters }, { texts, locale }) {
    const found = groups.reduce((sum, { results }) => sum + results.length, filters.length);
    if (!found) {
      this._say(text, filled(texts.none, { text }));
      return;
    }
    this.#answered = text;
    this.#options = [];
    const parts = groups.map(({ group, label, results }) =>
      this._group(
        group,
        label,
        results.map((result) => this._result(group, result, locale)),
      ),
    );
    if (filters.length)
      parts.push(
        this._group(
          "filters",
          texts.filters,
          filters.map((offer) => this._offer(offer, texts)),
        ),
      );
    if (meant) parts.unshift(element("p", "bri-search-meant", filled(texts.meant, { text: meant })));
    this.list.replaceChildren(...parts);
    this._open();
    this._activate(0);
    this.status.textContent = filled(texts.found, { n: found });
  }

  /**
   * @param {string} group
   * @param {string} label
   * @param {HTMLElement[]} rows
   * @returns {HTMLElement}
   */
  _group(group, label, rows) {
    const head = element("div", "bri-search-head", label);
    head.id = `bri-search-group-${group}`;
    const box = element("div", "bri-search-group", head, ...rows);
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", head.id);
    return box;
  }

  /**
   * @param {string} group
   * @param {Result} result
   * @param {Locale} locale
   */
  _result(group, result, locale) {
    const name = element("span", "bri-search-name", result.name);
    if (result.matched) name.append(" ", element("span", "bri-search-matched", result.matched));
    const countries = group === "country" ? "" : shortList(result.country_labels, NAMED_COUNTRIES, locale);
    const kind = group === result.kind && group !== "country" ? "" : result.kind_label;
    const facts = [kind, ...result.aside, countries, result.status_label].filter(Boolean).join(" · ");
    const words = element("span", "bri-search-text", name);
    if (facts) words.append(element("span", "bri-search-facts", facts));
    for (const { field_label: label, text } of result.met)
      words.append(element("span", "bri-search-met", `${label}${locale.colon}${text}`));
    const dot = element("span", `bri-dot bri-${result.symbol} bri-${result.kind}`);
    const event = { group, id: result.id, bbox: result.bbox };
    return this._option([dot, words], () => this.#pick.hit(event));
  }

  /**
   * @param {Offer} offer
   * @param {SearchTexts} texts
   */
  _offer(offer, texts) {
    const words = filled(texts.filter, { filter: offer.label, n: offer.count });
    const name = element("span", "bri-search-text", element("span", "bri-search-name", words));
    return this._option([name], () => this.#pick.filter(offer));
  }

  /**
   * @param {HTMLElement[]} parts
   * @param {() => void} choose
   */
  _option(parts, choose) {
    const row = element("div", "bri-search-option", ...parts);
    row.id = `bri-search-option-${this.#options.length}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const option = { row, choose };
    this.#options.push(option);
    row.addEventListener("pointerdown", (down) => down.preventDefault());
    row.addEventListener("click", () => this._choose(option));
    return row;
  }

  /** @param {number} wanted */
  _activate(wanted) {
    const count = this.#options.length;
    this.#active = ((wanted % count) + count) % count;
    this.#options.forEach(({ row }, i) => {
      row.setAttribute("aria-selected", String(i === this.#active));
    });
    const { row } = this.#options[this.#active];
    this.input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  /** @param {Option} option */
  _choose({ choose }) {
    this.close();
    this.input.value = "";
    choose();
  }

  _open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.#life.cancel(this.#timer);
    this.#request?.abort();
    this.#request = null;
    this.#answered = null;
    this.#options = [];
    this.#active = -1;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/**
 * @param {string[]} labels
 * @param {number} most
 * @param {Locale} locale
 * @returns {string} The first few, and how many more there are.
 */
function shortList(labels, most, locale) {
  const more = labels.length - most;
  const named = labels.slice(0, most).join(locale.separator);
  return more > 0 ? `${named} +${more}` : named;
}

/** @param {Run<SearchData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, SearchBox, (box) =>
    box.update(data, {
      hit: (event) => journal().add({ kind: "search", ...event, leave: data.leave }),
      filter: ({ codes, text }) =>
        journal().add(
          { kind: "reset" },
          ...codes.map(([facet, code]) => ({ kind: "code", facet, code, on: true })),
          ...(text ? [{ kind: "text", text }] : []),
          ...(data.leave ? [{ kind: "leave" }] : []),
        ),
    }),
  );
}
