/**
 * The parts of the page by name. The head of every page loads this once; what Streamlit is given for a part, at
 * every run anew, is a line that names it (ui/component.py).
 */
export { default as act } from "./act.js";
export { default as changes } from "./changes.js";
export { default as facet } from "./facet.js";
export { default as field } from "./field.js";
export { default as links } from "./links.js";
export { default as page } from "./page.js";
export { default as search } from "./search.js";
export { default as share } from "./share.js";
export { default as table } from "./table.js";
export { default as theme } from "./theme.js";
