"""The codes of what a reader must know before adding up: what amounts cover, what overlaps with what."""

from __future__ import annotations

from enum import StrEnum


class CostScope(StrEnum):
    """What an amount covers: the feature as a whole, a part of it, or a programme that it belongs to."""

    WHOLE = "whole"
    PART = "part"
    PROGRAMME = "programme"


class Overlap(StrEnum):
    """How a feature and another one may be counted twice, whichever of the two says so.

    The first four are relations. `alternative` is for parks of which either may be meant among EY's 74,
    `retired` for what stands for a retired id.
    """

    SAME_SITE_AS = "same-site-as"
    PART_OF = "part-of"
    PHASE_OF = "phase-of"
    SUCCESSOR_OF = "successor-of"
    ALTERNATIVE = "alternative"
    RETIRED = "retired"


class Tie(StrEnum):
    """What ties a feature to the Belt and Road, as far as the data tell; several may.

    A source document names it; one of its countries has signed a cooperation document; one that pays for it,
    owns or develops it, or builds it has its seat in China.
    """

    NAMED = "named"
    PARTNER = "partner"
    FINANCE = "finance"
    OWNER = "owner"
    BUILDER = "builder"


class Sharing(StrEnum):
    """By what the totals of a result are shared out."""

    STATUS = "status"
    KIND = "kind"
    COUNTRY = "country"
    BUILDER = "builder"
