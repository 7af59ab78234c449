/**
 * Which year the map shows, and what the page is told of it.
 *
 * The slider moves at once; when it rests, the page is sent a wish with a number, and its state carries the number of
 * the last wish that it answers. So "is this the answer to my last wish" is one comparison, however long it takes.
 *
 * The machine is in one of three phases: it follows the page; it moves, when the year is the reader's own; or it waits
 * for the answer to a wish. It knows nothing of elements, timers or the network.
 */

/** @typedef {number | null} Year Null for all of them. */
/** @typedef {"following" | "moving" | "waiting"} Phase */
/** @typedef {{year: Year, wish: number}} Wish */

export class YearMachine {
  /** @type {Year} The year on the map. */
  year = null;
  /** @type {Phase} */
  phase = "following";
  /** @type {{year: Year, wish: number | null} | null} What the page said last. */
  #page = null;
  /** @type {Wish | null} The last wish, while it is not answered. */
  #wish = null;
  #last;

  /** @param {number} [first] Numbers of wishes are greater than this one. */
  constructor(first = 0) {
    this.#last = first;
  }

  /** The year that the page has or will have, as far as is known. */
  get settled() {
    return this.#wish ? this.#wish.year : (this.#page?.year ?? null);
  }

  /** The year of the page's last state. */
  get pageYear() {
    return this.#page?.year ?? null;
  }

  /**
   * The page has said something.
   * @param {Year} year
   * @param {number | null} wish Number of the last wish that this answers.
   * @returns {boolean} Whether the page has chosen a year by itself: what is under way is to be let go.
   */
  hear(year, wish) {
    const before = this.#page;
    this.#page = { year, wish };
    if (this.#wish?.wish === wish) this.#wish = null;
    if (this.phase === "waiting" && this.#wish) return false;
    const own = this.phase === "moving" && (!before || (year !== before.year && wish === before.wish));
    if (this.phase === "moving" && !own) return false;
    this.phase = this.#wish ? "waiting" : "following";
    this.year = year;
    return own;
  }

  /**
   * The reader moves to a year; the page is not told yet.
   * @param {Year} year
   */
  move(year) {
    this.year = year;
    this.phase = "moving";
  }

  /**
   * The reader has come to rest.
   * @returns {Wish | null} What to send to the page, if it has or will have another year.
   */
  rest() {
    if (this.phase !== "moving") return null;
    const told = this.year !== this.settled;
    if (told) this.#wish = { year: this.year, wish: ++this.#last };
    this.phase = this.#wish ? "waiting" : "following";
    return told ? this.#wish : null;
  }
}
