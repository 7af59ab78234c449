"""Translations translate what is there."""

from __future__ import annotations

from bri_map.checks.context import Context
from bri_map.domain.fact_tables import CLAIMS
from bri_map.domain.tables import TABLES, TRANSLATIONS
from bri_map.evidence.translations import ORPHANED, STALE, states


def check_translations(context: Context) -> None:
    """Check that the text of every translation still stands where it says.

    What another issue names already is left alone: a text that is faulty is translated once it is mended.
    """
    named = {issue.id for issue in context.report if issue.id}
    rows = context.rows(TRANSLATIONS)
    frames = {name: found.frame for name, found in context.tables.items()}
    unknown = {
        table.name for table in TABLES if table.path in context.blamed or not context.has_all_of(table)
    }
    if CLAIMS.name in unknown:
        unknown |= {table.name for table in TABLES if any(column.is_claimed for column in table.columns)}
    for row, state in zip(rows, states(frames), strict=True):
        if row["id"] in named or row["table"] in unknown:
            continue
        place = f"{row['id']} in {row['column']} of data/{row['table']}.csv"
        if state == STALE:
            context.fault(
                "translation-stale",
                TRANSLATIONS,
                row,
                "text",
                f"{row['text']!r} is no longer the text of {place}.",
                "Write the new text here, and translate it.",
            )
        elif state == ORPHANED:
            context.fault(
                "translation-orphan",
                TRANSLATIONS,
                row,
                "id",
                f"there is no such text: {row['text']!r}, {place}.",
                "Remove the row, or correct where it belongs.",
            )
