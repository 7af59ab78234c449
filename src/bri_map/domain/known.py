"""Ids that exist, found when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping


class Known(Mapping[str, Collection[str]]):
    """The ids that parts of a filter may name, by the name of the part.

    Args:
        names: The parts.
        find: Gives the ids of one.
    """

    def __init__(self, names: Collection[str], find: Callable[[str], Collection[str]]) -> None:
        self._names = names
        self._find = find
        self._found: dict[str, Collection[str]] = {}

    def __getitem__(self, name: str) -> Collection[str]:
        if name not in self._found:
            if name not in self._names:
                raise KeyError(name)
            self._found[name] = self._find(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
