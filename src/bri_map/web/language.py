"""The language in which a request is answered, as the page will choose it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bri_map.i18n import language_among


def language_for(params: Mapping[str, Sequence[str]], accepted: str) -> str:
    """Choose the language: the address's, else the browser's, else English.

    Args:
        params: Parameters of the address.
        accepted: The header Accept-Language.
    """
    asked = [*params.get("lang", ()), ""][0]
    return language_among(asked, accepted.partition(",")[0].partition(";")[0])
