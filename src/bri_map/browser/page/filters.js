/**
 * The sidebar: how many are shown, what is asked for, and the filters in groups. Titles and options come from
 * a file that is the same until the data change; a run of the page brings what is chosen and counted. A group
 * opens at once, and is counted while it is open. Typing finds groups and options.
 */

/** @import { Locale } from "../core/locale.js" */
/** @import { LayerMark } from "../marks/layer-mark.js" */
/** @import { Act } from "./act.js" */
/** @import { Group } from "./group.js" */
/** @import { Run } from "./mount.js" */

import { element } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { loadJson } from "../core/load.js";
import { palette } from "../marks/palette.js";
import { forgetSwatches } from "../marks/swatches.js";
import { Acts } from "./act.js";
import { fold } from "./fold.js";
import { makeGroup } from "./group-kinds.js";
import { journal } from "./journal.js";
import { keepInOrder, mount } from "./mount.js";
import { Roving } from "./roving.js";

/** Milliseconds of rest after which what was typed is counted. */
const REST = 250;

/**
 * @typedef {object} GroupWords What the file says of a group.
 * @property {string} name
 * @property {string} look
 * @property {string} title
 * @property {string} note
 * @property {string} section Title under which it stands, with others; none if empty.
 * @property {string[]} [options] Codes.
 * @property {string[]} [mark] Which mark of the map stands for a code: what differs, then the layer.
 * @property {string} [things] What the codes stand for, a name in `labels`.
 * @property {string} [unit] Of a number.
 * @property {boolean} [dates] Whether its values are dates.
 * @property {number[]} [steps] In which its values are counted; days as YYYYMMDD for dates.
 * @property {string} [year]
 * @property {string} [none]
 * @property {string} [undated]
 * @property {number} [first]
 * @property {number} [last]
 * @property {string} [pick]
 * @property {string} [clear]
 * @property {Record<string, string>} [texts] Further words.
 */

/**
 * @typedef {object} Words
 * @property {GroupWords[]} groups
 * @property {Record<string, Record<string, string>>} labels What codes stand for, to labels by code.
 * @property {LayerMark[]} marks
 * @property {Record<string, string>} texts
 */

/**
 * @typedef {object} FiltersData
 * @property {string} lang
 * @property {Locale} locale
 * @property {string} file Address of the words.
 * @property {string} showing How many of how many.
 * @property {boolean} asks Whether the filter asks for anything.
 * @property {string} theme
 * @property {Act[]} chips
 * @property {Record<string, string[]>} chosen Codes by facet.
 * @property {string[]} open Groups that stand open.
 * @property {Record<string, number[]>} counts By facet, in the order of the options.
 * @property {Record<string, string>} spans What is asked of ranges.
 * @property {Record<string, number[]>} steps Values of a range by step, then how many features have none.
 * @property {number | null} year
 * @property {boolean} undated
 * @property {{title: string, links: [string, string, string][]} | null} off_map
 * @property {Where} [where]
 */

/**
 * @typedef {object} Where
 * @property {boolean} asks Whether the filter asks for a place.
 * @property {string} [feature] From which the distance counts.
 * @property {string} [label]
 * @property {number | null} [km]
 * @property {[number, string][]} [options]
 */

/** @type {Map<string, Words>} By address. */
const known = new Map();

