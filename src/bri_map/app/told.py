"""Labels of the facets whose codes are what cells say."""

from __future__ import annotations

from collections.abc import Iterator

from bri_map.catalog import Catalog
from bri_map.domain.facets import Facet
from bri_map.domain.layers import LAYERS
from bri_map.domain.table import LIST_SEPARATOR, Column, Kind, Table
from bri_map.evidence.translations import Wording
from bri_map.i18n import Messages
from bri_map.query.build import told_code


def told_labels(catalog: Catalog, facet: Facet, m: Messages) -> dict[str, str]:
    """Give what a reader sees for each code of a facet: a text in their language, or a number with its unit.

    Args:
        catalog: Has the cells.
        facet: One whose codes are what its column says.
        m: Texts of the interface, in the reader's language.
    """
    wording = Wording(catalog.translations, m)
    found: dict[str, str] = {}
    for spec in (LAYERS[layer] for layer in facet.layers):
        column = spec.table.column(facet.column)
        for feature_id, said in _said(catalog, spec.table, column):
            code = told_code(said)
            if column.unit is not None:
                number = m.locale.number(int(said) if column.kind is Kind.INTEGER else float(said))
                found[code] = f"{number} {m.code('unit', column.unit)}"
            elif code not in found or found[code] == said:
                found[code] = wording(said, feature_id, column.name, spec.table.name)
    return found


def _said(catalog: Catalog, table: Table, column: Column) -> Iterator[tuple[str, str]]:
    """Give each different cell of a column in its parts, with the id of a feature that has it."""
    rows = catalog.rows(table.name)[["id", column.name]]
    for feature_id, cell in rows.drop_duplicates(column.name).itertuples(index=False):
        for part in filter(None, cell.split(LIST_SEPARATOR) if column.is_list else (cell,)):
            yield str(feature_id), part
