import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, endsOf, spanOf } from "../../src/bri_map/browser/page/range-group.js";

test("a span is taken apart into what its two fields say, and put together again", () => {
  for (const text of ["100..500", "100..", "..500"]) assert.equal(spanOf(...endsOf(text)), text);
  assert.deepEqual(endsOf("250"), ["250", "250"]);
  assert.equal(spanOf("250", "250"), "250");
  assert.deepEqual(endsOf("none"), ["", ""]);
  assert.deepEqual(endsOf(""), ["", ""]);
  assert.equal(spanOf("", ""), "");
});

test("a number may have blanks and commas between its thousands, and no unit", () => {
  assert.equal(endOf(" 1 500 ", false), "1500");
  assert.equal(endOf("12,345.5", false), "12345.5");
  assert.equal(endOf("", false), "");
  for (const text of ["500 m", "ten", "1..2"]) assert.equal(endOf(text, false), null);
});

test("a date is a year, a month or a day", () => {
  for (const text of ["2013", "2013-09", "2013-09-07"]) assert.equal(endOf(text, true), text);
  for (const text of ["13", "2013-13", "2013-09-32", "9/2013"]) assert.equal(endOf(text, true), null);
});
