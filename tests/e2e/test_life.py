"""The map leaves nothing behind when it is taken away, and asks again for what did not come."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from bri_map.i18n import messages
from tests.e2e import atlas
from tests.e2e.conftest import Visitor

Visit = Callable[..., Visitor]

COUNTED = """
(() => {
  if (window === window.top) return;
  // What is begun and not ended, by kind; what others began before is in it, so differences count.
  const begun = { listeners: 0, observers: 0, sockets: 0, timers: 0, frames: 0, dialled: 0 };
  const known = new WeakMap();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const lasting = (target) => target === window || target === document || target.id === "another_map";
  EventTarget.prototype.addEventListener = function (type, act, options) {
    addEventListener.call(this, type, act, options);
    const capture = typeof options === "boolean" ? options : Boolean(options?.capture);
    const keys = known.get(this) ?? known.set(this, new Map()).get(this);
    const key = `${type},${capture}`;
    const acts = keys.get(key) ?? keys.set(key, new Set()).get(key);
    if (!lasting(this) || !act || acts.has(act)) return;
    acts.add(act);
    begun.listeners++;
    const { signal } = options ?? {};
    if (signal) addEventListener.call(signal, "abort", () => acts.delete(act) && begun.listeners--);
  };
  EventTarget.prototype.removeEventListener = function (type, act, options) {
    removeEventListener.call(this, type, act, options);
    const capture = typeof options === "boolean" ? options : Boolean(options?.capture);
    if (known.get(this)?.get(`${type},${capture}`)?.delete(act)) begun.listeners--;
  };
  window.ResizeObserver = class extends ResizeObserver {
    #seen = new Set();
    observe(element, ...given) {
      super.observe(element, ...given);
      if (!this.#seen.has(element)) begun.observers++;
      this.#seen.add(element);
    }
    disconnect() {
      super.disconnect();
      begun.observers -= this.#seen.size;
      this.#seen.clear();
    }
  };
  window.WebSocket = class extends WebSocket {
    #isOver = false;
    constructor(...given) {
      super(...given);
      begun.sockets++;
      begun.dialled++;
      addEventListener.call(this, "close", () => this.#end());  // the server may end it too
    }
    close(...given) {
      super.close(...given);
      this.#end();
    }
    #end() {
      if (!this.#isOver) begun.sockets--;
      this.#isOver = true;
    }
  };
  const timers = new Set();
  const { setTimeout, clearTimeout } = window;
  window.setTimeout = (act, ms, ...given) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act(...given);
    }, ms);
    timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    timers.delete(timer);
    clearTimeout(timer);
  };
  window.begun = () => ({ ...begun, timers: timers.size });
})();
"""

ATTACH = """
async () => {
  const { state } = briMap.probe();
  briMap.detach();
  const box = document.createElement("div");
  box.id = "another_map";
  box.style.cssText = "width: 800px; height: 500px";
  document.body.append(box);
  const map = L.map(box, { center: [27, 66], zoom: 3, zoomControl: false, attributionControl: false });
  const still = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await still();
  const types = () => Object.values(map._events).reduce((sum, acts) => sum + acts.length, 0);
  const before = { ...begun(), events: types() };
  briMap.attach(map);
  const focus = { token: "another", bbox: [60, 20, 80, 40] };
  briMap.apply({ ...state, seq: undefined, year: 2013, live: "another", focus });
  await still();
  const during = { ...begun(), events: types() };
  briMap.detach();
  await still();
  const after = { ...begun(), events: types() };
  const left = box.querySelectorAll("[class*='bri-']:not(.leaflet-pane)").length;
  return { before, during, after, left };
}
"""


def test_what_is_taken_away_leaves_nothing_behind(server: str, visit: Visit) -> None:
    visitor = visit("about:blank")
    visitor.context.add_init_script(COUNTED)
    visitor.page.goto(f"{server}/?lang=en")
    found = atlas.map_frame(visitor.page).evaluate(ATTACH)
    before, during, after = found["before"], found["during"], found["after"]
    for kind in ("listeners", "observers", "sockets", "timers", "events"):
        counted = "dialled" if kind == "sockets" else kind  # the server may have hung up already
        assert during[counted] > before[counted], f"{kind} are not counted"
        assert after[kind] <= before[kind], kind
    assert found["left"] == 0


def test_texts_that_did_not_come_are_asked_for_again(server: str, visit: Visit) -> None:
    page = visit("about:blank").page
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route("**/atlas-files/messages/en*", refuse_once)
    page.goto(f"{server}/?lang=en")
    frame = atlas.map_frame(page)
    expect(frame.locator(".bri-notices")).to_contain_text("messages", timeout=atlas.WAIT_MS)
    frame.wait_for_function(
        """wanted => {
          briMap.apply({ ...briMap.probe().state, seq: undefined });
          return document.querySelector(".bri-boundaries").textContent === wanted;
        }""",
        arg=messages("en").text("map.boundaries"),
        polling=250,
        timeout=atlas.WAIT_MS,
    )
    expect(frame.locator(".bri-notices")).to_be_hidden()
    assert len(refused) == 1
