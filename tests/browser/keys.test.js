import assert from "node:assert/strict";
import { test } from "node:test";
import { isComposing } from "../../src/bri_map/browser/core/dom.js";

for (const [what, event, composing] of /** @type {[string, object, boolean][]} */ ([
  ["of a reader's own", { isComposing: false, keyCode: 13 }, false],
  ["while a composition lasts", { isComposing: true, keyCode: 13 }, true],
  ["with which Safari has ended one", { isComposing: false, keyCode: 229 }, true],
]))
  test(`Enter ${what} is ${composing ? "the input method's" : "a choice"}`, () =>
    assert.equal(isComposing(/** @type {KeyboardEvent} */ (event)), composing));
