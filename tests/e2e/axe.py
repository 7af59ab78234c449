"""axe-core in a page: what it finds that is serious or critical."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from playwright.sync_api import Frame, Page

_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"], iframes: false });
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, nodes }) => nodes.map((node) => ({
      rule: id, impact, target: node.target.join(" "), html: node.html, why: node.failureSummary || "",
      ours: Boolean(document.querySelector(node.target[0])?.closest(
        "[class^='bri-'], [class*=' bri-'], [id='map_div']")),
    })));
}"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What axe-core holds against one element.

    Attributes:
        rule: The rule's id.
        impact: serious or critical.
        target: A selector of the element.
        html: The beginning of the element.
        why: What would help.
        ours: Whether the element stands in what the atlas draws itself.
    """

    rule: str
    impact: str
    target: str
    html: str
    why: str
    ours: bool


def findings(place: Page | Frame) -> list[Finding]:
    """Run axe-core in a page or a frame."""
    if not place.evaluate("() => Boolean(window.axe)"):
        place.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    return [Finding(**found) for found in place.evaluate(_RUN)]
