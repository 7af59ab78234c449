"""What other databases call a feature: read, found, listed, and led to."""

from __future__ import annotations

import csv
import io

import pytest

from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.identifiers import FORMS, Match, Scheme, parsed
from bri_map.domain.layers import LAYERS
from bri_map.errors import FilterError
from bri_map.exports import LISTS
from bri_map.query.identified import identified
from tests.conftest import ROOT


def shipped() -> list[dict[str, str]]:
    """Read the table as it is shipped."""
    with (ROOT / "data" / "identifiers.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_scheme_has_a_form_that_its_example_has() -> None:
    assert set(FORMS) == set(Scheme)
    for scheme, form in FORMS.items():
        assert parsed(f"{scheme}:{form.good}") == (scheme, form.good)
        assert not form.page or form.good in form.url(form.good)
        assert form.url("") == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("aiddata:34750", ("aiddata", "34750")),
        (" AidData : 34750 ", ("aiddata", "34750")),
        ("icao:dnaa", ("icao", "DNAA")),
        ("osm:Way/268101631", ("osm", "way/268101631")),
        ("aiddata:", None),
        ("aiddata:x1", None),
        ("34750", None),
        ("nobody:34750", None),
        ("", None),
    ],
)
def test_an_identifier_is_read_whatever_its_case(text: str, meant: tuple[str, str] | None) -> None:
    assert parsed(text) == meant


def test_every_identifier_leads_to_its_features_the_closest_first(catalog: Catalog) -> None:
    order = [match.value for match in Match]
    rows = [row for row in shipped() if row["match"] != "absent" and row["feature_id"] in catalog.ids]
    meant: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in rows:
        found = meant.setdefault((row["scheme"], row["identifier"]), set())
        found.add((row["feature_id"], row["match"]))
    assert len(meant) > 1000
    for (scheme, identifier), expected in sorted(meant.items())[::25]:
        found = identified(catalog.features, catalog.table("identifiers"), f"{scheme}:{identifier}")
        assert {(one.feature_id, one.match) for one in found} == expected
        assert [order.index(one.match) for one in found] == sorted(order.index(m) for _, m in expected)


def test_what_is_no_identifier_is_said_to_be_none(catalog: Catalog) -> None:
    with pytest.raises(FilterError, match="one looks like aiddata:34750"):
        identified(catalog.features, catalog.table("identifiers"), "karot")


def test_a_bridge_has_the_identifiers_of_one_database(catalog: Catalog) -> None:
    wanted = Filter(identifier=frozenset({"gem"}), layer=frozenset({"projects"}))
    body = b"".join(LISTS["identifiers"].write(catalog.select(wanted), catalog, tuple(LAYERS)))
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    same = {row["feature_id"] for row in shipped() if (row["scheme"], row["match"]) == ("gem", "same")}
    projects = same & set(catalog.rows("projects")["id"])
    assert {row["scheme"] for row in rows} == {"gem"}
    assert {row["feature_id"] for row in rows} == projects
    assert all(row["source"] for row in rows)


def test_four_in_five_projects_and_routes_are_known_elsewhere(catalog: Catalog) -> None:
    """What is meant is a record of the thing, a part or the whole of it, not the town that it lies in."""
    known = {row["feature_id"] for row in shipped() if row["match"] in ("same", "part-of", "whole-of")}
    ids = [*catalog.rows("projects")["id"], *catalog.rows("rail")["id"]]
    assert sum(i in known for i in ids) / len(ids) >= 0.8


def test_details_and_files_say_it(catalog: Catalog) -> None:
    row = next(row for row in shipped() if row["match"] == "same" and row["feature_id"] in catalog.ids)
    feature = catalog.get(row["feature_id"])
    assert (row["scheme"], row["identifier"]) in {(one.scheme, one.identifier) for one in feature.identifiers}
    assert f"{row['scheme']}:{row['identifier']}" in feature.values["identifiers"]
    assert row["source_id"] in {citation.id for citation in feature.citations}
