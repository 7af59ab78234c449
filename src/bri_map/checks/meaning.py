"""Every rule about what values mean together, after those about their form."""

from __future__ import annotations

from collections.abc import Mapping

from bri_map.checks.bodies import check_bodies
from bri_map.checks.context import Context
from bri_map.checks.costs import check_costs
from bri_map.checks.dates import check_dates
from bri_map.checks.kinds import check_kinds
from bri_map.checks.mentions import Mentions, check_mentions
from bri_map.checks.places import check_places
from bri_map.checks.progress import check_progress
from bri_map.checks.relations import check_relations
from bri_map.checks.sizes import check_sizes
from bri_map.checks.subjects import Subject, sources_of, subjects_of
from bri_map.checks.twins import check_twins
from bri_map.checks.vocabularies import check_vocabularies
from bri_map.checks.wording import check_wording
from bri_map.data.basemap import read_towns
from bri_map.errors import DataError
from bri_map.geo.territories import Territories
from bri_map.i18n.sentences import say


def check_meaning(context: Context, territories: Territories | None) -> None:
    """Check what rows say against each other and against the world; then what editors have answered.

    Args:
        context: The data root, with what was found before.
        territories: Where countries lie; None if the basemap cannot be read.
    """
    subjects, sources = subjects_of(context), sources_of(context)
    check_progress(context, subjects)
    check_dates(context, subjects, sources)
    check_vocabularies(context, subjects)
    check_kinds(context, subjects)
    check_sizes(context, subjects)
    check_costs(context, subjects, sources)
    _check_places(context, subjects, territories)
    check_wording(context, subjects)
    mentions = Mentions(context)
    check_twins(context, subjects)
    check_mentions(context, subjects, sources, mentions)
    check_bodies(context, subjects, mentions)
    check_relations(context, subjects)
    context.check_answers()


def _check_places(context: Context, subjects: Mapping[str, Subject], territories: Territories | None) -> None:
    if territories is None:
        return  # that the basemap cannot be read is told already
    try:
        towns = read_towns(context.content.root.basemap_directory())
    except DataError as error:
        context.report.add("basemap", error.message, say("remedy.basemap"), file="geo/basemap")
    else:
        check_places(context, subjects, territories, towns)
