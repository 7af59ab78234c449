"""What the map is told: the answer of the choices as JSON, numbered, by the short way and with the page."""

from __future__ import annotations

import weakref
from typing import Any

from bri_map.app.live import hub
from bri_map.catalog import Catalog
from bri_map.maps.atlas_map import Focus, state_json, view_state
from bri_map.ui.choices import Choices


class Publication:
    """What the map of one session is told.

    Args:
        values: Where the session keeps what it remembers.
        catalog: Answers the filter.
    """

    def __init__(self, values: dict[str, Any], catalog: Catalog) -> None:
        self._values = values
        self._catalog = catalog

    @property
    def channel(self) -> str:
        """Secret name of the session's short way to the map; another one when the data are other ones.

        So a map that still shows the data of before is not told what is for those that are read now.
        """
        token, asked = self._values.get("channel", ("", None))
        if asked is None or asked() is not self._catalog or not hub.is_open(token):
            token = hub.open()
            self._values["channel"] = (token, weakref.ref(self._catalog))
        return str(token)

    def state(self, choices: Choices, focus: Focus | None) -> str:
        """Give what the map shows as JSON, with the channel and a number that rises with every change."""
        catalog = self._catalog
        content = view_state(
            catalog.select(choices.filter),
            {layer: part.stop - part.start for layer, part in catalog.slices.items()},
            choices.language,
            None if choices.selected is None else catalog.position(choices.selected),
            focus,
            choices.display,
            self._values.get("wish"),
        )
        number, last = self._values.get("shown", (0, None))
        if content != last:
            number += 1
            self._values["shown"] = (number, content)
        return state_json({"seq": number, "live": self.channel, **content})

    def publish(self, choices: Choices, focus: Focus | None) -> None:
        """Tell the map by the short way, before the page is made anew, if it listens."""
        if hub.is_followed(self.channel):
            hub.publish(self.channel, self.state(choices, focus))
