"""Every rule about what values mean together, after those about their form."""

from __future__ import annotations

from bri_map.checks.context import Context
from bri_map.checks.costs import check_costs
from bri_map.checks.dates import check_dates
from bri_map.checks.kinds import check_kinds
from bri_map.checks.progress import check_progress
from bri_map.checks.relations import check_relations
from bri_map.checks.sizes import check_sizes
from bri_map.checks.subjects import sources_of, subjects_of
from bri_map.checks.vocabularies import check_vocabularies


def check_meaning(context: Context) -> None:
    """Check what rows say against each other and against the world; then what editors have answered."""
    subjects, sources = subjects_of(context), sources_of(context)
    check_progress(context, subjects)
    check_dates(context, subjects, sources)
    check_vocabularies(context, subjects)
    check_kinds(context, subjects)
    check_costs(context, subjects, sources)
    check_sizes(context, subjects)
    check_relations(context, subjects)
    context.check_answers()
