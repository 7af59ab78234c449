/**
 * Two years side by side as tables, and the choice of the other year.
 */

/** @import { Say } from "../core/texts.js" */
/** @import { Line } from "./comparison.js" */

import { element } from "../core/dom.js";
import { counted, formatCount } from "../core/numbers.js";
import { signed } from "./comparison.js";

/**
 * @typedef {object} Comparison
 * @property {number} first
 * @property {number} second
 * @property {Line[]} layers The first row is of all of them.
 * @property {Line[]} statuses
 * @property {number} fresh How many features are new.
 */

export class ComparisonView {
  /**
   * @param {Say} text
   * @param {(year: number | null) => void} onChoose
   */
  constructor(text, onChoose) {
    this.text = text;
    this.caption = element("span", "");
    this.choice = element("select", "");
    this.choice.addEventListener("change", () => onChoose(Number(this.choice.value) || null));
    this.tables = element("div", "bri-compared");
    this.note = element("p", "bri-compared-note");
    this.note.setAttribute("role", "status");
    this.choosing = element("label", "bri-compare", this.caption, this.choice);
    this.root = element("div", "", this.tables, this.note);
    /** What the choice was made of. */
    this.made = "";
  }

  /**
   * @param {number | null} year That is compared with.
   * @param {number[]} years That can be.
   * @param {Comparison | null} found
   */
  render(year, years, found) {
    const { text } = this;
    this.caption.textContent = text("map.year.compare");
    const made = [text("map.year.compare_none"), ...years].join();
    if (made !== this.made) {
      this.made = made;
      this.choice.replaceChildren(
        new Option(text("map.year.compare_none"), ""),
        ...years.map((one) => new Option(String(one), String(one))),
      );
    }
    this.choice.value = year === null ? "" : String(year);
    this.choice.disabled = !years.length;
    this.tables.hidden = this.note.hidden = !found;
    if (!found) return;
    const { first, second, layers, statuses, fresh } = found;
    this.tables.replaceChildren(
      this._table("map.year.by_layer", "layer", layers, first, second),
      this._table("map.year.by_status", "status", statuses, first, second),
    );
    const note = text("map.year.fresh", { n: counted(fresh), from: first, to: second });
    if (this.note.textContent !== note) this.note.textContent = note;
  }

  /**
   * @param {string} key Of what it counts.
   * @param {string} vocabulary
   * @param {Line[]} lines
   * @param {number} then
   * @param {number} now
   */
  _table(key, vocabulary, lines, then, now) {
    const { text } = this;
    const head = element("tr", "", ...[text(key), then, now, text("map.year.difference")].map(heading));
    const rows = lines.map((line) =>
      element(
        "tr",
        "",
        rowHeading(line.name === "all" ? text("map.year.total") : text(`${vocabulary}.${line.name}`)),
        ...[formatCount(line.before), formatCount(line.after), signed(line.after - line.before)].map((cell) =>
          element("td", "", cell),
        ),
      ),
    );
    return element("table", "", element("thead", "", head), element("tbody", "", ...rows));
  }
}

/** @param {string | number} words */
function heading(words) {
  const made = element("th", "", String(words));
  made.scope = "col";
  return made;
}

/** @param {string} words */
function rowHeading(words) {
  const made = element("th", "", words);
  made.scope = "row";
  return made;
}
