"""What a selection adds up to."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point, shape

import bri_map
from bri_map.cache import ENVIRONMENT_VARIABLE
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.vocabulary import Layer
from bri_map.errors import FilterError
from tests.builders import Root
from tests.conftest import ROOT

BEST = ("total", "contract", "investment", "loan", "grant")


def read(name: str) -> list[dict[str, str]]:
    """Read a table of the shipped data."""
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_totals_of_a_small_root(small_catalog: Catalog) -> None:
    totals = small_catalog.select(Filter()).totals()
    assert totals.features == {"corridors": 2, "rail": 2, "projects": 4, "parks": 3}
    assert set(totals.line_km) == {"corridors", "rail", "projects"}
    assert (totals.cost_usd_million, totals.cost_by_kind) == (6712.5, {"total": 1, "contract": 1})
    assert (totals.with_cost, totals.other_currency, totals.without_cost) == (2, 0, 9)
    assert (totals.related, totals.counted_twice, totals.may_count_twice) == (0, 0, False)


def test_nothing_adds_up_to_nothing(small_catalog: Catalog) -> None:
    totals = small_catalog.select(Filter(q="nothing at all")).totals()
    assert totals.cost_usd_million == 0
    assert set(totals.line_km.values()) == {0.0}
    assert totals.to_dict()["lack_cost"] == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"currency": "CNY"}, (0, 1, 0)),
        ({"cost_kind": "part"}, (0, 0, 1)),
        ({"cost_kind": "programme"}, (0, 0, 1)),
        ({"scope": "the southern half"}, (0, 0, 1)),
        ({}, (1, 0, 0)),
    ],
)
def test_what_does_not_count(
    changes: dict[str, str], expected: tuple[int, int, int], small: Root, tmp_path: Path
) -> None:
    small.row("costs", "lao-line").update(changes)
    small.sort("costs")
    totals = bri_map.load(small.write(tmp_path)).select(Filter(layer={"rail"})).totals()
    assert (totals.with_cost, totals.other_currency, totals.partial_cost) == expected
    assert totals.without_cost == 1
    assert totals.lack_cost == 2 - expected[0]


@pytest.mark.parametrize(
    ("relation", "wanted", "related", "twice"),
    [
        ("part-of", Filter(), 1, 1),
        ("phase-of", Filter(), 1, 1),
        ("serves", Filter(), 0, 0),
        ("part-of", Filter(layer={"rail"}), 0, 0),
    ],
)
def test_a_whole_and_its_part_may_count_twice(
    relation: str, wanted: Filter, related: int, twice: int, small: Root, tmp_path: Path
) -> None:
    row = small.tables["relations"][0]
    small.tables["relations"].append(
        row | {"feature_id": "nam-dam", "relation": relation, "other_id": "lao-line"}
    )
    small.sort("relations")
    totals = bri_map.load(small.write(tmp_path)).select(wanted).totals()
    assert (totals.related, totals.counted_twice, totals.may_count_twice) == (related, twice, twice > 0)


def test_a_part_without_a_cost_is_not_counted_twice(small: Root, tmp_path: Path) -> None:
    row = small.tables["relations"][0]
    small.tables["relations"].append(
        row | {"feature_id": "fiji-road", "relation": "part-of", "other_id": "lao-line"}
    )
    small.sort("relations")
    totals = bri_map.load(small.write(tmp_path)).select(Filter()).totals()
    assert (totals.related, totals.counted_twice) == (1, 0)


def test_shipped_totals_follow_from_the_tables(catalog: Catalog) -> None:
    """The same sums once more from the files."""
    totals = catalog.select(Filter()).totals()
    best: dict[str, tuple[int, set[float]]] = defaultdict(lambda: (99, set()))
    for row in read("costs"):
        if row["currency"] == "USD" and not row["scope"] and row["cost_kind"] in BEST:
            rank = BEST.index(row["cost_kind"])
            if rank < best[row["feature_id"]][0]:
                best[row["feature_id"]] = (rank, set())
            if rank == best[row["feature_id"]][0]:
                best[row["feature_id"]][1].add(float(row["amount_million"]))
    known = {i: amounts for i, (_, amounts) in best.items() if i in catalog.ids and amounts}
    assert totals.with_cost == len(known)
    low, high = (sum(choose(amounts) for amounts in known.values()) for choose in (min, max))
    assert low - 0.01 <= totals.cost_usd_million <= high + 0.01
    assert totals.with_cost + totals.lack_cost == len(catalog)
    assert sum(totals.cost_by_kind.values()) == totals.with_cost
    geod = Geod(ellps="WGS84")
    for layer in Layer:
        document = json.loads((ROOT / "geo" / f"{layer}.geojson").read_text("utf-8"))
        km = sum(
            geod.geometry_length(shape(feature["geometry"])) / 1000
            for feature in document["features"]
            if feature["id"] in catalog.ids and feature["geometry"]
        )
        assert totals.line_km.get(layer, 0) == pytest.approx(km, abs=0.2)
    pairs = [row for row in read("relations") if row["relation"] in ("part-of", "phase-of")]
    both = [row for row in pairs if row["feature_id"] in catalog.ids and row["other_id"] in catalog.ids]
    assert totals.related == len(both)
    assert totals.counted_twice == sum(
        row["feature_id"] in known and row["other_id"] in known for row in both
    )


# --- shared out --------------------------------------------------------------------------------------

GEOD = Geod(ellps="WGS84")
BASES = ["confirmed", "source-document", "editorial", "unconfirmed"]
KIND_COLUMNS = {"parks": "type", "projects": "sector", "rail": "kind", "corridors": "kind"}


def table(name: str) -> pd.DataFrame:
    """Read a table of the shipped data as text."""
    return pd.read_csv(ROOT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def things() -> pd.DataFrame:
    """Every feature, by pandas from the files: its codes, its length and the cost that counts."""
    frames = []
    for layer, kind in KIND_COLUMNS.items():
        document = json.loads((ROOT / "geo" / f"{layer}.geojson").read_text("utf-8"))
        shapes = {f["id"]: shape(f["geometry"]) if f["geometry"] else Point() for f in document["features"]}
        rows = table(layer)
        rows = rows[(rows["record"] == "published") & rows["id"].isin(shapes.keys())]
        lines = rows["id"].map(shapes)
        frames.append(
            pd.DataFrame(
                {
                    "id": rows["id"],
                    "layer": layer,
                    "kind": (layer + "/" + rows[kind]).map(lambda code: [code]),
                    "country": rows["countries"].str.split(";"),
                    "shape": lines,
                    "km": lines.map(lambda line: GEOD.geometry_length(line) / 1000),
                }
            )
        )
    found = pd.concat(frames, ignore_index=True)
    bodies = (
        table("feature_organisations").query("role == 'contractor'").groupby("feature_id")["organisation_id"]
    )
    builders = bodies.agg(lambda ids: sorted(set(ids))).to_dict()
    found["builder"] = found["id"].map(lambda i: builders.get(i, ["none"]))
    costs = table("costs").query("currency == 'USD' and scope == '' and cost_kind in @BEST").copy()
    costs["rank"] = costs["cost_kind"].map(BEST.index)
    costs["basis"] = costs["basis"].map(BASES.index)
    costs["newest"] = -pd.to_numeric(costs["year"]).fillna(0)
    costs = costs.sort_values(["rank", "basis", "newest"], kind="stable").drop_duplicates("feature_id")
    found["cost"] = found["id"].map(costs.set_index("feature_id")["amount_million"].astype(float))
    return found


@pytest.mark.parametrize("by", ["kind", "country", "builder"])
@pytest.mark.parametrize("region", ["", "central-asia"])
def test_shares_follow_from_the_files(catalog: Catalog, things: pd.DataFrame, by: str, region: str) -> None:
    wanted = Filter(region={region} if region else (), layer={"parks", "projects"})
    here = set(table("countries").query("region == @region")["iso3"])
    chosen = things[things["layer"].isin(["parks", "projects"])]
    if region:
        chosen = chosen[chosen["country"].map(lambda codes: bool(here & set(codes)))]
    shares = catalog.select(wanted).shares(by)
    pairs = chosen.explode(by)
    if by == "country" and region:
        pairs = pairs[pairs["country"].isin(here)]
    number = pairs.groupby(by)["id"].nunique()
    assert {share.code: share.features for share in shares.rows} == number.to_dict()
    single = chosen[chosen[by].map(len) == 1]
    money = single.assign(code=single[by].str[0]).groupby("code")["cost"].sum()
    for share in shares.rows:
        assert share.cost_usd_million == pytest.approx(money.get(share.code, 0), abs=0.01), share.code
        several = pairs[(pairs[by] == share.code) & ~pairs["id"].isin(single["id"])]
        assert share.shared == len(several)
    apart = chosen[chosen[by].map(len) > 1]
    assert (shares.apart.features, shares.apart.with_cost) == (len(apart), apart["cost"].count())
    assert shares.apart.cost_usd_million == pytest.approx(apart["cost"].sum(), abs=0.01)
    if not region:
        for attribute, whole in (("cost_usd_million", chosen["cost"].sum()), ("line_km", chosen["km"].sum())):
            told = sum(getattr(share, attribute) for share in (*shares.rows, shares.apart))
            assert told == pytest.approx(whole, abs=10)


def test_lines_are_cut_at_the_borders_of_the_countries_chosen(catalog: Catalog, things: pd.DataFrame) -> None:
    """The railway of Laos and China lies in two countries, and its parts add up."""
    wanted = Filter(layer={"rail"}, country={"LAO"})
    whole = things.set_index("id").loc["china-laos-railway"]
    selection = catalog.select(wanted)
    assert selection.ids == ["china-laos-railway"]
    inside = selection.shares("status").inside_km["rail"]
    assert selection.shares("status").countries == ("LAO",)
    assert selection.shares("country").rows[0].line_km == inside
    assert selection.shares("country").apart.line_km == pytest.approx(whole["km"] - inside, abs=0.2)
    both = catalog.select(Filter(q="china-laos-railway")).shares("country")
    by_country = {share.code: share.line_km for share in both.rows}
    assert set(by_country) == {"CHN", "LAO"}
    assert by_country["LAO"] == inside
    assert sum(by_country.values()) == pytest.approx(whole["km"], abs=1)
    places = shapely.segmentize(whole["shape"], 0.01)
    assert inside / whole["km"] == pytest.approx(_share_south_of(places, 21.19), abs=0.02)


def test_countries_beside_a_region_cut_where_both_meet(catalog: Catalog) -> None:
    def cut(*countries: str) -> tuple[str, ...]:
        wanted = Filter(layer={"rail"}, country=set(countries), region={"southeast-asia"})
        return catalog.select(wanted).shares("status").countries

    assert cut("LAO", "CHN") == ("LAO",)
    assert cut("CHN") == ("CHN",)
    assert "VNM" in cut()


def _share_south_of(line: shapely.LineString, latitude: float) -> float:
    """Give how much of a line lies south of a parallel; the border is met at Boten, 21.19 degrees north."""
    south = shapely.intersection(line, shapely.box(90, 0, 120, latitude))
    return float(GEOD.geometry_length(south) / GEOD.geometry_length(line))


def test_cut_lines_are_kept_for_the_next_time(
    small: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "cache"))
    root = small.write(tmp_path / "root")
    first = bri_map.load(root).select(Filter()).shares("country")
    assert any(share.line_km for share in first.rows)
    monkeypatch.setattr("bri_map.query.borders.read_topology", pytest.fail)
    assert bri_map.load(root).select(Filter()).shares("country") == first


def test_the_status_of_a_year_shares_out(catalog: Catalog) -> None:
    selection = catalog.select(Filter(year=2010))
    counted = {share.code: share.features for share in selection.shares("status").rows}
    assert counted == selection.statistics()["by"]["status"]


def test_a_capacity_with_a_remark_or_of_a_line_does_not_count(catalog: Catalog) -> None:
    rows = table("measures").query("measure == 'capacity' and unit == 'TEU/year'")
    rows = rows[rows["feature_id"].isin(catalog.ids)]
    rows["rank"] = rows["basis"].map(BASES.index)
    ranked = rows.sort_values(["rank", "as_of"], ascending=[True, False], kind="stable")
    plain = ranked[ranked["scope"] == ""].drop_duplicates("feature_id")
    totals = catalog.select(Filter()).totals()
    assert totals.capacity["TEU/year"] == plain["value"].astype(float).sum()
    remarked = set(rows["feature_id"]) - set(plain["feature_id"])
    assert totals.capacity_left_out["TEU/year"] == len(remarked)
    line = catalog.select(Filter(q="matiari-lahore-hvdc")).totals()
    assert (dict(line.capacity), dict(line.capacity_left_out)) == ({}, {})


def test_by_what_they_are_not_shared_out_is_said(small_catalog: Catalog) -> None:
    with pytest.raises(FilterError, match=r"'statu'\. Did you mean 'status'\?"):
        small_catalog.select(Filter()).shares("statu")
