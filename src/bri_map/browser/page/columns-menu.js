/**
 * The menu in which a reader chooses the columns of a table, in groups. What is ticked is noted in the journal
 * and stands until the server has answered.
 */

/** @import { ColumnGroup } from "./table-tools.js" */

import { button, element } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { columnsAfter, journal } from "./journal.js";

export class ColumnsMenu {
  #written = "";
  /** Columns that the server knows to be shown. @type {string[]} */
  #shown = [];
  /** @type {Map<string, HTMLInputElement>} By column. */
  #boxes = new Map();

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.life = new Lifetime();
    this.button = button("bri-tool", () => this._open(Boolean(this.panel.hidden)));
    this.panel = element("div", "bri-columns-panel");
    this.root = element("div", "bri-columns", this.button, this.panel);
    parent.append(this.root);
    this._open(false);
    const { signal } = this.life;
    document.addEventListener("pointerdown", (event) => this._leave(event.target), { signal });
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      this._open(false);
      this.button.focus();
    });
    journal().addEventListener("change", () => this._follow(), { signal });
  }

  /**
   * @param {ColumnGroup[]} groups None for a table whose columns are fixed.
   * @param {Record<string, string>} texts
   */
  update(groups, texts) {
    this.root.hidden = !groups.length;
    this.#shown = groups.flatMap(({ columns }) =>
      columns.filter(({ shown }) => shown).map(({ name }) => name),
    );
    const written = JSON.stringify([
      texts.columns,
      groups.map(({ title, columns }) => [title, columns.map(({ name, label }) => [name, label])]),
    ]);
    if (written !== this.#written) this._write(groups, texts);
    this.#written = written;
    this._follow();
  }

  destroy() {
    this.life.end();
    this.root.remove();
  }

  /**
   * @param {ColumnGroup[]} groups
   * @param {Record<string, string>} texts
   */
  _write(groups, texts) {
    const top = this.panel.scrollTop;
    this.button.textContent = texts.columns ?? "";
    this.#boxes.clear();
    const made = groups.map(({ title, columns }) => {
      const group = element("fieldset", "", element("legend", "", title));
      group.append(...columns.map(({ name, label }) => this._box(name, label)));
      return group;
    });
    const reset = button(
      "bri-act",
      () => journal().add({ kind: "column", column: null }),
      texts.columns_first,
    );
    this.panel.replaceChildren(...made, reset);
    this.panel.scrollTop = top;
  }

  /**
   * @param {string} name
   * @param {string} label
   */
  _box(name, label) {
    const box = element("input", "");
    box.type = "checkbox";
    box.value = name;
    box.addEventListener("change", () => journal().add({ kind: "column", column: name, on: box.checked }));
    this.#boxes.set(name, box);
    return element("label", "bri-labelled bri-checked", box, element("span", "", label));
  }

  /** Tick what will be shown once all that is noted has been answered. */
  _follow() {
    const shown = columnsAfter(journal().pending, this.#shown);
    for (const [name, box] of this.#boxes) box.checked = shown.has(name);
  }

  /** @param {boolean} isOpen */
  _open(isOpen) {
    this.panel.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
  }

  /** @param {EventTarget | null} target */
  _leave(target) {
    if (!(target instanceof Node && this.root.contains(target))) this._open(false);
  }
}
