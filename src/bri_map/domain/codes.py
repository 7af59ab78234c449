"""Every vocabulary by name, the layers and their kinds among them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bri_map.domain.layers import LAYERS
from bri_map.domain.vocabulary import SHARED_VOCABULARIES


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Controlled codes.

    Attributes:
        meaning: What a code says.
        codes: The codes in their fixed order.
    """

    meaning: str
    codes: tuple[str, ...]

    @classmethod
    def of(cls, members: type[StrEnum]) -> Vocabulary:
        """Take the codes of an enumeration, and their meaning from the first paragraph of its docstring."""
        meaning = " ".join((members.__doc__ or "").split("\n\n")[0].split())
        return cls(meaning, tuple(member.value for member in members))


VOCABULARIES: dict[str, Vocabulary] = {
    "layer": Vocabulary("The layers, in drawing order from the bottom to the top of the map.", tuple(LAYERS)),
    **{spec.kind_vocabulary: Vocabulary.of(spec.kinds) for spec in LAYERS.values()},
    **{name: Vocabulary.of(members) for name, members in SHARED_VOCABULARIES.items()},
}
"""Every vocabulary by the name under which columns and messages refer to it."""


def codes(vocabulary: str) -> tuple[str, ...]:
    """Give the codes of a vocabulary in their fixed order."""
    return VOCABULARIES[vocabulary].codes
