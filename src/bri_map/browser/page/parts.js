/**
 * The parts of the page by name. The head of every page loads this once; what Streamlit is given for a part, at
 * every run anew, is a line that names it (ui/component.py). What a part is given travels as one text.
 */

/** @import { Run } from "./mount.js" */

import act from "./act.js";
import answer from "./answer.js";
import { Cards } from "./cards.js";
import changes from "./changes.js";
import filters from "./filters.js";
import language from "./language.js";
import { followLinks } from "./links.js";
import page from "./page.js";
import search from "./search.js";
import share from "./share.js";
import table from "./table.js";
import tools from "./table-tools.js";
import theme from "./theme.js";

const decoder = new TextDecoder();

/**
 * @template D
 * @param {(run: Run<D>) => () => void} render
 * @returns {(run: Run<Uint8Array>) => () => void}
 */
function reading(render) {
  return (run) => render({ ...run, data: JSON.parse(decoder.decode(run.data)) });
}

/** By name. */
export const parts = {
  act: reading(act),
  answer: reading(answer),
  changes: reading(changes),
  filters: reading(filters),
  language: reading(language),
  page: reading(page),
  search: reading(search),
  share: reading(share),
  table: reading(table),
  theme: reading(theme),
  tools: reading(tools),
};

// Links and cards of the details work from here on, also while the page is still being drawn.
followLinks();
new Cards().begin();
