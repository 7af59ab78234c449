/**
 * The way of the journal to the server: its changes are a value of this part, which travels with every message
 * of the page, whoever sends it.
 */

/** @import { Change } from "./journal.js" */
/** @import { Run } from "./mount.js" */

import { journal } from "./journal.js";

/** @param {Run<{session: string, taken: number, read: number}>} run */
export default function render({ data, setStateValue }) {
  const send = (/** @type {Change[]} */ pending) => setStateValue("pending", pending);
  journal().acknowledge(data.taken, data.read);
  journal().connect(data.session, send);
  return () => journal().disconnect(send);
}