class Filters {
  /** @type {FiltersData | null} */
  #data = null;
  /** @type {Map<string, Group>} By name. */
  #groups = new Map();
  /** @type {Map<string, HTMLElement>} By title. */
  #sections = new Map();
  /** Address of the words that are on their way. */
  #awaited = "";
  /** Names of the closed groups that are counted for what was typed. */
  #looked = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.life = new Lifetime();
    this.showing = element("strong", "bri-showing");
    this.showing.setAttribute("role", "status");
    this.reset = element("div", "");
    const head = element("div", "bri-filters-head", this.showing, this.reset);
    this.chips = element("div", "");
    this.find = element("input", "bri-field bri-find");
    Object.assign(this.find, { type: "search", autocomplete: "off" });
    this.find.addEventListener("input", () => this._find());
    this.none = element("p", "bri-muted");
    this.none.setAttribute("role", "status");
    this.list = element("div", "");
    this.roving = new Roving(this.list, () => this._titles());
    this.root = element("div", "bri-filters", head, this.chips, this.find, this.none, this.list);
    this.find.dataset.part = "find";
    parent.append(this.root);
    this.acts = { reset: new Acts(this.reset), chips: new Acts(this.chips) };
    journal().addEventListener("change", () => this._follow(), { signal: this.life.signal });
    this.life.onEnd(() => {
      for (const part of [this.acts.reset, this.acts.chips, ...this.#groups.values()]) part.destroy();
    });
  }

  /** @param {FiltersData} data */
  update(data) {
    this.#data = data;
    this.root.lang = data.locale.tag;
    this.showing.textContent = data.showing;
    const words = known.get(data.file);
    if (words) this._draw(words, data);
    else this._load(data.file);
  }

  destroy() {
    this.life.end();
    this.root.remove();
  }

  /** @param {string} file */
  async _load(file) {
    if (this.#awaited === file) return;
    this.#awaited = file;
    try {
      known.set(file, await loadJson(file));
    } catch {
      this._fail(file);
    }
    if (this.#awaited !== file) return;
    this.#awaited = "";
    if (known.has(file) && this.#data && !this.life.over) this.update(this.#data);
  }

  /** Words that cannot be had are asked for again. @param {string} file */
  _fail(file) {
    this.life.after(2000, () => {
      if (this.#data?.file === file) this._load(file);
    });
  }

  /**
   * @param {Words} words
   * @param {FiltersData} data
   */
  _draw({ groups, labels, marks, texts }, data) {
    const { asks, chips, theme } = data;
    if (palette.choose(theme, palette.scheme)) forgetSwatches();
    const reset = { label: texts["filter.reset"], hint: null, change: { kind: "reset" }, disabled: !asks };
    this.acts.reset.update({ acts: [reset], look: "quiet", label: "" });
    this.acts.chips.update({ acts: chips, look: "chips", label: texts["filter.active"] });
    this.find.placeholder = texts["filter.find"];
    this.find.setAttribute("aria-label", texts["filter.find"]);
    this.none.dataset.text = texts["filter.find_none"];
    /** @type {HTMLElement[]} */
    const made = [];
    for (const group of groups) {
      if (group.section) made.push(this._section(group.section));
      const part = this.#groups.get(group.name) ?? makeGroup(group.look);
      this.#groups.set(group.name, part);
      part.update({ words: group, labels: labels[group.things ?? ""] ?? {}, marks, texts, data });
      made.push(part.root);
    }
    keepInOrder(this.list, [...new Set(made)]);
    this._follow();
    this._show();
  }

  /** @param {string} title @returns {HTMLElement} The heading of a section, made once. */
  _section(title) {
    const made = this.#sections.get(title) ?? element("h3", "bri-section", title);
    this.#sections.set(title, made);
    return made;
  }

  /** Have the groups stand open or closed as they will once all that is noted has been answered. */
  _follow() {
    if (!this.#data) return;
    for (const group of this.#groups.values()) group.follow(journal().pending);
  }

  /** Show what was typed at once, and have it counted when nobody types any more. */
  _find() {
    this._show();
    this.life.cancel(this.#timer);
    this.#timer = this.life.after(REST, () => this._look());
  }

  /** Show the groups and options that have what is typed in their words. */
  _show() {
    const asked = fold(this.find.value);
    let found = 0;
    for (const group of this.#groups.values()) found += Number(group.find(asked));
    this.none.textContent = found ? "" : (this.none.dataset.text ?? "");
    this.list.classList.toggle("bri-found", asked !== "");
    this.roving.settle();
  }

  /** The titles of the groups that are seen, by section. */
  _titles() {
    /** @type {HTMLElement[][]} */
    const rows = [[]];
    for (const child of this.list.children) {
      const title = child.querySelector(":scope > summary");
      if (!title) rows.push([]);
      else if (title instanceof HTMLElement && !child.matches("[hidden], .bri-nobody"))
        rows[rows.length - 1].push(title);
    }
    return rows;
  }

  /** Have the server count the groups that are only open for what is typed. */
  _look() {
    const groups = [...this.#groups].filter(([, group]) => group.isLookedAt).map(([name]) => name);
    const looked = groups.join();
    if (looked === this.#looked) return;
    this.#looked = looked;
    journal().add({ kind: "look", groups });
  }
}

/** @param {Run<FiltersData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, Filters, (filters) => filters.update(data));
}
