/**
 * Tells the browser in which language the page is, and says the link past the navigation, which is
 * Streamlit's, in that language.
 */
export default function render({ data }) {
  document.documentElement.lang = data.lang === "zh" ? "zh-Hans" : "en";
  const link = document.querySelector('[data-testid="stSkipToContent"]');
  if (link?.firstChild) link.firstChild.data = data.skip;
}
