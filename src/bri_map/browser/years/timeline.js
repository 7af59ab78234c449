/**
 * The year control: a slider with play and step that shows the map as of a year. While it moves, nothing is
 * sent to the page but one request for the answers of all years; when it rests, the page learns the year.
 */

import { NARROW, wantsStillness } from "../core/device.js";
import { element, entitle, formatCount } from "../core/dom.js";
import { icon } from "../marks/icons.js";
import { pointSwatch } from "../marks/swatches.js";

const STATUSES = ["early-stage", "under-construction", "completed", "suspended", "cancelled", "unknown"];
/** Milliseconds for a year while playing. */
const PACE = 400;
/** Milliseconds without a further step after which the page is told. */
const REST = 500;
/** Milliseconds that the page may take to answer before its word counts again. */
const PATIENCE = 4000;

/**
 * Options: `years`, `layers`, `text`, `onShow()` when the map is to be shown anew, `onSend(event)`.
 */
class Timeline {
  constructor(map, options) {
    Object.assign(this, options);
    this.map = map;
    /** @type {number | null} The year on the map; null for all of them. */
    this.year = null;
    this.opened = false;
    /** Years sent to the page that it has not answered yet. */
    this.awaited = [];
    this.steps = 0;
    this._build();
  }

  // --- the state of the page ---------------------------------------------------------------------

  /**
   * Take up a state of the page.
   * @param {State} state
   */
  follow(state) {
    const year = state.year ?? null;
    const answered = this.awaited.indexOf(year);
    if (!this.state || (year !== (this.state.year ?? null) && answered < 0)) this._settle(year);
    else if (answered >= 0) this.awaited.splice(0, answered + 1);
    if (!this._isBusy()) this.year = year;
    this.state = state;
    if (year !== null && !this.opened && !this.folded) this._open(true, false);
    else this._load();
    this.render();
  }

  /** The page has chosen a year by itself: let go of what was under way. */
  _settle(year) {
    this._stop();
    clearTimeout(this.timer);
    this.timer = 0;
    this.awaited = [];
    this.year = year;
  }

  _isBusy() {
    return Boolean(this.playing || this.held || this.timer || this.awaited.length);
  }

  /**
   * @returns {Object<string, {bits: string | boolean, shown: number, total: number, on: boolean}>} What
   *   each layer shows: the page's word, or the answer for the year on the slider.
   */
  shown() {
    const wanted = (this.state && this.state.layers) || {};
    const own = this.year !== (this.state?.year ?? null) && this.years.knows(this.year);
    this.years.draw(own ? this.year : (this.state?.year ?? null));
    if (!own) return wanted;
    const found = {};
    for (const layer of this.layers) {
      const state = wanted[layer.id];
      if (!state) continue;
      const { bits, shown } = this.years.answer(layer, this.year);
      found[layer.id] = { ...state, bits, shown: shown ?? state.shown };
    }
    return found;
  }

  async _load() {
    const needed = this.opened || this.year !== null || (this.state?.year ?? null) !== null;
    if (!needed || !this.state) return;
    const query = this.state.query || "";
    if (this.years.query === query && this.years.data) return;
    this.root.setAttribute("aria-busy", "true");
    const done = await this.years.load(query);
    if (!this.years.loading) this.root.removeAttribute("aria-busy");
    this.failed = !done && !this.years.query;
    this.render();
    if (!done) return;
    if (this.year !== null) this.year = this.years.clamp(this.year);
    this.onShow();
    this.render();
  }

  // --- moving ------------------------------------------------------------------------------------

  /** First year of the slider; it reaches back further if a link asks for it. */
  _first() {
    const { start } = this.years;
    return this.year === null ? start : Math.min(start, this.year);
  }

  /** Show a year on the map, without telling the page. */
  _show(year) {
    this.year = year;
    this.steps++;
    this.onShow();
    this.render();
  }

  /** @param {number} by Years. From all years, forward leads to the first and back to the last. */
  async step(by) {
    if (!(await this._ready())) return;
    this._stop();
    this._show(this._next(by));
    this._tellLater(REST);
  }

  _next(by) {
    const { last } = this.years.data;
    if (this.year === null) return by > 0 ? this._first() : last;
    return Math.min(Math.max(this.year + by, this._first()), last);
  }

  /** Play, or stop; with reduced motion one step. */
  async toggle() {
    if (this.playing) {
      this._stop();
      this._tell();
      return;
    }
    if (wantsStillness()) {
      await this.step(1);
      return;
    }
    if (!(await this._ready())) return;
    clearTimeout(this.timer);
    this.timer = 0;
    const atEnd = this.year === null || this.year >= this.years.data.last;
    if (atEnd) this._show(this.years.start);
    this._play();
    this.render();
  }

  _play() {
    this.playing = setTimeout(() => {
      this._show(this._next(1));
      if (this.year < this.years.data.last) this._play();
      else {
        this._stop();
        this._tell();
      }
    }, PACE);
  }

  _stop() {
    clearTimeout(this.playing);
    this.playing = 0;
    this._renderButtons();
  }

