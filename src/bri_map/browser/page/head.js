/**
 * Runs in the head of every page, before Streamlit does.
 */
import "./head-theme.js";
import { keepHistory } from "./head-history.js";
import { Journal } from "./journal.js";

const journal = new Journal();
window.briMapJournal = journal;
keepHistory(window, journal);
