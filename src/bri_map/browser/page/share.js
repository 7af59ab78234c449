/**
 * The Share button: the link to exactly what is shown, and the markup that embeds it in another page.
 */

import { element } from "../core/dom.js";
import { mapFrame, mount } from "./mount.js";

class ShareMenu {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.root = element("div", "bri-share");
    this.button = element("button", "bri-tool");
    this.button.type = "button";
    this.button.setAttribute("aria-expanded", "false");
    this.panel = element("div", "bri-share-panel");
    this.panel.hidden = true;
    this.root.append(this.button, this.panel);
    parent.append(this.root);
    this.button.addEventListener("click", () => (this.panel.hidden ? this._open() : this.close()));
    this._onOutside = ({ target }) => this.root.contains(target) || this.close();
    this._onKey = (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      this.close();
      this.button.focus();
    };
    document.addEventListener("pointerdown", this._onOutside);
    this.root.addEventListener("keydown", this._onKey);
  }

  update({ texts }) {
    if (this.texts && this.texts.title === texts.title) return;
    this.texts = texts;
    this.button.textContent = texts.title;
    this.close();
  }

  destroy() {
    document.removeEventListener("pointerdown", this._onOutside);
    this.root.remove();
  }

  /** Write the map's view into the address first, so that the link opens what is seen. */
  _open() {
    mapFrame()?.briMap.writeView();
    const { texts } = this;
    const link = window.location.href;
    const embedded = new URL(link);
    embedded.searchParams.set("embed", "true");
    const snippet = `<iframe src="${embedded.href.replaceAll("&", "&amp;")}" width="800" height="520" style="border:0" title="${texts.frame}" loading="lazy" allow="fullscreen"></iframe>`;
    this.panel.replaceChildren(
      ...this._field(texts.link, link, 2),
      ...this._field(texts.embed, snippet, 4),
      element("p", "bri-muted", texts.note),
    );
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.panel.querySelector("button").focus();
  }

  close() {
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  _field(label, value, rows) {
    const field = element("textarea", "bri-share-text");
    Object.assign(field, { value, rows, readOnly: true, spellcheck: false });
    field.setAttribute("aria-label", label);
    field.addEventListener("focus", () => field.select());
    const copy = element("button", "bri-tool bri-share-copy", this.texts.copy);
    copy.type = "button";
    copy.setAttribute("aria-label", `${this.texts.copy}: ${label}`);
    const said = element("span", "bri-share-said");
    said.setAttribute("role", "status");
    copy.addEventListener("click", async () => {
      said.textContent = (await written(field)) ? this.texts.copied : this.texts.by_hand;
    });
    return [element("div", "bri-share-head", element("span", "", label), said, copy), field];
  }
}

/** @returns {Promise<boolean>} Whether the text of a field is on the clipboard. */
async function written(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

export default function render({ parentElement, data }) {
  return mount(parentElement, ShareMenu, (menu) => menu.update(data));
}
