/** Make an element; strings become text. */
function make(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** @returns {Window | null} The map's frame in this page, if there is one. */
function mapFrame() {
  for (const { contentWindow } of document.querySelectorAll("iframe")) {
    try {
      if (contentWindow.briMap && contentWindow.briMap.hover) return contentWindow;
    } catch {
      // A frame of another origin is not ours.
    }
  }
  return null;
}

