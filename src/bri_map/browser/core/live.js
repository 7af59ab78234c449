/**
 * The short way from the server: states arrive here before Streamlit has rendered the page (web/live.py).
 * Nothing depends on it; every state comes again with the page.
 */

class Live {
  /** @param {(state: object) => void} onState */
  constructor(onState) {
    this.onState = onState;
  }

  /**
   * Listen to a session, once; a connection that was lost is taken up again with the next state.
   * @param {string | undefined} token
   */
  follow(token) {
    if (!token || (this.token === token && this.socket)) return;
    this._close();
    this.token = token;
    const address = new URL(`../../atlas-files/live/${encodeURIComponent(token)}`, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.onmessage = ({ data }) => this.onState(JSON.parse(data));
    socket.onclose = () => {
      if (this.socket === socket) this.socket = null;
    };
    this.socket = socket;
  }

  _close() {
    const { socket } = this;
    this.socket = null;
    if (socket) socket.close();
  }
}

export { Live };
