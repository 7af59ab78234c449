/**
 * What is added to a page for print: a head with title, filter in words, date and version of the data; the map
 * as a picture with its key; every row of the table. It is made when the browser is about to print, and goes
 * when that is done.
 */

import { element } from "../core/dom.js";
import { formatCount } from "../core/numbers.js";
import { filled } from "../core/texts.js";
import { mapFrame } from "./mount.js";

/**
 * @typedef {object} SheetWords
 * @property {string} sheet Title and version of the data, with a placeholder for today.
 * @property {string} everything What is said where no filter asks for anything.
 */

/** @type {(() => void)[]} What takes the sheet away. */
let undo = [];
/** @type {{words: SheetWords, tag: string} | null} */
let known = null;

/**
 * Take over the words; from the first time on sheets are made.
 * @param {SheetWords} words
 * @param {string} tag Of the language.
 */
export function prepareSheets(words, tag) {
  if (!known) {
    window.addEventListener("beforeprint", makeSheet);
    window.addEventListener("afterprint", takeAway);
  }
  known = { words, tag };
}

function makeSheet() {
  takeAway();
  if (!known) return;
  const sheet = element("section", "bri-sheet", ...headOf(known.words, known.tag));
  sheet.lang = known.tag;
  const stage = document.querySelector(".st-key-stage");
  const map = stage ? mapFrame()?.sheet() : null;
  if (map) sheet.append(document.adoptNode(map.picture), map.key, element("p", "bri-muted", map.credits));
  document.body.prepend(sheet);
  undo.push(() => sheet.remove());
  for (const fold of document.querySelectorAll(".bri-details details:not([open])")) {
    fold.setAttribute("open", "");
    undo.push(() => fold.removeAttribute("open"));
  }
  for (const sign of document.querySelectorAll(".bri-details .bri-sign"))
    cite(/** @type {HTMLElement} */ (sign));
  addRows();
}

function takeAway() {
  for (const act of undo.reverse()) act();
  undo = [];
}

/**
 * @param {SheetWords} words
 * @param {string} tag
 */
function headOf({ sheet, everything }, tag) {
  const page = document.querySelector('[data-testid="stTopNavLink"][aria-current="page"]')?.textContent ?? "";
  const today = new Date().toLocaleDateString(tag, { dateStyle: "long" });
  const [title, ...rest] = filled(sheet, { today }).split(" · ");
  const head = [element("p", "bri-sheet-title", page ? `${title} · ${page}` : title)];
  const filters = document.querySelector(".bri-filters");
  if (filters) head.push(element("p", "", filterIn(filters, everything)));
  const answer = document.querySelector(".st-key-answer-line .bri-said")?.textContent;
  if (answer) head.push(element("p", "", answer));
  return [...head, element("p", "bri-muted", rest.join(" · "))];
}

/**
 * @param {Element} filters The sidebar.
 * @param {string} everything
 * @returns {string} How many are shown, and what is asked for.
 */
function filterIn(filters, everything) {
  const asked = [...filters.querySelectorAll(".bri-chips .bri-act")].map((chip) =>
    (chip.textContent ?? "").replace(/\s*×$/, ""),
  );
  const text = /** @type {HTMLInputElement | null} */ (filters.querySelector('[data-part="text"] input'));
  if (text?.value) asked.unshift(`“${text.value}”`);
  const showing = filters.querySelector(".bri-showing")?.textContent ?? "";
  return [showing, ...(asked.length ? asked : [everything])].join(" · ");
}

/**
 * Write behind a value which of the listed sources give it.
 * @param {HTMLElement} sign
 */
function cite(sign) {
  const block = sign
    .closest(".bri-details")
    ?.querySelector(`.bri-blocks > :nth-child(${sign.dataset.block})`);
  const cited = block?.getAttribute("data-cited");
  if (!cited) return;
  sign.dataset.cited = `[${cited}]`;
  undo.push(() => delete sign.dataset.cited);
}

/** Put every row of the result in the place of the page of rows that is seen; without an answer that stays. */
function addRows() {
  const frame = document.querySelector(".st-key-features .bri-table-frame");
  const answer = frame && askRows();
  if (!answer) return;
  const [heads, ...lines] = answer.responseText
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t"));
  const head = element("tr", "", ...heads.map((text) => element("th", "", text)));
  const body = lines.map((cells) => element("tr", "", ...cells.map((text) => element("td", "", text))));
  const table = element("table", "bri-sheet-rows", element("thead", "", head), element("tbody", "", ...body));
  const total = Number(answer.getResponseHeader("X-Total-Rows"));
  const words = document.querySelector(".bri-table-tools")?.getAttribute("data-part") ?? "";
  if (total > lines.length)
    table.createCaption().textContent = filled(words, {
      n: formatCount(lines.length),
      total: formatCount(total),
    });
  frame.after(table);
  document.documentElement.classList.add("bri-all-rows");
  undo.push(() => {
    table.remove();
    document.documentElement.classList.remove("bri-all-rows");
  });
}

/** @returns {XMLHttpRequest | null} The rows of the result: at once, for the browser waits for no promise. */
function askRows() {
  const address = new URL("atlas-files/rows", document.baseURI);
  address.search = location.search;
  const request = new XMLHttpRequest();
  try {
    request.open("GET", address, false);
    request.send();
  } catch {
    return null;
  }
  return request.status === 200 ? request : null;
}
