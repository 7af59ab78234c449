/**
 * How long something lives, and what ends with it: listeners, timers, frames, observers, sockets.
 *
 * Listeners of elements, the document and the window take `signal`; the rest is given to the other members.
 */

export class Lifetime {
  #controller = new AbortController();
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  #timers = new Set();
  /** @type {Set<number>} */
  #frames = new Set();
  /** @type {(() => void)[]} */
  #ends = [];

  /** For `addEventListener` and `fetch`. */
  get signal() {
    return this.#controller.signal;
  }

  /** Whether it is over. */
  get over() {
    return this.signal.aborted;
  }

  /**
   * Listen to a Leaflet map or layer.
   * @param {L.Evented} emitter
   * @param {L.LeafletEventHandlerFnMap} handlers By type of event.
   */
  on(emitter, handlers) {
    emitter.on(handlers);
    this.onEnd(() => emitter.off(handlers));
  }

  /**
   * @param {number} ms Milliseconds.
   * @param {() => void} act
   * @returns {ReturnType<typeof setTimeout>} For `cancel`.
   */
  after(ms, act) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    if (this.over) clearTimeout(timer);
    else this.#timers.add(timer);
    return timer;
  }

  /** @param {ReturnType<typeof setTimeout> | undefined} timer */
  cancel(timer) {
    clearTimeout(timer);
    if (timer !== undefined) this.#timers.delete(timer);
  }

  /**
   * Act before the next frame is drawn.
   * @param {() => void} act
   */
  frame(act) {
    if (this.over) return;
    const frame = requestAnimationFrame(() => {
      this.#frames.delete(frame);
      act();
    });
    this.#frames.add(frame);
  }

  /** @param {() => void} act Done at the end; the last one given is done first. */
  onEnd(act) {
    if (this.over) act();
    else this.#ends.push(act);
  }

  end() {
    if (this.over) return;
    this.#controller.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const frame of this.#frames) cancelAnimationFrame(frame);
    this.#timers.clear();
    this.#frames.clear();
    for (const act of this.#ends.reverse()) act();
    this.#ends = [];
  }
}
