/**
 * Making elements.
 */

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @param {...(Node | string)} children Strings become text.
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * @param {string} className
 * @param {() => void} act
 * @param {...(Node | string)} children
 * @returns {HTMLButtonElement} A button that sends no form.
 */
export function button(className, act, ...children) {
  const made = element("button", className, ...children);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/**
 * Give a button without words a title, for eye and ear.
 * @param {HTMLElement} element
 * @param {string} title
 */
export function entitle(element, title) {
  element.title = title;
  element.setAttribute("aria-label", title);
}

/**
 * Keep clicks and the wheel on a control from the map beneath.
 * @param {HTMLElement} control
 */
export function keepFromMap(control) {
  L.DomEvent.disableClickPropagation(control);
  L.DomEvent.disableScrollPropagation(control);
}

/**
 * @param {Event} event
 * @returns {boolean} Whether it is of the map itself and of no control on it.
 */
export function isOnMap({ target }) {
  return !(target instanceof Element && target.closest(".leaflet-control, .bri-years"));
}

/**
 * @param {KeyboardEvent | MouseEvent} event
 * @returns {boolean} Whether a key is held that gives it another meaning.
 */
export function isModified({ ctrlKey, metaKey, altKey }) {
  return ctrlKey || metaKey || altKey;
}

const PROCESSED = 229;

/**
 * Safari ends the composition before it sends the key that ended it; what then tells the key from one of the
 * reader's own is its number (UI Events, 7.3.1).
 * @param {KeyboardEvent} event
 * @returns {boolean} Whether a key belongs to an input method, which takes it for itself.
 */
export function isComposing({ isComposing, keyCode }) {
  return isComposing || keyCode === PROCESSED;
}
