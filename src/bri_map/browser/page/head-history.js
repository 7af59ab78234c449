/**
 * Keeps the browser's history to the states that the reader was in. Streamlit adds an entry for every address
 * that the server has it show, also for one that only says in full what the reader has just opened; such an
 * address takes the place of the short one.
 */

const VIEW = "view";
const COMPLETE = "lang";

/** @import { Journal } from "./journal.js" */

/**
 * Watch over the history of a window.
 *
 * After Back or Forward the reader is where they wanted to be: answers to what was asked before may still come
 * in, with the address of another page or state. They neither lead the reader away nor add an entry.
 * @param {Window} page
 * @param {Journal} journal
 */
export function keepHistory(page, journal) {
  const { history, location } = page;
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);

  history.pushState = (state, unused, url) => {
    const wanted = new URL(String(url ?? ""), location.href);
    const isElsewhere = wanted.pathname !== location.pathname;
    const now = new URL(location.href);
    const isComplete = now.searchParams.has(COMPLETE);
    if (journal.moved && (isElsewhere || isComplete)) return;
    if (isElsewhere) {
      journal.touched = false;
      push(state, unused, url);
      return;
    }
    keepView(now, wanted);
    if (isSame(now, wanted)) return;
    if (isComplete && journal.touched) push(state, unused, wanted);
    else replace(state, unused, wanted);
  };

  history.replaceState = (state, unused, url) => {
    const wanted = new URL(String(url ?? ""), location.href);
    const now = new URL(location.href);
    keepView(now, wanted);
    const isOther = wanted.pathname !== now.pathname || !isSame(now, wanted);
    if (journal.moved && isOther && now.searchParams.has(COMPLETE)) return;
    replace(state, unused, url);
  };

  for (const kind of ["pointerdown", "keydown"]) page.addEventListener(kind, () => journal.touch(), true);
  page.addEventListener("popstate", () => journal.arrive(location.search));
}

/**
 * The map alone knows where it looks: what the server says of it is older.
 * @param {URL} now
 * @param {URL} wanted
 */
function keepView(now, wanted) {
  const others = wanted.search
    .slice(1)
    .split("&")
    .filter((part) => part && part.split("=", 1)[0] !== VIEW);
  const view = now.search
    .slice(1)
    .split("&")
    .filter((part) => part.split("=", 1)[0] === VIEW);
  wanted.search = [...others, ...view].join("&");
}

/**
 * @param {URL} one
 * @param {URL} other
 * @returns {boolean} Whether two addresses say the same, however it is written.
 */
function isSame(one, other) {
  const [said, meant] = [one, other].map(({ searchParams }) =>
    [...searchParams]
      .map((pair) => JSON.stringify(pair))
      .sort()
      .join(),
  );
  return said === meant && one.hash === other.hash;
}
