/**
 * What happened in a year, as a list: the events of features, and those that documents tell of, each with what it
 * concerns and what says so.
 */

/** @import { Say } from "../core/texts.js" */

import { button, element, entitle } from "../core/dom.js";
import { counted } from "../core/numbers.js";
import { icon } from "../marks/icons.js";

/** @typedef {{id: string, name: string}} Named */
/**
 * @typedef {object} YearEvent
 * @property {string} date In the words of the page.
 * @property {Named | null} feature
 * @property {string} status Empty where the event leads to none.
 * @property {string} text
 * @property {Named | null} source
 */
/** @typedef {{count: number, events: YearEvent[]}} Listed */
/** @typedef {{features: Listed, documents: Listed}} YearEvents The answer of the server. */

/**
 * @typedef {object} Acts
 * @property {() => void} close
 * @property {(id: string) => void} feature
 * @property {(id: string) => void} source
 */

export class YearList {
  /**
   * @param {Say} text
   * @param {Acts} acts
   */
  constructor(text, acts) {
    this.text = text;
    this.acts = acts;
    this.title = element("h4", "bri-year-title");
    this.title.tabIndex = -1;
    this.closer = button("bri-years-button", acts.close, icon("close"));
    this.body = element("div", "bri-year-body");
    this.body.tabIndex = 0;
    const head = element("div", "bri-year-head", this.title, this.closer);
    this.root = element("section", "bri-year-list", head, this.body);
    this.root.hidden = true;
  }

  /** @param {string | null} title Null closes it. */
  open(title) {
    this.root.hidden = title === null;
    if (title === null) {
      this.body.replaceChildren();
      return;
    }
    this.title.textContent = title;
    this.root.setAttribute("aria-label", title);
    this.body.setAttribute("aria-label", title);
    entitle(this.closer, this.text("map.year.list_close"));
  }

  focus() {
    this.title.focus({ preventScroll: true });
  }

  /** @param {YearEvents | null | undefined} found Null while it is on its way; undefined if it cannot be had. */
  show(found) {
    const { text } = this;
    this.body.setAttribute("aria-busy", String(found === null));
    if (!found) {
      const words = found === null ? "" : text("map.year.list_failed");
      this.body.replaceChildren(element("p", "bri-year-note", words));
      return;
    }
    const { features, documents } = found;
    const parts = [
      ...this._part("map.year.list_features", features),
      ...(documents.count ? this._part("map.year.list_documents", documents) : []),
    ];
    this.body.replaceChildren(...parts);
    this.body.scrollTop = 0;
  }

  /**
   * @param {string} key Of its heading.
   * @param {Listed} listed
   */
  _part(key, { count, events }) {
    const { text } = this;
    /** @type {HTMLElement[]} */
    const parts = [element("h5", "bri-year-heading", text(key, { n: counted(count) }))];
    if (events.length)
      parts.push(element("ul", "bri-year-events", ...events.map((event) => this._event(event))));
    const more = count - events.length;
    if (more) parts.push(element("p", "bri-year-note", text("map.year.list_more", { n: counted(more) })));
    return parts;
  }

  /** @param {YearEvent} event */
  _event({ date, feature, status, text, source }) {
    const { acts } = this;
    const words = element("span", "bri-year-words", text);
    if (status) words.append(" ", element("span", "bri-year-status", status));
    const item = element("li", "", element("span", "bri-year-date", date));
    if (feature)
      item.append(button("bri-year-link bri-year-feature", () => acts.feature(feature.id), feature.name));
    item.append(words);
    if (source) item.append(button("bri-year-link", () => acts.source(source.id), source.name));
    return item;
  }
}
