/**
 * The kinds of groups of the sidebar, by what is in them.
 */

/** @import { FiltersData, GroupWords } from "./filters.js" */

import { element } from "../core/dom.js";
import { ORIGINAL } from "../core/locale.js";
import { codeSwatch } from "../marks/swatches.js";
import { Acts } from "./act.js";
import { Facet } from "./facet.js";
import { Field } from "./field.js";
import { Group } from "./group.js";
import { RangeGroup } from "./range-group.js";
import { runsOf } from "./runs.js";
import { TotalsGroup } from "./totals-group.js";

/** Options of a facet. */
class FacetGroup extends Group {
  /** @type {Facet | null} */
  #facet = null;

  fill() {
    const { words, data, labels, marks, texts } = this;
    if (!words || !data) return;
    this.#facet ??= new Facet(this.body);
    const counts = data.counts[words.name];
    this.#facet.update({
      facet: words.name,
      options: (words.options ?? []).map((code, i) => [code, labels[code], counts?.[i] ?? null]),
      chosen: data.chosen[words.name] ?? [],
      look: words.look === "list" ? "list" : "rows",
      theme: data.theme,
      mark: (code) => codeSwatch(marks, words.mark ?? [], code),
      texts: { label: words.title, find: texts["facet.find"], none: texts["facet.none"] },
    });
  }

  /** @param {string} asked */
  narrow(asked) {
    this.#facet?.narrow(asked);
  }

  destroy() {
    this.#facet?.destroy();
  }
}

/** The year whose end is asked about. */
class WhenGroup extends Group {
  /** @type {{year: Field, undated: Field} | null} */
  #fields = null;

  fill() {
    const { words, data } = this;
    if (!words || !data) return;
    this.#fields ??= { year: new Field(this.body), undated: new Field(this.body) };
    this.#fields.year.update({
      type: "number",
      label: words.year ?? "",
      value: data.year,
      change: { kind: "year" },
      name: "year",
      placeholder: words.none,
      min: words.first,
      max: words.last,
      cleared: "year",
    });
    this.#fields.undated.update({
      type: "checkbox",
      label: words.undated ?? "",
      value: data.undated,
      change: { kind: "undated" },
      name: "on",
      disabled: data.year === null,
      cleared: "undated",
      blank: true,
    });
  }

  destroy() {
    this.#fields?.year.destroy();
    this.#fields?.undated.destroy();
  }
}

/** The distance from a feature, and what is drawn on the map. */
class WhereGroup extends Group {
  #pick = element("p", "bri-muted");
  #distance = element("div", "");
  #clear = element("div", "");
  /** @type {{distance: Field, clear: Acts} | null} */
  #parts = null;

  fill() {
    const { words, data } = this;
    if (!words || !data) return;
    if (!this.#parts) {
      this.body.append(this.#pick, this.#distance, this.#clear);
      this.#parts = { distance: new Field(this.#distance), clear: new Acts(this.#clear) };
    }
    this.#pick.textContent = words.pick ?? "";
    const { where } = data;
    this.#pick.hidden = !where || where.feature !== undefined;
    this.#distance.hidden = !where?.feature;
    this.#clear.hidden = !where?.asks;
    const clear = { kind: "without", names: ["bbox", "area", "near"] };
    this.#parts.clear.update({
      acts: [{ label: words.clear ?? "", hint: null, change: clear, disabled: false }],
      look: "buttons",
      label: "",
    });
    if (where?.feature)
      this.#parts.distance.update({
        type: "select",
        label: where.label ?? "",
        value: where.km ?? null,
        change: { kind: "near", feature: where.feature },
        name: "km",
        placeholder: words.none,
        options: where.options,
        cleared: "near",
      });
  }

  destroy() {
    this.#parts?.distance.destroy();
    this.#parts?.clear.destroy();
  }
}

/** What matches and has no place on the map; there is no such group without any. */
class OffMapGroup extends Group {
  #links = element("ul", "bri-related");

  /**
   * @param {GroupWords} _words
   * @param {FiltersData} data
   */
  title(_words, data) {
    this.root.classList.toggle("bri-nobody", !data.off_map);
    return data.off_map?.title ?? "";
  }

  fill() {
    const { data } = this;
    if (!this.#links.parentElement) this.body.append(this.#links);
    if (!data) return;
    const made = (data.off_map?.links ?? []).map(([id, name, href]) => {
      const words = runsOf(name, data.locale).map(({ run, english }) =>
        english ? Object.assign(element("span", "", run), { lang: ORIGINAL }) : run,
      );
      const link = element("a", "", ...words);
      Object.assign(link, { href, target: "_self" });
      link.dataset.feature = id;
      return element("li", "", link);
    });
    this.#links.replaceChildren(...made);
  }
}

/** @type {Record<string, new () => Group>} */
const KINDS = {
  range: RangeGroup,
  when: WhenGroup,
  where: WhereGroup,
  totals: TotalsGroup,
  "off-map": OffMapGroup,
};

/**
 * @param {string} look What is in it.
 * @returns {Group}
 */
export function makeGroup(look) {
  return new (KINDS[look] ?? FacetGroup)();
}
