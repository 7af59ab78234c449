"""Which parts of a filter hide a feature."""

from __future__ import annotations

from collections.abc import Callable

from bri_map.domain.filter import QUESTIONS, Filter

_UNDER = {"status": ("year",), "undated": ("year",)}
"""Parts of a filter that are answered in the light of others."""


def hiding(wanted: Filter, matches: Callable[[Filter], bool]) -> tuple[str, ...]:
    """Give the names of the parts of a filter that have to go for a feature to match.

    Args:
        wanted: The filter.
        matches: Tells whether the feature matches a filter.

    Returns:
        Names in the order of `FILTER_NAMES`, none where it matches: those that leave it out by themselves,
        others only where these do not suffice.
    """
    rest, lifted = wanted, set[str]()
    while not matches(rest):
        found = [name for name in rest.asked if _leaves_out(rest, name, matches)] or rest.asked
        rest = rest.without(*found)
        lifted.update(found)
    return tuple(name for name in wanted.asked if name in lifted)


def _leaves_out(wanted: Filter, name: str, matches: Callable[[Filter], bool]) -> bool:
    """Tell whether one part leaves the feature out: alone, or beside what it is answered in the light of."""
    light = _UNDER.get(name, ("layer",) if name in QUESTIONS and name != "layer" else ())
    beside = wanted.without(*(other for other in wanted.asked if other not in light))
    alone = wanted.without(*(other for other in wanted.asked if other != name and other not in light))
    return matches(beside) and not matches(alone)
