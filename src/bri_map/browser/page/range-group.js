/**
 * A group of the sidebar that asks for a span of numbers or dates: two fields, how many lie where, and what has
 * no value.
 */

/** @import { Change } from "./journal.js" */

import { button, element } from "../core/dom.js";
import { formatCount } from "../core/numbers.js";
import { Group } from "./group.js";
import { journal, spanAfter } from "./journal.js";

const MISSING = "none";
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/**
 * @param {string} text Of a span.
 * @returns {[string, string]} Its ends.
 */
export function endsOf(text) {
  if (text === MISSING) return ["", ""];
  const [low, high] = text.split("..");
  return [low, high ?? low];
}

/**
 * @param {string} low
 * @param {string} high
 * @returns {string} The span between two ends; empty for all.
 */
export function spanOf(low, high) {
  if (low === high) return low;
  return `${low}..${high}`;
}

/**
 * @param {string} text What was entered.
 * @param {boolean} isDate
 * @returns {string | null} The end that it means, empty for none; null if it means nothing.
 */
export function endOf(text, isDate) {
  const plain = text.trim().replace(/[\s\u202f]/g, "");
  if (!plain) return "";
  if (isDate) return DATE.test(plain) ? plain : null;
  const number = Number(plain.replace(/(?<=\d),(?=\d{3})/g, ""));
  return Number.isFinite(number) ? String(number) : null;
}

/**
 * @param {number} step An end of a step.
 * @param {boolean} isDate
 * @param {boolean} isLast Whether the step ends there.
 * @returns {string} It as an end of a span.
 */
function writtenStep(step, isDate, isLast) {
  if (!isDate) return String(step);
  const year = Math.floor(step / 10000);
  return String(isLast ? year - 1 : year);
}

export class RangeGroup extends Group {
  /** @type {{low: HTMLInputElement, high: HTMLInputElement, unit: HTMLElement, said: HTMLElement, bars: HTMLElement, without: HTMLButtonElement} | null} */
  #parts = null;

  fill() {
    const { words, data, texts } = this;
    if (!words || !data) return;
    this.#parts ??= this._build();
    const { low, high, unit, bars, without } = this.#parts;
    const names = words.dates ? ["filter.first", "filter.last"] : ["filter.low", "filter.high"];
    [low, high].forEach((field, i) => {
      field.setAttribute("aria-label", `${words.title} ${texts[names[i]]} ${words.unit ?? ""}`.trim());
      field.placeholder = texts[names[i]];
      field.inputMode = words.dates ? "text" : "decimal";
    });
    unit.textContent = words.unit ?? "";
    const counts = data.steps[words.name] ?? [];
    const steps = words.steps ?? [];
    const most = Math.max(1, ...counts.slice(0, -1));
    bars.replaceChildren(
      ...counts.slice(0, -1).map((count, i) => this._bar(count, most, steps[i], steps[i + 1])),
    );
    without.textContent = `${texts["filter.without"]} `;
    const number = counts.length ? formatCount(counts[counts.length - 1]) : "";
    without.append(element("span", "bri-count", number));
    this._say();
  }

  /** @param {Change[]} pending */
  follow(pending) {
    super.follow(pending);
    if (this.#parts) this._say();
  }

  get _asked() {
    const { words, data } = this;
    return words && data ? spanAfter(journal().pending, words.name, data.spans[words.name] ?? "") : "";
  }

  get isAsked() {
    return this._asked !== "";
  }

  _build() {
    const [low, high] = [0, 1].map(() => {
      const field = element("input", "bri-field");
      Object.assign(field, { type: "text", autocomplete: "off" });
      field.addEventListener("change", () => this._take());
      return field;
    });
    const unit = element("span", "bri-muted");
    const said = element("p", "bri-muted");
    said.setAttribute("role", "alert");
    const bars = element("div", "bri-bars-row");
    bars.setAttribute("aria-hidden", "true");
    const without = button("bri-option", () => this._note(this._asked === MISSING ? "" : MISSING));
    this.body.append(bars, element("div", "bri-span", low, high, unit), said, without);
    return { low, high, unit, said, bars, without };
  }

  /**
   * @param {number} count
   * @param {number} most
   * @param {number} from
   * @param {number} to
   */
  _bar(count, most, from, to) {
    const { dates = false } = this.words ?? {};
    const span = spanOf(writtenStep(from, dates, false), writtenStep(to, dates, true));
    const bar = element("span", "bri-step");
    bar.title = `${span.replace("..", "–")}: ${formatCount(count)}`;
    bar.style.setProperty("--share", String(count / most));
    bar.addEventListener("click", () => this._note(span));
    return bar;
  }

  /** Have the fields say what is asked, unless somebody is writing. */
  _say() {
    if (!this.#parts) return;
    const { low, high, without } = this.#parts;
    const asked = this._asked;
    endsOf(asked).forEach((end, i) => {
      const field = [low, high][i];
      if (field !== document.activeElement && !field.hasAttribute("aria-invalid")) field.value = end;
    });
    without.setAttribute("aria-pressed", String(asked === MISSING));
  }

  /** Note what was entered; what means nothing stays, with what is wrong. */
  _take() {
    if (!this.#parts) return;
    const { low, high, said } = this.#parts;
    const { dates = false } = this.words ?? {};
    const ends = [low, high].map((field) => endOf(field.value, dates));
    [low, high].forEach((field, i) => {
      if (ends[i] === null) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
    const isWrong = ends.includes(null);
    said.textContent = isWrong ? this.texts[dates ? "filter.no_date" : "filter.no_number"] : "";
    if (!isWrong) this._note(spanOf(ends[0] ?? "", ends[1] ?? ""));
  }

  /** @param {string} text Of a span; empty for all. */
  _note(text) {
    if (this.words && text !== this._asked) journal().add({ kind: "span", name: this.words.name, text });
  }
}
