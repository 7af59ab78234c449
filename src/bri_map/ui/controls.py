"""Controls that note what a reader does as changes, each of which is taken over once (see `changes`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from streamlit.elements.lib.layout_utils import Width

from bri_map.domain.facets import Widget
from bri_map.ui.component import component

Look = Literal["chips", "quiet", "buttons"]


@dataclass(frozen=True, slots=True)
class Act:
    """A button.

    Attributes:
        label: What it says.
        change: What it notes.
        hint: What it does, for those who do not see where it stands; None if the label says so.
        disabled: Whether it can be used now.
    """

    label: str
    change: Mapping[str, Any]
    hint: str | None = None
    disabled: bool = False


def render_acts(key: str, acts: Sequence[Act], look: Look, label: str = "", width: Width = "stretch") -> None:
    """Draw buttons in a row, or as labels that can be taken away.

    Args:
        key: Name of this row in the page.
        acts: The buttons.
        look: As labels, as quiet words or as buttons.
        label: What they are together, for those who do not see where they stand.
        width: How wide the row is.
    """
    data = {"acts": [asdict(act) for act in acts], "look": look, "label": label}
    component("act")(key=key, data=data, width=width)


def render_options(
    key: str,
    facet: str,
    options: Sequence[tuple[str, str, int]],
    chosen: Sequence[str],
    look: Widget,
    texts: Mapping[str, str],
) -> None:
    """Draw the options of a facet.

    Args:
        key: Name of this group in the page.
        facet: Its name in a filter.
        options: Code, label and number of features of each.
        chosen: Codes that are asked for.
        look: As a row of pills, or as a list, which can be searched if it is long.
        texts: `label` of the group, `find` and `none` of its search.
    """
    component("facet")(
        key=key,
        data={
            "facet": facet,
            "options": [list(option) for option in options],
            "chosen": list(chosen),
            "look": look.value,
            "texts": dict(texts),
        },
    )


def render_field(
    key: str,
    kind: Literal["search", "number", "checkbox", "select"],
    label: str,
    value: str | float | bool | None,
    change: Mapping[str, Any],
    name: str,
    **settings: Any,
) -> None:
    """Draw a field.

    Args:
        key: Name of this field in the page.
        kind: What it is.
        label: What it asks for.
        value: What it says; None for nothing.
        change: What it notes, but for the value.
        name: Under which name the change has the value.
        settings: `placeholder`, `min` and `max`, `length` in characters, `options` as pairs of value and
            label, `disabled`; and where it is cleared from elsewhere: `cleared`, its name in a filter, and
            `blank`, its value then.
    """
    component("field")(
        key=key,
        data={"type": kind, "label": label, "value": value, "change": dict(change), "name": name, **settings},
    )
