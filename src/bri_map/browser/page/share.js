/**
 * The Share button: the link to exactly what is shown, and the markup that embeds it in another page.
 */

/** @import { Run } from "./mount.js" */

import { button, element } from "../core/dom.js";
import { Lifetime } from "../core/lifetime.js";
import { placeOf } from "./bar.js";
import { journal } from "./journal.js";
import { mapFrame, mount } from "./mount.js";

/** @typedef {Record<"title" | "link" | "embed" | "note" | "frame" | "copy" | "copied" | "by_hand", string>} ShareTexts */

class ShareMenu {
  /** @type {ShareTexts | null} */
  #texts = null;

  constructor() {
    this.life = new Lifetime();
    this.button = button("bri-tool", () => (this.panel.hidden ? this._open() : this.close()));
    this.button.setAttribute("aria-expanded", "false");
    this.panel = element("div", "bri-share-panel");
    this.panel.hidden = true;
    this.root = element("div", "bri-share", this.button, this.panel);
    placeOf("share").append(this.root);
    document.addEventListener(
      "pointerdown",
      ({ target }) => {
        if (!(target instanceof Node && this.root.contains(target))) this.close();
      },
      { signal: this.life.signal },
    );
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.preventDefault(); // what it stands in stays open
      this.close();
      this.button.focus();
    });
  }

  /** @param {ShareTexts} texts */
  update(texts) {
    if (this.#texts?.title === texts.title) return;
    this.#texts = texts;
    this.button.textContent = texts.title;
    this.close();
  }

  destroy() {
    this.life.end();
    this.root.remove();
  }

  /** Open at once, and say the link again when all that was done has come into the address. */
  _open() {
    this._write();
    if (journal().pending.length)
      journal()
        .settled()
        .then(() => this.panel.hidden || this._write());
  }

  /** Write the map's view into the address first, so that the link opens what is seen. */
  _write() {
    const texts = this.#texts;
    if (!texts) return;
    mapFrame()?.writeView();
    const link = window.location.href;
    this.panel.replaceChildren(
      ...this._field(texts, texts.link, link, 2),
      ...this._field(texts, texts.embed, snippet(link, texts.frame), 4),
      element("p", "bri-muted", texts.note),
    );
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.panel.querySelector("button")?.focus();
  }

  close() {
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  /**
   * @param {ShareTexts} texts
   * @param {string} label
   * @param {string} value
   * @param {number} rows
   */
  _field(texts, label, value, rows) {
    const field = element("textarea", "bri-share-text");
    Object.assign(field, { value, rows, readOnly: true, spellcheck: false });
    field.setAttribute("aria-label", label);
    field.addEventListener("focus", () => field.select());
    const said = element("span", "bri-share-said");
    said.setAttribute("role", "status");
    const copy = button(
      "bri-tool bri-share-copy",
      async () => {
        said.textContent = (await copied(field)) ? texts.copied : texts.by_hand;
      },
      texts.copy,
    );
    copy.setAttribute("aria-label", `${texts.copy}: ${label}`);
    return [element("div", "bri-share-head", element("span", "", label), said, copy), field];
  }
}

/**
 * @param {string} link
 * @param {string} title
 * @returns {string} Markup that embeds the map in another page.
 */
export function snippet(link, title) {
  const address = new URL(link);
  address.searchParams.set("embed", "true");
  const source = address.href.replaceAll("&", "&amp;");
  return `<iframe src="${source}" width="800" height="520" style="border:0" title="${title}" loading="lazy" allow="fullscreen"></iframe>`;
}

/**
 * @param {HTMLTextAreaElement} field
 * @returns {Promise<boolean>} Whether the text of a field is on the clipboard.
 */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** @param {Run<{texts: ShareTexts}>} run */
export default function render({ parentElement, data }) {
  return mount(parentElement, ShareMenu, (menu) => menu.update(data.texts));
}