  /** Whether the answers are there; asks for them again if they could not be had. */
  async _ready() {
    if (!this.years.data) await this._load();
    return Boolean(this.years.data);
  }

  _tellLater(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this._tell(), delay);
  }

  /** Tell the page the year. */
  _tell() {
    clearTimeout(this.timer);
    this.timer = 0;
    const known = this.awaited.length ? this.awaited[this.awaited.length - 1] : (this.state?.year ?? null);
    if (this.year === known) return;
    this.awaited.push(this.year);
    clearTimeout(this.patience);
    this.patience = setTimeout(() => (this.awaited = []), PATIENCE);
    this.onSend({ event: "year", year: this.year });
  }

  /** Back to all years. */
  _leave() {
    this._stop();
    this.year = null;
    this.onShow();
    this.render();
    this._tell();
  }

  // --- the control -------------------------------------------------------------------------------

  _build() {
    this.root = element("section", "bri-years");
    this.opener = this._button("bri-years-open", "clock", () => this._open(true, true));
    this.caption = element("span", "");
    this.opener.append(this.caption);
    this.panel = element("div", "bri-years-panel");
    this.panel.hidden = true;
    this.back = this._button("bri-years-button", "back", () => this.step(-1));
    this.player = this._button("bri-years-button", "play", () => this.toggle());
    this.forward = this._button("bri-years-button", "forward", () => this.step(1));
    this.figure = element("output", "bri-years-figure");
    this.all = element("button", "bri-years-all");
    this.all.type = "button";
    this.all.addEventListener("click", () => this._leave());
    this.closer = this._button("bri-years-button bri-years-close", "close", () => this._open(false, true));
    this.slider = element("input", "bri-years-slider");
    Object.assign(this.slider, { type: "range", step: 1 });
    this._listen();
    this.bars = element("div", "bri-years-bars");
    this.ticks = element("div", "bri-years-ticks");
    this.counts = element("ul", "bri-years-counts");
    this.undated = element("input", "");
    this.undated.type = "checkbox";
    this.undated.addEventListener("change", () =>
      this.onSend({ event: "undated", shown: this.undated.checked }),
    );
    this.undatedText = element("span", "");
    this.alert = element("p", "bri-years-alert");
    this.alert.setAttribute("role", "alert");
    this.panel.append(
      element(
        "div",
        "bri-years-head",
        element("div", "bri-years-player", this.back, this.player, this.forward),
        this.figure,
        this.all,
        this.closer,
      ),
      element("div", "bri-years-scale", this.slider, this.bars, this.ticks),
      this.alert,
      this.counts,
      element("label", "bri-years-undated", this.undated, this.undatedText),
    );
    this.root.append(this.opener, this.panel);
    L.DomEvent.disableClickPropagation(this.root);
    L.DomEvent.disableScrollPropagation(this.root);
    this.map.getContainer().append(this.root);
    this.map.on("bri:panel", ({ panel }) => {
      if (panel !== this && this.opened && this.map.getSize().x < NARROW) this._open(false, false);
    });
    this.render();
  }

  _button(className, picture, act) {
    const button = element("button", className, icon(picture));
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  _listen() {
    const { slider } = this;
    slider.addEventListener("pointerdown", () => {
      this.held = true;
      this._stop();
    });
    slider.addEventListener("input", () => {
      this._stop();
      this._show(Number(slider.value));
      if (!this.held) this._tellLater(REST);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      slider.addEventListener(end, () => {
        if (!this.held) return;
        this.held = false;
        // The last change of the value may come just after the pointer is let go.
        this._tellLater(0);
      });
  }

  /**
   * Unfold or fold the panel; the year stays.
   * @param {boolean} opened
   * @param {boolean} byHand Whether a person did it; then the keyboard's focus goes along.
   */
  _open(opened, byHand) {
    this.opened = opened;
    this.folded = !opened;
    this.panel.hidden = !opened;
    this.opener.hidden = opened;
    this.map.getContainer().classList.toggle("bri-with-years", opened);
    if (opened) this.map.fire("bri:panel", { panel: this });
    this.render();
    this._load();
    if (byHand) (opened ? this.slider : this.opener).focus({ preventScroll: true });
  }

  render() {
    const { text } = this;
    this.root.setAttribute("aria-label", text("map.year.label"));
    this.caption.textContent = this.year === null ? text("map.year.label") : String(this.year);
    this.opener.classList.toggle("bri-on", this.year !== null);
    this.opener.title = text("map.year.open");
    if (!this.opened) return;
    this._renderButtons();
    this._renderScale();
    this._renderCounts();
    this.alert.hidden = !this.failed;
    this.alert.textContent = this.failed ? text("map.year.failed") : "";
  }

  _renderButtons() {
    const { text, year } = this;
    const { data } = this.years;
    entitle(this.back, text("map.year.back"));
    entitle(this.forward, text("map.year.forward"));
    const still = wantsStillness();
    const play = still ? "map.year.play_still" : "map.year.play";
    entitle(this.player, this.playing ? text("map.year.pause") : text(play));
    const picture = this.playing ? "pause" : "play";
    if (!this.player.querySelector(`.bri-icon-${picture}`)) this.player.replaceChildren(icon(picture));
    entitle(this.closer, text("map.year.close"));
    this.back.disabled = Boolean(data) && year !== null && year <= this._first();
    this.forward.disabled = Boolean(data) && year !== null && year >= data.last;
    this.player.disabled = still && this.forward.disabled;
    this.all.textContent = text("map.year.all");
    this.all.hidden = year === null;
  }

  _renderScale() {
    const { text, slider, year } = this;
    const { data } = this.years;
    this.figure.textContent = year === null ? text("map.year.all") : String(year);
    this.figure.classList.toggle("bri-years-none", year === null);
    this.figure.setAttribute("aria-live", this.playing ? "off" : "polite");
    slider.setAttribute("aria-label", text("map.year.label"));
    slider.disabled = !data;
    if (!data) return;
    const first = this._first();
    slider.min = String(first);
    slider.max = String(data.last);
    slider.value = String(year ?? data.last);
    this.root.style.setProperty("--bri-at", (Number(slider.value) - first) / Math.max(1, data.last - first));
    slider.classList.toggle("bri-years-none", year === null);
    this._renderBars(first);
    for (const bar of this.bars.children)
      bar.classList.toggle("bri-later", year !== null && Number(bar.dataset.year) > year);
  }

  /** One bar a year, on the scale of the slider; the first stands for all that came before as well. */
  _renderBars(first) {
    const { text } = this;
    const { data } = this.years;
    const key = [this.years.query, first, text("map.year.label")].join();
    if (key === this.barred) return;
    this.barred = key;
    const events = [];
    for (let year = first; year <= data.last; year++) events.push(data.events[year] || 0);
    for (let year = data.first; year < first; year++) events[0] += data.events[year] || 0;
    const most = Math.max(1, ...events);
    const span = Math.max(1, data.last - first);
    const bars = events.map((count, i) => {
      const fill = element("span", "");
      fill.style.height = count ? `max(2px, ${(100 * count) / most}%)` : "0";
      const bar = element("div", "bri-years-bar", fill);
      bar.style.setProperty("--bri-x", i / span);
      bar.dataset.year = String(first + i);
      const early = i === 0 && data.first < first;
      bar.title = text(early ? "map.year.events_until" : "map.year.events", {
        year: first + i,
        n: formatCount(count),
      });
      return bar;
    });
    this.bars.style.setProperty("--bri-years", span);
    this.bars.setAttribute("aria-hidden", "true");
    this.bars.replaceChildren(...bars);
    this.ticks.setAttribute("aria-hidden", "true");
    this.ticks.replaceChildren(...ticks(first, data.last));
  }

  /** @returns {Object<string, number> | null} Features by status, of the year or of all years. */
  _byStatus() {
    const { data } = this.years;
    if (this.year !== null) return this.years.knows(this.year) ? data.counts[this.year] : null;
    const found = {};
    for (const layer of this.layers) {
      if (!layer.data || !layer.bits) continue;
      const statuses = layer.data.channels[layer.channels.status];
      const counts = new Uint32Array(256);
      for (let i = 0; i < layer.data.size; i++) if (layer.isVisible(i)) counts[statuses[i]]++;
      layer.codes.status.forEach((status, code) => {
        found[status] = (found[status] || 0) + counts[code];
      });
    }
    return found;
  }

  _renderCounts() {
    const { text, year } = this;
    const { data } = this.years;
    const found = this._byStatus();
    const entries = STATUSES.map((status) => ({
      status,
      label: text(`status.${status}`),
      count: found ? found[status] || 0 : null,
    }));
    this.counts.replaceChildren(
      ...entries.map(({ status, label, count }) => {
        const number = element("b", "", count === null ? "–" : formatCount(count));
        const look = { kind: "unknown", status, precision: "site" };
        const entry = element("li", "", pointSwatch("parks", look, 4), number, element("span", "", label));
        entry.classList.toggle("bri-none", !count);
        entry.dataset.status = status;
        return entry;
      }),
    );
    const told = entries.filter(({ count }) => count).map(({ label, count }) => `${label} ${count}`);
    const when = year === null ? text("map.year.all") : String(year);
    this.slider.setAttribute("aria-valuetext", [when, ...told].join(", "));
    this.undated.checked = !new URLSearchParams(this.state?.query || "").has("undated");
    this.undatedText.textContent = text("map.year.undated", { n: data ? formatCount(data.undated) : "–" });
  }

  // --- for tests ---------------------------------------------------------------------------------

  probe() {
    const { year, opened, steps } = this;
    return { year, opened, steps, playing: Boolean(this.playing), ready: Boolean(this.years.data) };
  }
}

/** Labels of round years, of the first and of the last, where there is room between them. */
function ticks(first, last) {
  const span = Math.max(1, last - first);
  const step = span > 60 ? 20 : span > 24 ? 5 : span > 10 ? 2 : 1;
  const room = span * 0.07;
  const years = [first, last];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step)
    if (year - first > room && last - year > room) years.push(year);
  return years.map((year) => {
    const tick = element("span", "", String(year));
    tick.style.setProperty("--bri-x", (year - first) / span);
    return tick;
  });
}

export { Timeline };
