/**
 * What of the year control is to be seen: buttons, slider, bars, counts. It knows no year by itself.
 */

/** @import { Say } from "../core/texts.js" */
/** @import { Comparison } from "./comparison-view.js" */
/** @import { Timeline } from "./year-data.js" */

import { wantsStillness } from "../core/device.js";
import { button, element, entitle, keepFromMap } from "../core/dom.js";
import { formatCount } from "../core/numbers.js";
import { icon } from "../marks/icons.js";
import { PLAIN } from "../marks/layer-mark.js";
import { pointSwatch } from "../marks/swatches.js";
import { ComparisonView } from "./comparison-view.js";
import { barsFrom, ticks } from "./scale.js";
import { YearList } from "./year-list.js";

/**
 * @typedef {object} Acts What a reader does.
 * @property {(opened: boolean) => void} open
 * @property {(by: number) => void} step
 * @property {() => void} toggle Play, or stop.
 * @property {() => void} leave Back to all years.
 * @property {(year: number) => void} slide
 * @property {() => void} hold The thumb is taken.
 * @property {() => void} release
 * @property {(shown: boolean) => void} undated
 * @property {(year: number | null) => void} list The events of a year are wanted, or no longer.
 * @property {(year: number | null) => void} compare
 * @property {(id: string) => void} feature
 * @property {(id: string) => void} source
 */

/**
 * @typedef {object} Shown What is to be seen.
 * @property {number | null} year Null for all of them.
 * @property {boolean} opened
 * @property {boolean} playing
 * @property {boolean} failed
 * @property {Timeline | null} data Null until the answers have come.
 * @property {string | null} query That of the answers.
 * @property {number} first First year of the slider.
 * @property {Record<string, number> | null} counts Features by status; null while they are not known.
 * @property {boolean} undated Whether features without dates are shown.
 * @property {number | null} listed The year whose events are listed.
 * @property {number | null} other The year that is compared with.
 * @property {Comparison | null} comparison
 */

export class TimelineView {
  /**
   * @param {Say} text
   * @param {string[]} statuses In the order in which they are counted.
   * @param {Acts} acts
   */
  constructor(text, statuses, acts) {
    this.text = text;
    this.statuses = statuses;
    /** What the bars were made of. */
    this.barred = "";
    this.caption = element("span", "");
    this.opener = button("bri-years-open", () => acts.open(true), icon("clock"), this.caption);
    this.back = button("bri-years-button", () => acts.step(-1), icon("back"));
    this.player = button("bri-years-button", acts.toggle, icon("play"));
    this.forward = button("bri-years-button", () => acts.step(1), icon("forward"));
    this.figure = element("output", "bri-years-figure");
    this.all = button("bri-years-all", acts.leave);
    this.closer = button("bri-years-button bri-years-close", () => acts.open(false), icon("close"));
    this.slider = element("input", "bri-years-slider");
    Object.assign(this.slider, { type: "range", step: 1 });
    this.lister = button("bri-years-all", () => acts.list(Number(this.slider.value)));
    this.bars = element("div", "bri-years-bars");
    this.bars.setAttribute("role", "group");
    this.ticks = element("div", "bri-years-ticks");
    this.ticks.setAttribute("aria-hidden", "true");
    this.list = new YearList(text, { ...acts, close: () => this._closeList(acts) });
    this.comparison = new ComparisonView(text, acts.compare);
    this.counts = element("ul", "bri-years-counts");
    this.undated = element("input", "");
    this.undated.type = "checkbox";
    this.undated.addEventListener("change", () => acts.undated(this.undated.checked));
    this.undatedText = element("span", "");
    this.alert = element("p", "bri-years-alert");
    this.alert.setAttribute("role", "alert");
    const player = element("div", "bri-years-player", this.back, this.player, this.forward);
    this.panel = element(
      "div",
      "bri-years-panel",
      element("div", "bri-years-head", player, this.figure, this.all, this.closer),
      element("div", "bri-years-scale", this.slider, this.bars, this.ticks),
      this.alert,
      this.list.root,
      this.counts,
      element("div", "bri-years-more", this.comparison.choosing, this.lister),
      this.comparison.root,
      element("label", "bri-years-undated", this.undated, this.undatedText),
    );
    this.panel.hidden = true;
    this.root = element("section", "bri-years", this.opener, this.panel);
    keepFromMap(this.root);
    this._listen(acts);
  }

