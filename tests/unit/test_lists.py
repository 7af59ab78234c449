"""Lists of what is disputed, what overlaps, what was retired and which amounts count, against the files."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from click.testing import CliRunner

from bri_map.app.export_files import ExportFiles
from bri_map.catalog import Catalog
from bri_map.cli import main
from bri_map.domain.filter import Filter
from bri_map.domain.layers import LAYERS
from bri_map.exports import EXPORTERS, LISTS, WRITTEN
from tests.conftest import ROOT
from tests.property import naive_doubts


def table(name: str) -> list[dict[str, str]]:
    """Read a table of the shipped data."""
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def listed(catalog: Catalog, name: str, wanted: Filter | None = None) -> list[dict[str, str]]:
    """Write a list, and read it back."""
    pieces = LISTS[name].write(catalog.select(wanted or Filter()), catalog, tuple(LAYERS))
    text = b"".join(pieces).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_disputed_value_is_there_with_all_that_sources_say(catalog: Catalog) -> None:
    doubts = naive_doubts.of_facts(table, set(catalog.ids))
    rows = listed(catalog, "disputed")
    found = {(row["feature_id"], row["field"]) for row in rows}
    assert found == {
        (i, field)
        for (i, facet), fields in doubts.items()
        if facet == "disputed" and i in catalog.ids
        for field in fields
    }
    said = Counter(
        (row["feature_id"], row["field"], row["value"].removeprefix("'"), row["source_id"]) for row in rows
    )
    claimed = Counter(
        (row["feature_id"], row["field"], row["value"], row["source_id"])
        for row in table("claims")
        if (row["feature_id"], row["field"]) in found
    )
    assert claimed
    assert {key: n for key, n in said.items() if key[1] != "cost_usd_million"} == claimed
    for row in (row for row in rows if row["is_shown"] == "true" and row["field"] == "length_km"):
        assert float(row["value"]) == catalog.get(row["feature_id"]).values["length_km"]


def test_every_pair_is_there_once_from_either_end(catalog: Catalog) -> None:
    rows = listed(catalog, "overlaps")
    pairs = {(row["feature_id"], row["overlap"], row["other_id"]) for row in rows}
    assert len(pairs) == len(rows)
    relations = [row for row in table("relations") if row["relation"] in naive_doubts.RELATIONS]
    expected = {(row["feature_id"], row["relation"], row["other_id"]) for row in relations}
    expected |= {(row["successor_id"], "retired", row["id"]) for row in table("retired")}
    expected |= {
        (row["id"], "alternative", other)
        for row in table("parks")
        for other in filter(None, row["ey_alternatives"].split(";"))
    }
    assert pairs == expected
    whole, part = "malaysia-china-kuantan-industrial-park", "alliance-steel-kuantan"
    for layer in ("parks", "projects"):
        wanted = Filter(layer={layer}, q="Kuantan", overlap={"part-of"})
        (row,) = listed(catalog, "overlaps", wanted)
        assert (row["feature_id"], row["other_id"], row["other_name"]) == (
            part,
            whole,
            catalog.name(whole, "en"),
        )


def test_what_was_retired_leads_to_what_stands_for_it(catalog: Catalog) -> None:
    assert [(row["id"], row["successor_id"], row["reason"]) for row in listed(catalog, "retired")] == [
        (row["id"], row["successor_id"], row["reason"]) for row in table("retired")
    ]
    (row,) = listed(catalog, "retired", Filter(country={"LKA"}))
    assert (row["id"], row["successor_name"]) == (
        "colombo-port-city-reclamation",
        catalog.name("colombo-port-city", "en"),
    )


def test_every_amount_is_there_and_those_that_count_are_the_totals(catalog: Catalog) -> None:
    rows = listed(catalog, "amounts")
    columns = ("feature_id", "cost_kind", "amount_million", "currency", "year", "scope", "source_id")
    expected = Counter(
        tuple(row[c] for c in columns) for row in table("costs") if row["feature_id"] in catalog.ids
    )
    # A text that a spreadsheet would run begins with an apostrophe.
    assert Counter(tuple(row[c].removeprefix("'") for c in columns) for row in rows) == expected
    counted = {(row["feature_id"], row["amount_million"]) for row in rows if row["counts"] == "true"}
    totals = catalog.select(Filter()).totals()
    assert len(counted) == totals.with_cost
    assert sum(float(amount) for _, amount in counted) == pytest.approx(totals.cost_usd_million)
    assert {row["why"] for row in rows if row["counts"] == "false"} == {
        "other",
        "currency",
        "part",
        "programme",
    }


@pytest.mark.parametrize("name", LISTS)
def test_the_command_line_and_the_menu_write_the_same_list(catalog: Catalog, name: str) -> None:
    wanted = Filter(country={"PAK", "LKA"})
    body = ExportFiles(catalog).get(wanted, tuple(LAYERS), name)
    options = ["export", "--country", "PAK,LKA", "--format", name]
    assert CliRunner().invoke(main, options).stdout_bytes == body
    assert len(body.splitlines()) > 1
    assert set(body.splitlines()) <= set(ExportFiles(catalog).get(Filter(), tuple(LAYERS), name).splitlines())


def test_formats_and_lists_have_names_of_their_own() -> None:
    assert len(WRITTEN) == len(EXPORTERS) + len(LISTS)
    assert len({one.suffix for one in WRITTEN.values()}) == len(WRITTEN)
