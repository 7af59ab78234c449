/**
 * A table as real HTML: sortable heads, a button in each row, and, where rows are features, the mark on the
 * map that lights up with the row under the pointer, both ways.
 */

import { element } from "../core/dom.js";
import { mapFrame, mount } from "./mount.js";

/** Stretches of a text in Chinese and its signs, and the others. */
const RUNS = /([^\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)/u;
const WORD = /[A-Za-z]{3}/;

/** Give a text as nodes; what is English in it is marked, so that a Chinese page is read out in the right voice. */
function marked(text, lang) {
  if (lang !== "zh") return [String(text)];
  const english = (run) => Object.assign(element("span", "", run), { lang: "en" });
  return String(text)
    .split(RUNS)
    .filter(Boolean)
    .map((run) => (WORD.test(run) ? english(run) : run));
}

class Table {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.root = element("div", "bri-table");
    this.root.tabIndex = 0;
    this.root.setAttribute("role", "region");
    parent.append(this.root);
    this.rows = new Map();
    this._onMapHover = ({ detail }) => this._light(detail ? `${detail.layer}/${detail.index}` : null);
    window.addEventListener("bri-map:hover", this._onMapHover);
  }

  /**
   * @param {object} data `columns`, `rows`, `sort`, `descending`, `selected`, `lang`, `texts`.
   * @param {(name: string, value: object) => void} tell
   */
  update(data, tell) {
    this.tell = tell;
    const written = JSON.stringify({ ...data, selected: null });
    if (written !== this.written) this._write(data);
    this.written = written;
    for (const { row, id } of this.rows.values()) {
      row.setAttribute("aria-selected", String(id === data.selected));
    }
  }

  destroy() {
    window.removeEventListener("bri-map:hover", this._onMapHover);
    this.root.remove();
  }

  _write(data) {
    const focused = this.root.contains(document.activeElement) && document.activeElement.dataset.key;
    this.root.setAttribute("aria-label", data.texts.caption);
    this.root.lang = data.lang === "zh" ? "zh-Hans" : "en";
    this.rows.clear();
    const head = element("tr", "", ...data.columns.map((column) => this._head(column, data)));
    const body = element("tbody", "", ...data.rows.map((row) => this._row(row, data)));
    const table = element(
      "table",
      "",
      element("caption", "bri-hidden", data.texts.caption),
      element("thead", "", head),
      body,
    );
    this.root.replaceChildren(table);
    this.root.scrollTop = 0;
    if (focused) this.root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  _head(column, { sort, descending }) {
    const cell = element("th", `bri-column-${column.name}`);
    cell.scope = "col";
    const sorted = column.name === sort;
    cell.setAttribute("aria-sort", !sorted ? "none" : descending ? "descending" : "ascending");
    const button = element("button", "", column.label);
    button.type = "button";
    button.dataset.key = `sort-${column.name}`;
    button.addEventListener("click", () => this.tell("sorted", { column: column.name, n: Date.now() }));
    cell.append(button);
    return cell;
  }

  _row({ id, layer, index, cells }, { columns, lang }) {
    const row = element("tr", "");
    const key = layer ? `${layer}/${index}` : id;
    columns.forEach((column, i) => {
      const cell = element(i ? "td" : "th", `bri-column-${column.name}`);
      if (i) cell.append(...marked(cells[i], lang));
      else {
        cell.scope = "row";
        const button = element("button", "", ...marked(cells[i], lang));
        button.type = "button";
        button.dataset.key = id;
        button.addEventListener("focus", () => this._lightOnMap(layer, index));
        button.addEventListener("blur", () => this._lightOnMap(layer, null));
        cell.append(button);
      }
      row.append(cell);
    });
    row.addEventListener("click", () => this.tell("picked", { id, n: Date.now() }));
    row.addEventListener("pointerenter", () => this._lightOnMap(layer, index));
    row.addEventListener("pointerleave", () => this._lightOnMap(layer, null));
    this.rows.set(key, { row, id });
    return row;
  }

  _lightOnMap(layer, index) {
    if (layer) mapFrame()?.briMap.hover(layer, index);
  }

  /** Light up the row of the mark under the pointer. */
  _light(key) {
    if (this.lit) this.lit.classList.remove("bri-lit");
    this.lit = key && this.rows.has(key) ? this.rows.get(key).row : null;
    if (this.lit) this.lit.classList.add("bri-lit");
  }
}

export default function render({ parentElement, data, setTriggerValue }) {
  return mount(parentElement, Table, (table) => table.update(data, setTriggerValue));
}
