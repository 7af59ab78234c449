/**
 * Cards in the details: who says so, and what a word means. They open under the pointer, with the focus of the
 * keyboard, and at a click or a tap, which holds them. What a card says stands once at the end of the details
 * (`.bri-blocks`), for many values have the same sources; titles and addresses stand in the list of sources.
 */

import { element } from "../core/dom.js";

/** Milliseconds for which the pointer rests on a value before its card opens, and may leave it. */
const REST = 250;
const SIGN = "button[data-block]";

/**
 * @param {Element} root The details.
 * @param {string} number Of a block.
 * @returns {HTMLElement} A card with what the block says.
 */
export function cardOf(root, number) {
  const block = root.querySelector(`.bri-blocks > :nth-child(${number})`);
  const card = element("div", "bri-said bri-card", ...(block?.cloneNode(true).childNodes ?? []));
  for (const cite of card.querySelectorAll("cite[data-source]")) {
    const source = root.querySelector(`.bri-sources > :nth-child(${cite.getAttribute("data-source")})`);
    if (source?.firstElementChild) cite.replaceWith(source.firstElementChild.cloneNode(true));
  }
  return card;
}

export class Cards {
  /** @type {HTMLElement | null} The sign whose card is open. */
  #sign = null;
  /** @type {HTMLElement | null} */
  #card = null;
  /** Whether it stays when the pointer goes. */
  #isHeld = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** Open cards on this page, from now on. */
  begin() {
    document.addEventListener("pointerover", (event) => this._onPointer(event));
    document.addEventListener("focusin", (event) => this._onFocus(event));
    document.addEventListener("click", (event) => this._onClick(event));
    document.addEventListener("keydown", (event) => this._onKey(event));
  }

  /**
   * @param {EventTarget | null} target
   * @returns {HTMLElement | null} The sign of the value in which it lies.
   */
  _signAt(target) {
    if (!(target instanceof Element)) return null;
    return (
      target.closest(SIGN) ??
      target.closest(".bri-details .bri-fact")?.querySelector("button.bri-sign") ??
      null
    );
  }

  /** @param {PointerEvent} event */
  _onPointer({ target, pointerType }) {
    if (pointerType !== "mouse") return;
    if (target instanceof HTMLElement && target.matches(".bri-ask") && !target.title)
      target.title = target.closest(".bri-details")?.getAttribute("data-ask") ?? "";
    const isInside = target instanceof Node && this.#card?.contains(target);
    const sign = isInside ? this.#sign : this._signAt(target);
    clearTimeout(this.#timer);
    if (sign === this.#sign || this.#isHeld) return;
    this.#timer = setTimeout(() => (sign ? this.open(sign) : this.close()), REST);
  }

  /** @param {FocusEvent} event */
  _onFocus({ target }) {
    if (!(target instanceof HTMLElement)) return;
    if (target.matches(`.bri-details ${SIGN}`) && target.matches(":focus-visible")) this.open(target);
    else if (!this.#card?.contains(target)) this.close();
  }

  /** @param {MouseEvent} event */
  _onClick({ target }) {
    if (!(target instanceof Element)) return;
    const sign = /** @type {HTMLElement | null} */ (target.closest(`.bri-details ${SIGN}`));
    if (sign && this.#isHeld && sign === this.#sign) this.close();
    else if (sign) {
      this.open(sign);
      this.#isHeld = true;
      this.#card?.scrollIntoView({ block: "nearest" });
    } else if (!this.#card?.contains(target)) this.close();
  }

  /** @param {KeyboardEvent} event */
  _onKey({ key }) {
    if (key !== "Escape" || !this.#card) return;
    if (this.#card.contains(document.activeElement)) this.#sign?.focus();
    this.close();
  }

  /** @param {HTMLElement} sign */
  open(sign) {
    if (sign === this.#sign && this.#card?.isConnected) return;
    this.close();
    const root = sign.closest(".bri-details");
    const fact = sign.closest(".bri-fact");
    if (!root || !fact) return;
    this.#sign = sign;
    this.#card = cardOf(root, sign.dataset.block ?? "");
    sign.setAttribute("aria-expanded", "true");
    fact.append(this.#card);
  }

  close() {
    clearTimeout(this.#timer);
    this.#sign?.setAttribute("aria-expanded", "false");
    this.#card?.remove();
    this.#sign = null;
    this.#card = null;
    this.#isHeld = false;
  }
}
