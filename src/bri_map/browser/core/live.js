/**
 * The short way from the server: states arrive here before Streamlit has rendered the page. Nothing depends on it;
 * every state comes again with the page.
 */

/** @import { Lifetime } from "./lifetime.js" */
/** @import { MapState } from "../protocol.js" */

export class Live {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {string | undefined} */
  #token;

  /**
   * @param {(state: MapState) => void} onState
   * @param {Lifetime} life
   */
  constructor(onState, life) {
    this.onState = onState;
    life.onEnd(() => this.#close());
  }

  /**
   * Listen to a session, once; a connection that was lost is taken up again with the next state.
   * @param {string | undefined} token
   */
  follow(token) {
    if (!token || (this.#token === token && this.#socket)) return;
    this.#close();
    this.#token = token;
    const address = new URL(`../../atlas-files/live/${encodeURIComponent(token)}`, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.onmessage = ({ data }) => this.onState(JSON.parse(data));
    socket.onclose = () => {
      if (this.#socket === socket) this.#socket = null;
    };
    this.#socket = socket;
  }

  #close() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }
}
