/**
 * Making elements, and writing numbers for people.
 */

/**
 * Make an element.
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} children Strings become text.
 * @returns {HTMLElement}
 */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** @param {number} value @returns {string} With thin spaces between thousands. */
export function formatCount(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/**
 * Give a button without words a title, for eye and ear.
 * @param {HTMLElement} button
 * @param {string} title
 */
export function entitle(button, title) {
  button.title = title;
  button.setAttribute("aria-label", title);
}
