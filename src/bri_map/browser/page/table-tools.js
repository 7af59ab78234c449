/**
 * The tools above a table: its pages, its order where the heads are out of sight, its columns, and its rows for
 * the clipboard.
 */

/** @import { Locale } from "../core/locale.js" */
/** @import { Run } from "./mount.js" */
/** @import { Column } from "./table.js" */

import { button, element, entitle } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { filled } from "../core/texts.js";
import { toClipboard } from "./clipboard.js";
import { ColumnsMenu } from "./columns-menu.js";
import { Field } from "./field.js";
import { journal } from "./journal.js";
import { mount } from "./mount.js";

/** @typedef {{title: string, columns: {name: string, label: string, shown: boolean}[]}} ColumnGroup */

/**
 * @typedef {object} ToolsData
 * @property {string} table Its name.
 * @property {number} page
 * @property {number} pages
 * @property {string} said Which rows are shown.
 * @property {Column[]} columns
 * @property {string} sort Name of the column by which it is sorted.
 * @property {boolean} descending
 * @property {ColumnGroup[]} [groups] The columns that there can be, for a table that lets choose.
 * @property {Locale} locale
 * @property {Record<string, string>} texts
 */

class TableTools {
  /** @type {ToolsData | null} */
  #data = null;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.life = new Lifetime();
    this.back = button("bri-tool bri-step-back", () => this._turn(-1), "‹");
    this.on = button("bri-tool bri-step-on", () => this._turn(1), "›");
    this.number = element("span", "bri-page-number");
    this.of = element("span", "bri-muted");
    this.pager = element("div", "bri-pager", this.back, this.number, this.of, this.on);
    this.said = element("span", "bri-muted bri-rows-said");
    this.said.setAttribute("role", "status");
    this.select = element("select", "bri-field");
    this.select.addEventListener("change", () => this._sort(this.select.value, false));
    this.order = element("span", "");
    this.turn = button("bri-tool", () => this.#data && this._sort(this.#data.sort, !this.#data.descending));
    this.sorting = element("div", "bri-sorting", element("label", "", this.order, this.select), this.turn);
    this.copy = button("bri-tool bri-copy-rows", () => this._copy());
    this.copied = element("span", "bri-muted");
    this.copied.setAttribute("role", "status");
    this.root = element("div", "bri-table-tools", this.pager, this.said, this.sorting);
    parent.append(this.root);
    this.field = new Field(this.number);
    this.menu = new ColumnsMenu(this.root);
    this.root.append(this.copy, this.copied);
    this.life.onEnd(() => {
      this.field.destroy();
      this.menu.destroy();
    });
  }

  /** @param {ToolsData} data */
  update(data) {
    const { table, page, pages, said, columns, sort, descending, groups, locale, texts } = data;
    if (JSON.stringify({ ...this.#data, page: 0 }) !== JSON.stringify({ ...data, page: 0 }))
      this.copied.textContent = "";
    this.#data = data;
    this.root.lang = locale.tag;
    this.pager.hidden = pages < 2;
    this.field.update({
      type: "number",
      label: texts.page,
      value: page,
      change: { kind: "page", table },
      name: "page",
      min: 1,
      max: pages,
    });
    this.of.textContent = filled(texts.of, { n: pages });
    entitle(this.back, texts.page_before);
    entitle(this.on, texts.page_after);
    this.back.disabled = page <= 1;
    this.on.disabled = page >= pages;
    this.said.textContent = said;
    this.order.textContent = texts.sort;
    this.select.replaceChildren(...columns.map(({ name, label }) => new Option(label, name)));
    this.select.value = sort;
    this.turn.textContent = descending ? "▼" : "▲";
    entitle(this.turn, texts.turn);
    this.menu.update(groups ?? [], texts);
    this.copy.hidden = !groups;
    this.copy.textContent = texts.copy ?? "";
    this.root.dataset.part = texts.part ?? "";
  }

  destroy() {
    this.life.end();
    this.root.remove();
  }

  /** @param {number} step */
  _turn(step) {
    if (!this.#data) return;
    const { table, page, pages } = this.#data;
    const noted = journal().pending.findLast((change) => change.kind === "page" && change.table === table);
    const wanted = Math.min(Math.max((noted?.page ?? page) + step, 1), pages);
    journal().add({ kind: "page", table, page: wanted });
  }

  /**
   * @param {string} column
   * @param {boolean} descending
   */
  _sort(column, descending) {
    if (this.#data) journal().add({ kind: "sort", table: this.#data.table, column, descending });
  }

  /** Copy the rows of the whole result, once all that was done has come into the address. */
  async _copy() {
    if (!this.#data) return;
    const { texts } = this.#data;
    this.copied.textContent = texts.copying;
    const isDone = await toClipboard(journal().settled().then(fetchRows));
    this.copied.textContent = isDone ? texts.copied : texts.copy_failed;
  }
}

/** @returns {Promise<string>} The rows of what the address says, cells apart by tabs. */
async function fetchRows() {
  const address = new URL("atlas-files/rows", document.baseURI);
  address.search = location.search;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return answer.text();
}

/** @param {Run<ToolsData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, TableTools, (tools) => tools.update(data));
}
