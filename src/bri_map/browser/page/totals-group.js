/**
 * What the result adds up to, and how that is shared out. It is fetched while the group is open, beside the runs of
 * the page.
 */

import { button, element } from "../core/dom.js";
import { loadJson } from "../core/load.js";
import { toClipboard } from "./clipboard.js";
import { Group } from "./group.js";
import { journal } from "./journal.js";

/**
 * @typedef {object} Totals
 * @property {[string, string, string][]} layers Name, number of features, kilometres.
 * @property {string[]} said
 * @property {string[]} left_out What the sums leave out.
 * @property {string} warning What may count twice.
 * @property {[string, string][]} choices Code and label of everything by which they are shared out.
 * @property {string} by The code of these.
 * @property {string[]} heads
 * @property {string[][]} rows
 * @property {string[]} notes What is in no row.
 */

export class TotalsGroup extends Group {
  #sums = element("div", "bri-totals");
  #choices = element("div", "bri-options");
  #table = element("div", "bri-shares");
  #notes = element("div", "bri-totals");
  #copied = element("span", "bri-muted");
  #copy = button("bri-act", () => this._copy());
  #by = "status";
  /** The address of what is shown, and of what is asked for. */
  #asked = "";

  fill() {
    if (!this.#sums.parentElement) {
      this.#choices.setAttribute("role", "group");
      this.#copied.setAttribute("role", "status");
      for (const part of [this.#sums, this.#notes]) part.setAttribute("aria-live", "polite");
      const acts = element("div", "bri-buttons", this.#copy, this.#copied);
      this.body.append(this.#sums, this.#choices, this.#table, this.#notes, acts);
      this.root.addEventListener("toggle", () => this.root.open && this._fetch());
    }
    this.#choices.setAttribute("aria-label", this.words?.texts?.by ?? "");
    this.#copy.textContent = this.words?.texts?.copy ?? "";
    if (this.root.open) this._fetch();
  }

  /** Fetch what the address says, once all that was done has come into it. */
  async _fetch() {
    await journal().settled();
    const address = addressOf({ by: this.#by });
    const asked = `${address} ${this.data?.file}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#copied.textContent = "";
    try {
      const totals = await loadJson(address);
      if (asked === this.#asked) this._show_(totals);
    } catch {
      if (asked !== this.#asked) return;
      this.#asked = "";
      this.#sums.replaceChildren(element("p", "bri-warning", this.words?.texts?.failed ?? ""));
    }
  }

  /** @param {Totals} totals */
  _show_({ layers, said, left_out, warning, choices, by, heads, rows, notes }) {
    const colon = this.data?.locale.colon ?? "";
    const counts = layers.map(([name, count, km]) =>
      element("p", "", `${name}${colon}`, element("strong", "", count), km ? ` · ${km}` : ""),
    );
    this.#sums.replaceChildren(
      ...counts,
      ...said.map((text) => element("p", "", text)),
      ...left_out.map((text) => element("p", "bri-muted", text)),
      ...(warning ? [element("p", "bri-warning", warning)] : []),
    );
    this.#choices.replaceChildren(...choices.map(([code, label]) => this._choice(code, label, code === by)));
    this.#table.replaceChildren(...(rows.length ? [tableOf(heads, rows)] : []));
    this.#notes.replaceChildren(...notes.map((text) => element("p", "bri-muted", text)));
    this.#copy.disabled = !rows.length;
  }

  /**
   * @param {string} code
   * @param {string} label
   * @param {boolean} isChosen
   */
  _choice(code, label, isChosen) {
    const choice = button("bri-option", () => this._share(code), label);
    choice.setAttribute("aria-pressed", String(isChosen));
    choice.dataset.by = code;
    return choice;
  }

  /** @param {string} by */
  async _share(by) {
    this.#by = by;
    for (const choice of this.#choices.children)
      choice.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (choice).dataset.by === by));
    await this._fetch();
    const chosen = this.#choices.querySelector(`[data-by="${by}"]`);
    if (document.activeElement === document.body) /** @type {HTMLElement | null} */ (chosen)?.focus();
  }

  async _copy() {
    const texts = this.words?.texts;
    this.#copied.textContent = texts?.copying ?? "";
    const isDone = await toClipboard(
      journal()
        .settled()
        .then(() => fetchRows(this.#by)),
    );
    this.#copied.textContent = (isDone ? texts?.copied : texts?.copy_failed) ?? "";
  }
}

/**
 * @param {Record<string, string>} more
 * @returns {string} Where the totals of what the address of the page says are.
 */
function addressOf(more) {
  const address = new URL("atlas-files/totals", document.baseURI);
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(more)) params.set(name, value);
  address.search = params.toString();
  return address.href;
}

/**
 * @param {string} by
 * @returns {Promise<string>} Every row, cells apart by tabs.
 */
async function fetchRows(by) {
  const answer = await fetch(addressOf({ by, rows: "1" }));
  if (!answer.ok) throw new Error(`totals: ${answer.status}`);
  return answer.text();
}

/**
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function tableOf(heads, rows) {
  const head = heads.map((text) => element("th", "", text));
  const lines = rows.map(([name, ...figures]) => {
    const first = element("th", "", name);
    first.scope = "row";
    return element("tr", "", first, ...figures.map((text) => element("td", "", text)));
  });
  for (const cell of head) cell.scope = "col";
  return element(
    "table",
    "",
    element("thead", "", element("tr", "", ...head)),
    element("tbody", "", ...lines),
  );
}
