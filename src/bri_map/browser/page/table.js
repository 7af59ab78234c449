/**
 * A table as real HTML: sortable heads, a button in each row, and, where rows are features, the mark on the
 * map that lights up with the row under the pointer, both ways.
 */

/** @import { Locale } from "../core/locale.js" */
/** @import { Run } from "./mount.js" */

import { button, element } from "../core/dom.js";
import { ORIGINAL } from "../core/locale.js";
import { journal } from "./journal.js";
import { mapFrame, mount } from "./mount.js";
import { runsOf } from "./runs.js";

/** @typedef {{name: string, label: string, is_number: boolean, hint: string}} Column */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string | null} layer
 * @property {number | null} index
 * @property {unknown[]} cells
 * @property {(string | null | undefined)[]} whole What a cell stands for that shows only a part of it.
 */

/**
 * @typedef {object} TableData
 * @property {string} table Its name.
 * @property {Column[]} columns
 * @property {Row[]} rows
 * @property {string} sort Name of the column by which it is sorted.
 * @property {boolean} descending
 * @property {string | null} selected Id of a row.
 * @property {string} lang
 * @property {Locale} locale
 * @property {{caption: string}} texts
 */

/**
 * @param {unknown} text
 * @param {Locale} locale
 * @returns {(string | HTMLElement)[]} A text as nodes; what is English in it is marked.
 */
function marked(text, locale) {
  return runsOf(String(text), locale).map(({ run, english }) =>
    english ? Object.assign(element("span", "", run), { lang: ORIGINAL }) : run,
  );
}

/**
 * A table that is laid out as cards is a table no longer, for the ear; the roles keep it one.
 * @template {HTMLElement} E
 * @param {string} role
 * @param {E} made
 * @returns {E}
 */
function roled(role, made) {
  made.setAttribute("role", role);
  return made;
}

/**
 * @param {Column} column
 * @returns {string}
 */
function classOf({ name, is_number }) {
  return `bri-column-${name}${is_number ? " bri-number" : ""}`;
}

class Table {
  /** @type {Map<string, {row: HTMLElement, id: string}>} By layer and index, or by id. */
  #rows = new Map();
  /** @type {HTMLElement | null} */
  #lit = null;
  /** What is written. */
  #written = "";
  #life = new AbortController();

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.root = element("div", "bri-table");
    this.root.tabIndex = 0;
    this.root.setAttribute("role", "region");
    this.frame = element("div", "bri-table-frame", this.root);
    parent.append(this.frame);
    this.root.addEventListener("scroll", () => this._showEdges(), { passive: true });
    this.size = new ResizeObserver(() => this._showEdges());
    this.size.observe(this.root);
    window.addEventListener("bri-map:hover", (event) => this._onMapHover(event), {
      signal: this.#life.signal,
    });
  }

  /** @param {TableData} data */
  update(data) {
    const written = JSON.stringify({ ...data, selected: null });
    if (written !== this.#written) this._write(data);
    this.#written = written;
    for (const { row, id } of this.#rows.values())
      row.setAttribute("aria-selected", String(id === data.selected));
  }

  destroy() {
    this.#life.abort();
    this.size.disconnect();
    this.frame.remove();
  }

  /** Show on which sides there is more. */
  _showEdges() {
    const { scrollLeft, scrollWidth, clientWidth } = this.root;
    const hidden = scrollWidth - clientWidth;
    this.frame.classList.toggle("bri-more-before", Math.abs(scrollLeft) > 1);
    this.frame.classList.toggle("bri-more-after", hidden - Math.abs(scrollLeft) > 1);
  }

  /** @param {TableData} data */
  _write(data) {
    const { activeElement } = document;
    const inside = activeElement instanceof HTMLElement && this.root.contains(activeElement);
    const focused = inside ? activeElement.dataset.key : undefined;
    this.root.setAttribute("aria-label", data.texts.caption);
    this.root.lang = data.locale.tag;
    this.#rows.clear();
    const head = roled("row", element("tr", "", ...data.columns.map((column) => this._head(column, data))));
    const body = roled("rowgroup", element("tbody", "", ...data.rows.map((row) => this._row(row, data))));
    const caption = element("caption", "bri-hidden", data.texts.caption);
    const table = element("table", "", caption, roled("rowgroup", element("thead", "", head)), body);
    this.root.replaceChildren(roled("table", table));
    this._showSelected(data);
    this._showEdges();
    /** @type {HTMLElement | null} */
    const again = focused ? this.root.querySelector(`[data-key="${CSS.escape(focused)}"]`) : null;
    again?.focus();
  }

  /**
   * Begin at the top, or where the selected row is.
   * @param {TableData} data
   */
  _showSelected({ selected }) {
    this.root.scrollTop = 0;
    const row = [...this.#rows.values()].find(({ id }) => id === selected)?.row;
    if (row) this.root.scrollTop = Math.max(0, row.offsetTop - this.root.clientHeight / 2);
  }

  /**
   * @param {Column} column
   * @param {TableData} data
   */
  _head(column, { table, sort, descending }) {
    const sorted = column.name === sort;
    const note = () =>
      journal().add({ kind: "sort", table, column: column.name, descending: sorted && !descending });
    const handle = button("", note, column.label);
    handle.dataset.key = `sort-${column.name}`;
    const cell = roled("columnheader", element("th", classOf(column), handle));
    cell.scope = "col";
    if (column.hint) handle.title = column.hint;
    cell.setAttribute("aria-sort", !sorted ? "none" : descending ? "descending" : "ascending");
    return cell;
  }

  /**
   * @param {Row} row
   * @param {TableData} data
   */
  _row({ id, layer, index, cells, whole }, { table, columns, locale }) {
    const row = roled("row", element("tr", ""));
    const lightUp = () => this._lightOnMap(layer, index);
    const letGo = () => this._lightOnMap(layer, null);
    columns.forEach((column, i) => {
      const words = marked(cells[i], locale);
      if (i) {
        const cell = roled("cell", element("td", classOf(column), ...words));
        cell.dataset.label = column.label;
        if (whole[i] && whole[i] !== cells[i]) cell.title = whole[i];
        row.append(cell);
        return;
      }
      const handle = button("", () => {}, ...words);
      handle.dataset.key = id;
      handle.addEventListener("focus", lightUp);
      handle.addEventListener("blur", letGo);
      const cell = roled("rowheader", element("th", classOf(column), handle));
      cell.scope = "row";
      row.append(cell);
    });
    row.addEventListener("click", () => journal().add({ kind: "pick", table, id }));
    row.addEventListener("pointerenter", lightUp);
    row.addEventListener("pointerleave", letGo);
    this.#rows.set(layer ? `${layer}/${index}` : id, { row, id });
    return row;
  }

  /**
   * @param {string | null} layer
   * @param {number | null} index
   */
  _lightOnMap(layer, index) {
    if (layer) mapFrame()?.hover(layer, index);
  }

  /**
   * Light up the row of the mark under the pointer.
   * @param {Event} event
   */
  _onMapHover(event) {
    const detail =
      "detail" in event ? /** @type {{layer: string, index: number} | null} */ (event.detail) : null;
    this.#lit?.classList.remove("bri-lit");
    this.#lit = (detail && this.#rows.get(`${detail.layer}/${detail.index}`)?.row) ?? null;
    this.#lit?.classList.add("bri-lit");
  }
}

/** @param {Run<TableData>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, Table, (table) => table.update(data));
}
