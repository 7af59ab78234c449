/**
 * What the reader does and the server has not answered yet, in order. The parts of the page and the map write
 * into it; `changes.js` sends it along with every message until the server has taken it.
 *
 * It is made in the head of the page, before any part, and stands in `window.briMapJournal`, where the bundles
 * of the parts and the map's frame find the same one.
 */

/** Milliseconds after which a change that nobody has answered is sent again, when nothing else is going on. */
const PATIENCE_MS = 2000;

/**
 * @typedef {{kind: string, n?: number, [name: string]: any}} Change What is done (`kind`, see ui/changes.py) with
 *   what belongs to it, and its number, which rises from change to change.
 */

export class Journal extends EventTarget {
  constructor() {
    super();
    /** @type {Change[]} */
    this.pending = [];
    this.last = 0;
    /** Links that the server had read when Back or Forward was used last. */
    this.read = 0;
    /** @type {((pending: Change[]) => void) | null} */
    this.send = null;
    /** Name of the session to which it leads. */
    this.session = "";
    /** Whether the reader has done anything since this page was opened. */
    this.touched = false;
    /** Whether Back or Forward was used since the reader did anything. */
    this.moved = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * Note changes that are one step, and send them.
   * @param {...Change} changes
   */
  add(...changes) {
    this.touch();
    for (const change of changes) this._note(change);
    this._flush();
  }

  /** Note that the reader does something on the page where they are. */
  touch() {
    this.touched = true;
    this.moved = false;
  }

  /**
   * Note that Back or Forward has led to another address. Streamlit tells the server so itself; this goes
   * along with what the reader does next, in case that message was overtaken.
   * @param {string} query
   */
  arrive(query) {
    this.moved = true;
    this._note({ kind: "address", query, read: this.read });
  }

  /** @param {Change} change */
  _note(change) {
    this.last = Math.max(Date.now(), this.last + 1);
    this.pending.push({ ...change, n: this.last });
    this._tell();
  }

  /**
   * Take up the way to the server. What waits is sent, also when it was sent to an earlier session: that one
   * has gone, with what it had not answered.
   * @param {string} session Name of the server's session.
   * @param {(pending: Change[]) => void} send
   */
  connect(session, send) {
    const isNew = !this.send || session !== this.session;
    this.send = send;
    this.session = session;
    if (isNew && this.pending.length) this._flush();
  }

  /** @param {(pending: Change[]) => void} send */
  disconnect(send) {
    if (this.send === send) this.send = null;
  }

  /**
   * Forget what the server has taken.
   * @param {number} taken Number of the last change taken.
   * @param {number} read Links that the server has read.
   */
  acknowledge(taken, read) {
    this.read = read;
    const waiting = this.pending.filter(
      (change) =>
        /** @type {number} */ (change.n) > taken && !(change.kind === "address" && read > change.read),
    );
    if (waiting.length === this.pending.length) return;
    this.pending = waiting;
    this._tell();
  }

  /** @returns {Promise<void>} Fulfilled when the server has taken everything. */
  settled() {
    return new Promise((resolve) => {
      const look = () => {
        if (this.pending.length) return;
        this.removeEventListener("change", look);
        resolve();
      };
      this.addEventListener("change", look);
      look();
    });
  }

  _flush() {
    clearTimeout(this.timer);
    this.send?.(this.pending);
    this.timer = setTimeout(() => this._remind(), PATIENCE_MS);
  }

  /** Send again what was not answered: the connection was down, or the message was overtaken. */
  _remind() {
    if (!this.pending.some(({ kind }) => kind !== "address")) return;
    const app = document.querySelector("[data-test-script-state]");
    const isIdle = app?.getAttribute("data-test-script-state") === "notRunning";
    const isConnected = app?.getAttribute("data-test-connection-state") === "CONNECTED";
    if (isIdle && isConnected) this._flush();
    else this.timer = setTimeout(() => this._remind(), PATIENCE_MS / 4);
  }

  _tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @returns {Journal} The one of this page. */
export function journal() {
  if (!window.briMapJournal) throw new Error("the script in the head of the page is missing");
  return window.briMapJournal;
}

/**
 * @param {Change[]} pending
 * @param {string} facet
 * @param {string[]} chosen Codes that the server knows to be chosen.
 * @returns {Set<string>} Codes that are chosen once all that is noted has been answered.
 */
export function chosenAfter(pending, facet, chosen) {
  const codes = new Set(chosen);
  for (const change of pending) {
    if (clears(change, facet)) codes.clear();
    if (change.kind !== "code" || change.facet !== facet) continue;
    if (change.on) codes.add(change.code);
    else codes.delete(change.code);
  }
  return codes;
}

/**
 * @param {Change[]} pending
 * @param {string[]} shown Columns that the server knows to be shown.
 * @returns {Set<string>} Columns of the table of features that are ticked once all that is noted has been answered.
 */
export function columnsAfter(pending, shown) {
  const columns = new Set(shown);
  for (const change of pending) {
    if (change.kind !== "column" || change.column === null) continue;
    if (change.on) columns.add(change.column);
    else columns.delete(change.column);
  }
  return columns;
}

/**
 * @param {Change[]} pending
 * @param {string} group Name of a group of the sidebar.
 * @param {boolean} isOpen What the server says.
 * @returns {boolean} Whether it stands open once all that is noted has been answered.
 */
export function openAfter(pending, group, isOpen) {
  return pending.findLast((change) => change.kind === "fold" && change.group === group)?.open ?? isOpen;
}

/**
 * @param {Change[]} pending
 * @param {string} name Of a range.
 * @param {string} asked Its span as the server says; empty for all.
 * @returns {string} The span once all that is noted has been answered.
 */
export function spanAfter(pending, name, asked) {
  let wanted = asked;
  for (const change of pending) {
    if (clears(change, name)) wanted = "";
    if (change.kind === "span" && change.name === name) wanted = change.text;
  }
  return wanted;
}

/**
 * @template T
 * @param {Change[]} pending
 * @param {string} kind Of the changes that set the value.
 * @param {string} name Under which these have it.
 * @param {string} cleared Name of what a filter asks there.
 * @param {T} value What the server says.
 * @param {T} blank The value when it is cleared.
 * @returns {T} The value once all that is noted has been answered.
 */
export function valueAfter(pending, kind, name, cleared, value, blank) {
  let wanted = value;
  for (const change of pending) {
    if (clears(change, cleared)) wanted = blank;
    if (change.kind === kind) wanted = change[name];
  }
  return wanted;
}

/**
 * @param {Change} change
 * @param {string} name
 */
function clears({ kind, names }, name) {
  return kind === "reset" || (kind === "without" && names.includes(name));
}
