/**
 * Lets links to features work inside the session: a plain click opens the feature here, with all that is
 * chosen kept; with a key held, or in a new tab, they are links like any other.
 */
export default function render({ setTriggerValue }) {
  const onClick = (event) => {
    const { target } = event;
    const link = target instanceof Element && target.closest("a[data-feature]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("picked", { id: link.dataset.feature, n: Date.now() });
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}
