"""Translations translate what is there."""

from __future__ import annotations

from bri_map.checks.context import Context
from bri_map.domain.fact_tables import CLAIMS
from bri_map.domain.tables import TABLES, TRANSLATIONS
from bri_map.evidence.translations import ORPHANED, STALE, states
from bri_map.i18n.sentences import quoted, say


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
        place = {"id": row["id"], "column": row["column"], "file": f"data/{row['table']}.csv"}
        if state == STALE:
            context.fault(
                "translation-stale",
                TRANSLATIONS,
                row,
                "text",
                say("fault.translation_stale", value=quoted(row["text"]), **place),
                say("remedy.translation_stale"),
            )
        elif state == ORPHANED:
            context.fault(
                "translation-orphan",
                TRANSLATIONS,
                row,
                "id",
                say("fault.translation_orphan", value=quoted(row["text"]), **place),
                say("remedy.translation_orphan"),
            )