  /** @param {Acts} acts */
  _closeList(acts) {
    const year = this.bars.querySelector('[aria-pressed="true"]');
    acts.list(null);
    (year instanceof HTMLElement ? year : this.lister).focus({ preventScroll: true });
  }

  /** @param {Acts} acts */
  _listen(acts) {
    const { slide, hold, release } = acts;
    const { slider } = this;
    this.bars.addEventListener("click", ({ target }) => {
      const bar = target instanceof Element ? target.closest("button") : null;
      if (bar) acts.list(Number(bar.dataset.year));
    });
    this.bars.addEventListener("keydown", (event) => this._walk(event));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.list.root.hidden) return;
      event.stopPropagation();
      this._closeList(acts);
    });
    slider.addEventListener("pointerdown", hold);
    slider.addEventListener("input", () => slide(Number(slider.value)));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      slider.addEventListener(end, release);
  }

  /**
   * Lead the focus along the bars, of which one is a stop of the keyboard.
   * @param {KeyboardEvent} event
   */
  _walk(event) {
    const bars = [...this.bars.querySelectorAll("button")];
    const here = bars.findIndex((bar) => bar.matches(":focus"));
    const steps = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: bars.length - 1 };
    if (here < 0 || !(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = bars[steps[/** @type {keyof typeof steps} */ (event.key)]];
    if (!next) return;
    bars[here].tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    if (busy) this.root.setAttribute("aria-busy", "true");
    else this.root.removeAttribute("aria-busy");
  }

  /** @param {boolean} opened */
  open(opened) {
    this.panel.hidden = !opened;
    this.opener.hidden = opened;
  }

  /** @param {boolean} opened */
  focus(opened) {
    (opened ? this.slider : this.opener).focus({ preventScroll: true });
  }

  /** @param {Shown} shown */
  render(shown) {
    const { text } = this;
    const { year, opened, failed } = shown;
    this.root.setAttribute("aria-label", text("map.year.label"));
    this.caption.textContent = year === null ? text("map.year.label") : String(year);
    this.opener.classList.toggle("bri-on", year !== null);
    this.opener.title = text("map.year.open");
    if (!opened) return;
    this._renderButtons(shown);
    this._renderScale(shown);
    this._renderCounts(shown);
    this._renderComparison(shown);
    this.alert.hidden = !failed;
    this.alert.textContent = failed ? text("map.year.failed") : "";
  }

  /** @param {Shown} shown */
  _renderButtons({ year, playing, data, first }) {
    const { text } = this;
    entitle(this.back, text("map.year.back"));
    entitle(this.forward, text("map.year.forward"));
    const still = wantsStillness();
    const play = still ? "map.year.play_still" : "map.year.play";
    entitle(this.player, playing ? text("map.year.pause") : text(play));
    const picture = playing ? "pause" : "play";
    if (!this.player.querySelector(`.bri-icon-${picture}`)) this.player.replaceChildren(icon(picture));
    entitle(this.closer, text("map.year.close"));
    this.back.disabled = Boolean(data) && year !== null && year <= first;
    this.forward.disabled = data !== null && year !== null && year >= data.last;
    this.player.disabled = still && this.forward.disabled;
    this.all.textContent = text("map.year.all");
    this.all.hidden = year === null;
    this.lister.textContent = text("map.year.list");
    this.lister.disabled = !data;
  }

  /** @param {Shown} shown */
  _renderScale({ year, playing, data, first, query, listed }) {
    const { text, slider } = this;
    this.figure.textContent = year === null ? text("map.year.all") : String(year);
    this.figure.classList.toggle("bri-years-none", year === null);
    this.figure.setAttribute("aria-live", playing ? "off" : "polite");
    slider.setAttribute("aria-label", text("map.year.label"));
    slider.disabled = !data;
    if (!data) return;
    slider.min = String(first);
    slider.max = String(data.last);
    slider.value = String(year ?? data.last);
    const at = (Number(slider.value) - first) / Math.max(1, data.last - first);
    this.root.style.setProperty("--bri-at", String(at));
    slider.classList.toggle("bri-years-none", year === null);
    this._renderBars(data, first, query);
    [...this.bars.children].forEach((bar, i) => {
      bar.classList.toggle("bri-later", year !== null && first + i > year);
      bar.setAttribute("aria-pressed", String(first + i === listed));
    });
    this.bars.setAttribute("aria-label", text("map.year.bars"));
  }

  /**
   * One bar a year, on the scale of the slider; the first stands for all that came before as well.
   * @param {Timeline} data
   * @param {number} first
   * @param {string | null} query
   */
  _renderBars(data, first, query) {
    const { text } = this;
    const key = [query, first, text("map.year.label")].join();
    if (key === this.barred) return;
    this.barred = key;
    const events = barsFrom(data, first);
    const most = Math.max(1, ...events);
    const span = Math.max(1, data.last - first);
    const bars = events.map((count, i) => {
      const fill = element("span", "");
      fill.style.height = count ? `max(2px, ${(100 * count) / most}%)` : "0";
      const bar = element("button", "bri-years-bar", fill);
      bar.type = "button";
      bar.tabIndex = i === events.length - 1 ? 0 : -1;
      bar.style.setProperty("--bri-x", String(i / span));
      bar.dataset.year = String(first + i);
      const message = i === 0 && data.first < first ? "map.year.events_until" : "map.year.events";
      entitle(bar, text(message, { year: first + i, n: formatCount(count) }));
      return bar;
    });
    this.bars.style.setProperty("--bri-years", String(span));
    this.bars.replaceChildren(...bars);
    this.ticks.replaceChildren(
      ...ticks(first, data.last).map((year) => {
        const tick = element("span", "", String(year));
        tick.style.setProperty("--bri-x", String((year - first) / span));
        return tick;
      }),
    );
  }

  /** @param {Shown} shown */
  _renderComparison({ data, other, comparison, listed }) {
    const years = [];
    if (data) for (let year = data.first; year <= data.last; year++) years.push(year);
    this.comparison.render(other, years, comparison);
    this.counts.hidden = comparison !== null || listed !== null;
    this.panel.classList.toggle("bri-with-list", listed !== null);
  }

  /** @param {Shown} shown */
  _renderCounts({ year, data, counts, undated }) {
    const { text } = this;
    const entries = this.statuses.map((status) => ({
      status,
      label: text(`status.${status}`),
      count: counts ? (counts[status] ?? 0) : null,
    }));
    this.counts.replaceChildren(
      ...entries.map(({ status, label, count }) => {
        const number = element("b", "", count === null ? "–" : formatCount(count));
        const look = { kind: "unknown", status, precision: "site" };
        const entry = element("li", "", pointSwatch(PLAIN, look, 4), number, element("span", "", label));
        entry.classList.toggle("bri-none", !count);
        entry.dataset.status = status;
        return entry;
      }),
    );
    const told = entries.filter(({ count }) => count).map(({ label, count }) => `${label} ${count}`);
    const when = year === null ? text("map.year.all") : String(year);
    this.slider.setAttribute("aria-valuetext", [when, ...told].join(", "));
    this.undated.checked = undated;
    this.undatedText.textContent = text("map.year.undated", { n: data ? formatCount(data.undated) : "–" });
  }
}
