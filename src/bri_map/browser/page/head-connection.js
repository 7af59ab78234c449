/**
 * Runs before Streamlit does. The page lives on a WebSocket; where it cannot be opened, or is lost, this says so in
 * the reader's language, with what helps: what to tell an administrator, and links that work without. Streamlit's
 * own word on it, in English and meant for developers, is hidden meanwhile.
 */

const TEXTS = "bri-connection-texts";
const NOTICE = "bri-connection";
const STREAM = "/_stcore/stream";
const HEALTH = "_stcore/health";
const ATTRIBUTE = "data-bri-connection";
/** How long the first socket may take to open. */
const BLOCKED_MS = 8000;
/** How long a lost one may take to come back before one says so. */
const LOST_MS = 3000;

const LOOK = `
#${NOTICE} {
  position: fixed; top: 12px; left: 50%; transform: translateX(-50%); z-index: 1000000;
  box-sizing: border-box; width: min(44rem, calc(100vw - 24px)); padding: 12px 18px;
  border: 1px solid #c9a227; border-radius: 6px; background: #fff8e1; color: #23272b;
  font: 15px/1.5 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  overflow-wrap: anywhere;
}
#${NOTICE} p { margin: 0 0 6px; }
#${NOTICE} a { color: #0b5c8c; margin-right: 1.2em; }
html[${ATTRIBUTE}] [data-testid="stDialog"], html[${ATTRIBUTE}] [data-baseweb="modal"] { display: none !important; }
`;

/**
 * @typedef {object} Words
 * @property {string} tag BCP 47, of the language.
 * @property {string} blocked
 * @property {string} administrator
 * @property {string} instead
 * @property {string} away
 * @property {[string, string][]} links Text and address, relative to the page.
 */

/** @returns {Words} Those in the language of the reader. */
function words() {
  const texts = JSON.parse(document.getElementById(TEXTS)?.textContent ?? "{}");
  const asked = new URLSearchParams(location.search).get("lang") ?? "";
  const codes = [asked, navigator.language || "", "en"].map((tag) =>
    tag.trim().split(/[-_]/, 1)[0].toLowerCase(),
  );
  return texts[codes.find((code) => Object.hasOwn(texts, code)) ?? "en"];
}

/** @param {string} text */
function paragraph(text) {
  const found = document.createElement("p");
  found.textContent = text;
  return found;
}

/** Says what is wrong, or nothing. */
class Notice {
  hide() {
    document.documentElement.removeAttribute(ATTRIBUTE);
    document.getElementById(NOTICE)?.remove();
  }

  /** Keep Streamlit's dialog away, for the time being without a word of ours. */
  hold() {
    document.documentElement.setAttribute(ATTRIBUTE, "");
  }

  /** @param {"blocked" | "away"} state */
  show(state) {
    this.hold();
    const box = document.getElementById(NOTICE) ?? document.createElement("div");
    if (box.dataset.state === state) return;
    const told = words();
    Object.assign(box, { id: NOTICE, lang: told.tag });
    box.dataset.state = state;
    box.setAttribute("role", "alert");
    const parts = [paragraph(told[state])];
    if (state === "blocked")
      parts.push(paragraph(told.administrator), paragraph(told.instead), this._links(told));
    box.replaceChildren(...parts);
    document.body.append(box);
  }

  /** @param {Words} told */
  _links(told) {
    const row = paragraph("");
    for (const [text, address] of told.links) {
      const link = document.createElement("a");
      link.textContent = text;
      link.href = new URL(address, document.baseURI).href;
      row.append(link);
    }
    return row;
  }
}

/** What is known of the sockets on which the page lives. */
class Connection {
  constructor() {
    this.notice = new Notice();
    this.open = 0;
    this.wasOpen = false;
    this.timer = setTimeout(() => this._tell(), BLOCKED_MS);
  }

  /** @param {WebSocket} socket */
  watch(socket) {
    let counted = false;
    socket.addEventListener("open", () => {
      counted = true;
      this.open++;
      this.wasOpen = true;
      clearTimeout(this.timer);
      this.notice.hide();
    });
    socket.addEventListener("close", () => {
      if (!counted || --this.open) return;
      this.notice.hold();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this._tell(), LOST_MS);
    });
  }

  /** Where the server answers all the same, it is the socket that does not come through. */
  async _tell() {
    const answers = await fetch(new URL(HEALTH, document.baseURI), { cache: "no-store" }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (this.open) return;
    this.notice.show(answers && !this.wasOpen ? "blocked" : "away");
  }
}

const style = document.createElement("style");
style.textContent = LOOK;
document.head.append(style);
const connection = new Connection();
const Native = window.WebSocket;

class Watched extends Native {
  /** @param {string | URL} address @param {string | string[]} [protocols] */
  constructor(address, protocols = []) {
    super(address, protocols);
    if (new URL(this.url, location.href).pathname.endsWith(STREAM)) connection.watch(this);
  }
}

window.WebSocket = Watched;
