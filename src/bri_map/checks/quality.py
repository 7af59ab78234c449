"""Every rule beyond what the catalog needs to be read."""

from functools import lru_cache
from pathlib import Path

from bri_map.checks.claims import check_claims
from bri_map.checks.context import Context
from bri_map.checks.documents import check_documents
from bri_map.checks.files import check_files
from bri_map.checks.histories import check_histories
from bri_map.checks.identifiers import check_identifiers
from bri_map.checks.lines import check_lines
from bri_map.checks.meaning import check_meaning
from bri_map.checks.names import check_names
from bri_map.checks.positions import check_positions
from bri_map.checks.texts import check_texts
from bri_map.checks.translations import check_translations
from bri_map.data.basemap import read_topology
from bri_map.errors import DataError
from bri_map.geo.territories import Territories
from bri_map.i18n.sentences import say


@lru_cache(maxsize=2)
def _territories(basemap: Path) -> Territories:
    return Territories(read_topology(basemap / "countries-50m.json"))


def check_quality(context: Context) -> None:
    """Check everything beyond what the catalog needs to be read.

    These rules take time that a server does not have at its start; `bri-map validate` runs them.
    """
    check_claims(context)
    check_histories(context)
    check_names(context)
    check_identifiers(context)
    check_texts(context)
    check_documents(context)
    territories: Territories | None = None
    try:
        territories = _territories(context.content.root.basemap_directory())
    except DataError as error:
        context.report.add("basemap", error.message, say("remedy.basemap"), file="geo/basemap")
    else:
        check_positions(context, territories)
        check_lines(context, territories)
    check_translations(context)
    check_files(context)
    check_meaning(context, territories)
