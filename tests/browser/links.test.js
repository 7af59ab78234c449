/**
 * What a link to a result asks for.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { asked } from "../../src/bri_map/browser/page/links.js";

test("a link to a result asks for what stands in it, but the language", () => {
  assert.deepEqual(asked("http://localhost/maps/table?organisation=power-china&lang=zh"), [
    { kind: "code", facet: "organisation", code: "power-china", on: true },
  ]);
  assert.deepEqual(
    asked("http://localhost/?country=LAO&region=south-asia&lang=en").map(({ facet, code }) => [facet, code]),
    [
      ["country", "LAO"],
      ["region", "south-asia"],
    ],
  );
});
