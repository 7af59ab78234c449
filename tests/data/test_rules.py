"""A fixture for every rule of the validator beyond reading: one fault, one issue, at its row."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import bri_map
from bri_map.checks.texts import is_formula
from bri_map.data.descriptor import resource_descriptor
from bri_map.domain.rules import RULES, WARNINGS
from bri_map.domain.tables import CHECKED, TABLE, TABLES
from bri_map.report import Severity
from tests.builders import Root, lines, point, small_root
from tests.conftest import ROOT
from tests.data.chinese import english_in
from tests.data.test_faults import FAULTS


@dataclass(frozen=True)
class Case:
    """A fault to plant, and the one issue that must come of it.

    Attributes:
        rule: Rule of the issue.
        plant: Puts the fault into a root.
        file: File of the issue.
        id: Id of the issue.
        field: Column of the issue.
        says: What the message must name.
    """

    rule: str
    plant: Callable[[Root], None]
    file: str
    id: str | None = None
    field: str | None = None
    says: str = ""


def cell(table: str, key: str, column: str, value: str) -> Callable[[Root], None]:
    """Write a cell."""

    def plant(root: Root) -> None:
        root.row(table, key)[column] = value
        root.sort(table)

    return plant


def row(table: str, **values: str) -> Callable[[Root], None]:
    """Add a row."""

    def plant(root: Root) -> None:
        root.tables.setdefault(table, []).append(dict(values))
        root.sort(table)

    return plant


def shown_name(feature_id: str, name: str) -> Callable[[Root], None]:
    """Add a name under which French pages show a feature."""
    evidence = {"source_id": "news-page", "basis": "confirmed"}
    return row("names", feature_id=feature_id, name=name, language="fr", name_kind="shown", **evidence)


def related(feature_id: str, relation: str, other_id: str) -> Callable[[Root], None]:
    """Say how a feature is related to another."""
    said = {"relation": relation, "other_id": other_id, "source_id": "news-page", "basis": "confirmed"}
    return row("relations", feature_id=feature_id, **said)


PLACES = ("Attapeu", "Bolikhan", "Champasak", "Houaphan", "Khammouan", "Oudomxay", "Phongsaly", "Salavan")
"""What the names of features that are alike begin with."""


def alike(word: str, costs: str = "", **values: str) -> Callable[[Root], None]:
    """Add projects that are alike: a word of their names, what their cells hold, what they cost."""
    common = {"record": "published", "countries": "LAO", "precision": "country", "green_rating": "unrated"}

    def plant(root: Root) -> None:
        for number, place in enumerate(PLACES):
            thing = f"{place}-{word}".lower()
            root.tables["projects"].append(common | {"id": thing, "name": f"{place} {word}"} | values)
            root.geometry["projects"][thing] = None
            claim(thing, "*", "")(root)
            event(thing, "2020-06", "reported", "under-construction")(root)
            if costs:
                costing(thing, "total", str(float(costs) * (1 + number / 4)))(root)
        root.sort("projects")
        root.geometry["projects"] = dict(sorted(root.geometry["projects"].items()))

    return plant


def measured(feature_id: str, measure: str, value: str, unit: str, scope: str = "") -> Callable[[Root], None]:
    """Add a measure."""
    said = {"value": value, "unit": unit, "scope": scope, "source_id": "news-page", "basis": "confirmed"}
    return row("measures", feature_id=feature_id, measure=measure, **said)


def costing(feature_id: str, kind: str, amount: str, **more: str) -> Callable[[Root], None]:
    """Add a cost in US dollars."""
    said = {"currency": "USD", "source_id": "news-page", "basis": "confirmed"}
    return row("costs", feature_id=feature_id, cost_kind=kind, amount_million=amount, **said | more)


def known_as(feature_id: str, scheme: str, identifier: str, match: str = "same") -> Callable[[Root], None]:
    """Say under what another database knows a feature."""
    said = {"scheme": scheme, "identifier": identifier, "match": match}
    return row("identifiers", feature_id=feature_id, **said, source_id="news-page", basis="confirmed")


def translation(thing: str, table: str, column: str, text: str) -> Callable[[Root], None]:
    """Add a translation of a text into French; the table of translations is described with it."""

    def plant(root: Root) -> None:
        said = {"id": thing, "table": table, "column": column, "language": "fr", "text": text}
        root.tables.setdefault("translations", []).append(said | {"translation": "…"})
        described = resource_descriptor(TABLE["translations"])
        if described not in root.package["resources"]:
            root.package["resources"].append(described)

    return plant


def both(*plants: Callable[[Root], None]) -> Callable[[Root], None]:
    """Do one thing after another."""

    def plant(root: Root) -> None:
        for part in plants:
            part(root)

    return plant


def gone(table: str, key: str) -> Callable[[Root], None]:
    """Take the first row with this key away."""

    def plant(root: Root) -> None:
        root.tables[table].remove(root.row(table, key))

    return plant


def moved(layer: str, feature_id: str, lon: float, lat: float) -> Callable[[Root], None]:
    """Move a point; claims about its position go along."""

    def plant(root: Root) -> None:
        root.geometry[layer][feature_id] = point(lon, lat)
        root.tables["claims"] = [
            claim
            for claim in root.tables["claims"]
            if (claim["feature_id"], claim["field"]) != (feature_id, "position")
        ]

    return plant


def claim(feature_id: str, field: str, value: str, **more: str) -> Callable[[Root], None]:
    """Add a claim."""
    known = {"source_id": "news-page", "basis": "confirmed"}
    return row("claims", feature_id=feature_id, field=field, value=value, **known | more)


def event(feature_id: str, date: str, mark: str, status: str) -> Callable[[Root], None]:
    """Add an event."""
    return row(
        "status_history",
        feature_id=feature_id,
        date=date,
        mark=mark,
        status=status,
        event="An event",
        source_id="news-page",
        basis="confirmed",
    )


def _figure(value: str, unit: str) -> Callable[[Root], None]:
    """Add an indicator and a value of it."""
    said = {"source_id": "ey-2020", "locator": "figure 1", "basis": "source-document"}
    return both(
        row("indicator_definitions", id="trade", title="Trade", unit=unit, description="Goods."),
        row("indicators", area="LAO", indicator="trade", value=value, **said),
        package_described,
    )


def _published(category: str, value: str) -> Callable[[Root], None]:
    """Add a cell of a published table."""
    said = {"unit": "parks", "source_id": "unused-page", "locator": "table 1", "basis": "source-document"}
    return row("distributions", distribution="parks-by-country", category=category, value=value, **said)


def _in_chinese(text: str, chinese: str) -> Callable[[Root], None]:
    """Write a note and its translation."""

    def plant(root: Root) -> None:
        root.row("projects", "nam-dam")["note"] = text
        translation("nam-dam", "projects", "note", text)(root)
        root.tables["translations"][0] |= {"language": "zh", "translation": chinese}

    return plant


def _twin(root: Root) -> None:
    """Add a park beside the one in Fiji that is called nearly the same."""
    park = root.row("parks", "fiji-zone")
    root.tables["parks"].append(park | {"id": "twin-zone", "name": "Suva Sugar Rum Cane Molasses Quay Zone"})
    root.geometry["parks"]["twin-zone"] = point(178.42, -18.12)
    claim("twin-zone", "*", "")(root)
    event("twin-zone", "2020-06", "reported", "under-construction")(root)


def _inked(root: Root) -> None:
    """Let contracts have words of their own, which an event of another mark has as well."""
    for day in range(1, 9):
        event("fiji-road", f"2020-07-0{day}", "contract", "early-stage")(root)
    event("nam-dam", "2014", "announced", "early-stage")(root)
    for number, happened in enumerate(root.tables["status_history"]):
        if happened["mark"] in ("contract", "announced"):
            happened["event"] = f"Company inks deal no. {number}"


def checked(thing: str, rule: str, field: str, value: str) -> Callable[[Root], None]:
    """Answer a warning."""
    return row("checked", id=thing, rule=rule, field=field, value=value, note="Looked at.")


def package_described(root: Root) -> None:
    """Describe the tables that a fixture added, so that the descriptor is not a second fault."""
    shown = [t for t in TABLES if t.name in root.tables and t.folder == "data"]
    root.package["resources"] = [resource_descriptor(table) for table in shown]


def _unsorted(root: Root) -> None:
    root.tables["sources"].reverse()


def _quoted(root: Root) -> None:
    body = root.file("data/countries.csv").decode()
    root.replaced["data/countries.csv"] = body.replace("Fiji", '"Fiji"', 1).encode()


def _stale_descriptor(root: Root) -> None:
    root.package["resources"][0]["description"] = "Something else."


def _waypoint(key: str, **values: str) -> Callable[[Root], None]:
    def plant(root: Root) -> None:
        next(w for w in root.waypoints if w["feature_id"] == key).update(values)

    return plant


def _thai_rail_through_laos(root: Root) -> None:
    _draw(root, "rail", "thai-express", [[102.4, 18.07], [102.6, 18.15], [102.75, 18.07]])


def _draw(root: Root, layer: str, feature_id: str, line: list[list[float]]) -> None:
    root.geometry[layer][feature_id] = lines(line)
    stops = [w for w in root.waypoints if w["feature_id"] == feature_id]
    for stop in stops:
        root.waypoints.remove(stop)
    for seq, (lon, lat) in enumerate(line, 1):
        root.waypoints.append({**stops[0], "seq": str(seq), "lon": str(lon), "lat": str(lat)})
    root.sort("waypoints")


def _drawn(line: list[list[float]], **values: str) -> Callable[[Root], None]:
    """Draw a railway of Thailand otherwise, and write cells of its second place."""

    def plant(root: Root) -> None:
        _draw(root, "rail", "thai-express", line)
        next(w for w in root.waypoints if (w["feature_id"], w["seq"]) == ("thai-express", "2")).update(values)

    return plant


def _on_land(*line: list[float]) -> Callable[[Root], None]:
    """Draw the line in Thailand through stations."""

    def plant(root: Root) -> None:
        _draw(root, "rail", "thai-express", list(line))
        for number, stop in enumerate(w for w in root.waypoints if w["feature_id"] == "thai-express"):
            stop |= {"kind": "station", "country": "THA", "name": f"Stop {number + 1}"}

    return plant


def _no_border_crossing(root: Root) -> None:
    stops = [w for w in root.waypoints if (w["feature_id"], w["branch"]) == ("lao-line", "main")]
    stops[0] |= {"kind": "station", "country": "CHN"}
    stops[1] |= {"kind": "station", "country": "LAO"}


PACKAGE = ROOT / "src" / "bri_map"
REPORTING = ("fault", "geometry_fault", "warn", "warn_of_place")
HISTORY, CLAIMS = "data/status_history.csv", "data/claims.csv"
RELATIONS, COSTS, MEASURES = "data/relations.csv", "data/costs.csv", "data/measures.csv"
CASES = (
    Case("text", cell("costs", "lao-line", "currency", "US$"), "data/costs.csv", "lao-line", "currency"),
    Case(
        "id",
        both(cell("organisations", "a-bank", "id", "A Bank"), gone("feature_organisations", "nam-dam")),
        "data/organisations.csv",
        "A Bank",
        "id",
    ),
    Case(
        "id-retired", cell("retired", "old-farm", "id", "rayong-zone"), "data/parks.csv", "rayong-zone", "id"
    ),
    Case(
        "coverage",
        both(
            row(
                "source_coverage",
                source_id="ey-2020",
                locator="figure 6",
                named_kind="park",
                name="A park",
                target_table="parks",
                target_id="nowhere",
            ),
            package_described,
        ),
        "data/source_coverage.csv",
        "ey-2020",
        "target_id",
        "'nowhere'",
    ),
    Case(
        "indicator-area",
        both(
            row("indicator_definitions", id="trade", title="Trade", unit="US$", description="Goods."),
            row(
                "indicators",
                area="XYZ",
                indicator="trade",
                value="1",
                source_id="ey-2020",
                locator="figure 1",
                basis="source-document",
            ),
            package_described,
        ),
        "data/indicators.csv",
        "XYZ",
        "area",
    ),
    Case("ey-match", cell("parks", "lao-farm", "ey_match", ""), "data/parks.csv", "lao-farm", "ey_match"),
    Case(
        "relation-self",
        cell("relations", "mekong-cable", "other_id", "mekong-cable"),
        "data/relations.csv",
        "mekong-cable",
        "other_id",
    ),
    Case(
        "identifier-form",
        both(known_as("fiji-road", "icao", "fiji"), package_described),
        "data/identifiers.csv",
        "fiji-road",
        "identifier",
        says="'fiji' is no identifier of icao",
    ),
    Case(
        "identifier-absent",
        both(known_as("fiji-road", "gem", "", "same"), package_described),
        "data/identifiers.csv",
        "fiji-road",
        "identifier",
    ),
    Case(
        "identifier-country",
        both(known_as("fiji-road", "unlocode", "FRVIT"), package_described),
        "data/identifiers.csv",
        "fiji-road",
        "identifier",
        says="'FRVIT' is a code of another country than FJI",
    ),
    Case(
        "identifier-twin",
        both(known_as("fiji-road", "aiddata", "1"), known_as("fiji-zone", "aiddata", "1"), package_described),
        "data/identifiers.csv",
        "fiji-zone",
        "identifier",
        says="aiddata:1 is said to be the same as 'fiji-road' too",
    ),
    Case(
        "baseline",
        both(row("baseline", id="parks", rows="4"), package_described),
        "data/parks.csv",
        says="the baseline says 4",
    ),
    Case(
        "source-unused",
        row("sources", id="zero-page", url="https://zero.example/", licence="copyright", language="en"),
        "data/sources.csv",
        "zero-page",
    ),
    Case(
        "source-told",
        cell("sources", "ey-2020", "title", ""),
        "data/sources.csv",
        "ey-2020",
        "title",
    ),
    Case(
        "source-twin",
        cell("sources", "unused-page", "url", "https://other.example/"),
        "data/sources.csv",
        "unused-page",
        "url",
        "'other-page'",
    ),
    Case("basis", cell("names", "lao-line", "source_id", "ey-2020"), "data/names.csv", "lao-line", "basis"),
    Case("claim-field", claim("lao-farm", "length_km", "3"), CLAIMS, "lao-farm", "field", "'length_km'"),
    Case("claim-value", claim("lao-farm", "established_year", "long ago"), CLAIMS, "lao-farm", "value"),
    Case(
        "claim-missing",
        both(
            gone("claims", "thai-express"),
            claim("thai-express", "name", "Thai Express"),
            claim("thai-express", "countries", "THA"),
        ),
        "data/rail.csv",
        "thai-express",
        "kind",
    ),
    Case(
        "claim-mismatch",
        cell("parks", "lao-farm", "area_km2", "1.2"),
        "data/parks.csv",
        "lao-farm",
        "area_km2",
        "data/claims.csv:",
    ),
    Case(
        "claim-tie",
        claim("lao-farm", "area_km2", "1.7", source_id="other-page", as_of="2020"),
        CLAIMS,
        "lao-farm",
        "value",
        "'1.7'",
    ),
    Case(
        "member-source",
        cell("corridor_members", "lao-farm", "source_id", ""),
        "data/corridor_members.csv",
        "lao-farm",
        "source_id",
    ),
    Case("corridor-member", gone("corridor_members", "lao-line"), "data/corridor_members.csv"),
    Case("history-missing", gone("status_history", "fiji-road"), "data/projects.csv", "fiji-road"),
    Case("history-status", event("nam-dam", "2019", "opened", "early-stage"), HISTORY, "nam-dam", "status"),
    Case(
        "date-order",
        event("lao-line", "2022", "announced", "completed"),
        HISTORY,
        "lao-line",
        "date",
        "'construction' on 2016-12",
    ),
    Case("date-future", event("nam-dam", "2032", "reported", "suspended"), HISTORY, "nam-dam", "date"),
    Case(
        "name-duplicate",
        cell("parks", "rayong-zone", "name", "Thai Express"),
        "data/rail.csv",
        "thai-express",
        "name",
        "rayong-zone",
    ),
    Case(
        "name-near",
        both(
            cell("projects", "nam-dam", "name", "Luang Prabang Hydropower Dam"),
            cell("parks", "lao-farm", "name", "Luang Prabang Hydropower Damm"),
        ),
        "data/parks.csv",
        "lao-farm",
        "name",
    ),
    Case("name-repeats", cell("names", "lao-line", "name", "Lao Line"), "data/names.csv", "lao-line", "name"),
    Case(
        "name-shown",
        both(shown_name("lao-farm", "Ferme du Laos"), shown_name("lao-farm", "Ferme lao")),
        "data/names.csv",
        "lao-farm",
        "name",
        "'fr'",
    ),
    Case(
        "translation-stale",
        both(
            translation("nam-dam", "projects", "summary", "A dam."),
            cell("projects", "nam-dam", "summary", "A high dam."),
        ),
        "data/translations.csv",
        "nam-dam",
        "text",
        "'A dam.' is no longer the text of nam-dam in summary of data/projects.csv",
    ),
    Case(
        "translation-orphan",
        translation("*", "projects", "summary", "A bridge."),
        "data/translations.csv",
        "*",
        "id",
        "'A bridge.'",
    ),
    Case(
        "translation-orphan",
        translation("nam-dam", "projects", "colour", "Green paint."),
        "data/translations.csv",
        "nam-dam",
        "id",
        "colour",
    ),
    Case(
        "organisation-twin",
        cell("organisations", "builder-two", "name", "BUILDER ÓNE"),
        "data/organisations.csv",
        "builder-two",
        "name",
        "'builder-one'",
    ),
    Case(
        "organisation-unused",
        row("organisations", id="zero-firm", name="Zero Firm", basis="confirmed"),
        "data/organisations.csv",
        "zero-firm",
    ),
    Case(
        "text-formula",
        cell("parks", "rayong-zone", "note", "-2+3+cmd|' /C calc'!A0"),
        "data/parks.csv",
        "rayong-zone",
        "note",
        "as a formula",
    ),
    Case(
        "text-trim", cell("parks", "rayong-zone", "note", " A note."), "data/parks.csv", "rayong-zone", "note"
    ),
    Case(
        "text-blank",
        cell("parks", "rayong-zone", "note", "A  note."),
        "data/parks.csv",
        "rayong-zone",
        "note",
    ),
    Case(
        "text-mojibake",
        cell("parks", "rayong-zone", "note", "CafÃ© Rayong."),
        "data/parks.csv",
        "rayong-zone",
        "note",
    ),
    Case(
        "text-control",
        cell("parks", "rayong-zone", "note", "A\u200bnote."),
        "data/parks.csv",
        "rayong-zone",
        "note",
        "U+200B",
    ),
    Case(
        "text-composed",
        cell("parks", "rayong-zone", "note", "Cafe\u0301."),
        "data/parks.csv",
        "rayong-zone",
        "note",
    ),
    Case(
        "text-script",
        cell("parks", "rayong-zone", "note", "Ra\u0443ong."),
        "data/parks.csv",
        "rayong-zone",
        "note",
        "cyrillic and latin letters in 'Ra\u0443ong' (U+0443)",
    ),
    Case(
        "text-language",
        cell("parks", "rayong-zone", "name_zh", "Rayong"),
        "data/parks.csv",
        "rayong-zone",
        "name_zh",
    ),
    Case("geometry-zero", moved("parks", "lao-farm", 0, 0), "geo/parks.geojson", "lao-farm"),
    Case(
        "geometry-decimals",
        moved("parks", "rayong-zone", 101.1234567, 12.7),
        "geo/parks.geojson",
        "rayong-zone",
    ),
    Case(
        "geometry-swapped",
        moved("projects", "khorgos-hub", 44.2, 80.25),
        "geo/projects.geojson",
        "khorgos-hub",
        says="swapped",
    ),
    Case("geometry-outside", moved("parks", "rayong-zone", 13.7, 52.5), "geo/parks.geojson", "rayong-zone"),
    Case(
        "geometry-half",
        both(
            row("localities", id="beijing", name="Beijing", name_zh="北京", kind="city", lon="116.4"),
            package_described,
        ),
        "data/localities.csv",
        "beijing",
        "lon",
    ),
    Case(
        "geometry-spot",
        moved("parks", "lao-farm", 102.1234, 19.5),
        "geo/parks.geojson",
        "lao-farm",
        says="nam-dam",
    ),
    Case(
        "precision",
        cell("parks", "fiji-zone", "precision", "schematic"),
        "data/parks.csv",
        "fiji-zone",
        "precision",
    ),
    Case(
        "precision-source",
        moved("projects", "nam-dam", 102.1234, 19.5),
        "data/projects.csv",
        "nam-dam",
        "precision",
    ),
    Case("waypoint-order", _waypoint("thai-express", seq="3"), "geo/waypoints.csv", "thai-express", "seq"),
    Case(
        "waypoint-country",
        _waypoint("thai-express", country=""),
        "geo/waypoints.csv",
        "thai-express",
        "country",
    ),
    Case("waypoint-border", _no_border_crossing, "geo/waypoints.csv", "lao-line", "kind"),
    Case(
        "leg-long",
        _drawn([[100.5, 14.75], [100.5, 15.25], [100.5, 15.9]]),
        "geo/waypoints.csv",
        "thai-express",
        "way",
        "72 km long, more than 60",
    ),
    Case(
        "leg-water",
        _drawn([[100.5, 13.75], [100.45, 13.65], [100.05, 13.2]]),
        "geo/waypoints.csv",
        "thai-express",
        "way",
        "km of water",
    ),
    Case(
        "leg-land",
        _drawn([[100.5, 13.75], [100.6, 14.0]], kind="sea-point", country=""),
        "geo/waypoints.csv",
        "thai-express",
        "lon",
        "km of land",
    ),
    Case(
        "leg-turn",
        _drawn([[100.5, 14.75], [100.5, 15.0], [100.55, 14.8]]),
        "geo/waypoints.csv",
        "thai-express",
        "way",
        "turns back by",
    ),
    Case("route-stale", _waypoint("thai-express", lon="100.55"), "geo/rail.geojson", "thai-express"),
    Case(
        "line-country",
        cell("projects", "mekong-cable", "countries", "LAO;THA;KAZ"),
        "data/projects.csv",
        "mekong-cable",
        "countries",
        "KAZ",
    ),
    Case("line-crosses", _thai_rail_through_laos, "geo/rail.geojson", "thai-express", says="LAO"),
    Case("length", cell("rail", "lao-line", "length_note", ""), "data/rail.csv", "lao-line", "length_km"),
    # histories in time
    Case("history-back", event("lao-line", "2023", "reported", "early-stage"), HISTORY, "lao-line", "status"),
    Case(
        "history-cancelled",
        event("fiji-zone", "2023", "construction", "under-construction"),
        HISTORY,
        "fiji-zone",
        "mark",
    ),
    Case(
        "history-resumed", event("fiji-road", "2023", "resumed", "early-stage"), HISTORY, "fiji-road", "mark"
    ),
    Case(
        "history-twice",
        event("lao-line", "2023", "opened", "completed"),
        HISTORY,
        "lao-line",
        "mark",
        "2021-12-03",
    ),
    Case("history-gap", event("nam-dam", "1990", "announced", "early-stage"), HISTORY, "nam-dam", "date"),
    Case(
        "status-flag",
        cell("parks", "fiji-zone", "is_operational", "true"),
        "data/parks.csv",
        "fiji-zone",
        "is_operational",
        "'cancelled'",
    ),
    Case(
        "date-founded",
        cell("parks", "rayong-zone", "established_year", "1990"),
        "data/parks.csv",
        "rayong-zone",
        "established_year",
    ),
    Case(
        "event-year",
        both(
            event("rayong-zone", "2029", "construction", "under-construction"),
            cell("status_history", "rayong-zone", "event", "Works begin in May 2022"),
        ),
        HISTORY,
        "rayong-zone",
        "date",
        "2022",
    ),
    Case(
        "date-unread",
        both(
            cell("sources", "other-page", "accessed", "2019-05-01"),
            cell("claims", "lao-farm", "note", ""),
            claim("nam-dam", "subsector", "hydropower", source_id="other-page", as_of="2020"),
        ),
        CLAIMS,
        "nam-dam",
        "as_of",
        "2019-05-01",
    ),
    Case(
        "date-untold",
        both(
            cell("sources", "other-page", "published", "2019-05-01"),
            claim("nam-dam", "subsector", "hydropower", source_id="other-page", as_of="2020"),
        ),
        CLAIMS,
        "nam-dam",
        "as_of",
        "2019-05-01",
    ),
    Case("amount-year", cell("costs", "lao-line", "year", "1985"), "data/costs.csv", "lao-line", "year"),
    Case(
        "memorandum-date",
        cell("countries", "LAO", "bri_mou_date", "2009-05"),
        "data/countries.csv",
        "LAO",
        "bri_mou_date",
    ),
    # relations
    Case(
        "relation-circle",
        both(related("lao-farm", "serves", "nam-dam"), related("nam-dam", "serves", "mekong-cable")),
        RELATIONS,
        "nam-dam",
        "other_id",
        "'lao-farm', 'mekong-cable', 'nam-dam'",
    ),
    Case(
        "relation-twice",
        related("lao-farm", "same-site-as", "mekong-cable"),
        RELATIONS,
        "mekong-cable",
        "relation",
        "'same-site-as'",
    ),
    Case(
        "relation-country",
        related("rayong-zone", "part-of", "lao-line"),
        RELATIONS,
        "rayong-zone",
        "other_id",
        "THA",
    ),
    Case("relation-far", related("nam-dam", "serves", "rayong-zone"), RELATIONS, "nam-dam", "other_id"),
    Case("relation-kind", related("nam-dam", "phase-of", "lao-farm"), RELATIONS, "nam-dam", "other_id"),
    Case(
        "relation-order",
        related("nam-dam", "successor-of", "mekong-cable"),
        RELATIONS,
        "nam-dam",
        "other_id",
    ),
    Case(
        "relation-status",
        both(
            event("fiji-road", "2021", "construction", "under-construction"),
            related("fiji-road", "serves", "fiji-zone"),
        ),
        RELATIONS,
        "fiji-road",
        "other_id",
        "'cancelled'",
    ),
    # vocabularies
    Case("currency", cell("costs", "lao-line", "currency", "EUX"), "data/costs.csv", "lao-line", "currency"),
    Case(
        "currency-country",
        cell("costs", "lao-line", "currency", "KES"),
        "data/costs.csv",
        "lao-line",
        "currency",
        "KES",
    ),
    Case("language", cell("names", "lao-line", "language", "qq"), "data/names.csv", "lao-line", "language"),
    Case(
        "language-script",
        cell("names", "nam-dam", "language", "ru"),
        "data/names.csv",
        "nam-dam",
        "language",
        "'ru'",
    ),
    Case(
        "unit-measure",
        cell("measures", "mekong-cable", "unit", "km"),
        "data/measures.csv",
        "mekong-cable",
        "unit",
        "'capacity'",
    ),
    Case(
        "gauge-country", cell("rail", "lao-line", "gauge_mm", "1676"), "data/rail.csv", "lao-line", "gauge_mm"
    ),
    Case(
        "vocabulary",
        cell("countries", "LAO", "continent", "Asien"),
        "data/countries.csv",
        "LAO",
        "continent",
    ),
    Case(
        "region-continent",
        cell("countries", "LAO", "continent", "Europe"),
        "data/countries.csv",
        "LAO",
        "region",
    ),
    Case(
        "licence-producer",
        both(
            cell("sources", "other-page", "producer", "EY"),
            cell("sources", "other-page", "licence", "CC0-1.0"),
        ),
        "data/sources.csv",
        "other-page",
        "licence",
    ),
    Case(
        "kind-words",
        both(alike("Clinic", sector="health"), cell("projects", "fiji-road", "name", "Suva Clinic")),
        "data/projects.csv",
        "fiji-road",
        "sector",
        "'clinic' stands with 'health' in 8 others",
    ),
    Case(
        "kind-like",
        both(
            alike("Works", sector="energy-utilities", subsector="hydropower", green_rating="red"),
            cell("projects", "nam-dam", "green_rating", "green"),
        ),
        "data/projects.csv",
        "nam-dam",
        "green_rating",
        "8 others with 'hydropower' are 'red'",
    ),
    Case(
        "mark-words",
        _inked,
        HISTORY,
        "nam-dam",
        "mark",
        "'company' stands with 'contract'",
    ),
    # magnitudes
    Case(
        "cost-title",
        both(
            cell("sources", "other-page", "title", "China Eximbank provides $59 million for the line"),
            cell("costs", "lao-line", "source_id", "other-page"),
        ),
        COSTS,
        "lao-line",
        "amount_million",
    ),
    Case(
        "cost-text",
        cell("projects", "nam-dam", "summary", "A dam of USD 10 million."),
        COSTS,
        "nam-dam",
        "amount_million",
    ),
    Case(
        "cost-unlike",
        both(alike("Works", costs="10", sector="roads-bridges"), costing("fiji-road", "total", "90000")),
        COSTS,
        "fiji-road",
        "amount_million",
        "90,000 million dollars",
    ),
    Case("cost-whole", costing("lao-line", "loan", "49000"), COSTS, "lao-line", "amount_million"),
    Case(
        "cost-per-unit",
        cell("costs", "lao-line", "amount_million", "590000"),
        COSTS,
        "lao-line",
        "amount_million",
        "for each 'km'",
    ),
    Case(
        "measure-text",
        both(
            cell("projects", "nam-dam", "summary", "A dam of 20 MW."),
            measured("nam-dam", "capacity", "2000", "MW"),
        ),
        MEASURES,
        "nam-dam",
        "value",
    ),
    Case(
        "measure-unlike",
        both(
            *(measured("fiji-road", "jobs", f"{n}00", "people", f"in village {n}") for n in range(1, 9)),
            measured("fiji-road", "jobs", "90000000", "people"),
        ),
        MEASURES,
        "fiji-road",
        "value",
    ),
    Case(
        "measure-load",
        both(
            measured("nam-dam", "capacity", "1000", "MW"), measured("nam-dam", "output", "90000", "GWh/year")
        ),
        MEASURES,
        "nam-dam",
        "value",
    ),
    Case("size-unlike", measured("lao-farm", "area", "900", "ha"), "data/parks.csv", "lao-farm", "area_km2"),
    Case("length-drawn", measured("mekong-cable", "length", "900", "km"), MEASURES, "mekong-cable", "value"),
    Case(
        "speed-kind",
        cell("rail", "thai-express", "design_speed_kmh", "80"),
        "data/rail.csv",
        "thai-express",
        "design_speed_kmh",
    ),
    Case(
        "claim-spread",
        claim("lao-farm", "area_km2", "150", source_id="other-page", basis="unconfirmed"),
        "data/parks.csv",
        "lao-farm",
        "area_km2",
    ),
    Case("share", _figure("120", "percent"), "data/indicators.csv", "LAO", "value"),
    Case(
        "figure-unlike",
        both(
            *(_published(f"c{n}", str(n)) for n in range(2, 7)),
            _published("c9", "9000000"),
            cell("distributions", "parks-by-country", "category", "LAO"),
        ),
        "data/distributions.csv",
        "parks-by-country",
        "value",
    ),
    # places
    Case(
        "town-far",
        cell("projects", "nam-dam", "locality", "Pakse"),
        "geo/projects.geojson",
        "nam-dam",
        "position",
        "'Pakse'",
    ),
    Case(
        "point-sea",
        moved("parks", "rayong-zone", 101.25, 12.55),
        "geo/parks.geojson",
        "rayong-zone",
        "position",
    ),
    Case(
        "spot-other",
        both(
            cell("projects", "fiji-road", "position_note", "Suva"),
            cell("parks", "fiji-zone", "position_note", "Nausori"),
            cell("parks", "fiji-zone", "name", "Vatu Farm"),
            moved("projects", "fiji-road", 178.4, -18.1),
        ),
        "geo/parks.geojson",
        "fiji-zone",
        "position",
        "'fiji-road'",
    ),
    Case(
        "member-far",
        cell("corridor_members", "nam-dam", "corridor_id", "pacific-route"),
        "data/corridor_members.csv",
        "nam-dam",
        "corridor_id",
    ),
    Case(
        "waypoint-twice",
        _on_land([100.5, 13.75], [100.6, 14.0], [100.8, 14.1], [100.9, 13.9], [100.7, 13.8], [100.6, 14.0]),
        "geo/waypoints.csv",
        "thai-express",
        "lon",
        "'Stop 2'",
    ),
    # twins
    Case(
        "organisation-alike",
        cell("organisations", "builder-two", "name", "Builder One Group Co., Ltd."),
        "data/organisations.csv",
        "builder-two",
        "name",
        "'builder-one'",
    ),
    Case(
        "source-alike",
        both(
            cell("sources", "other-page", "title", "Another long page"),
            cell("sources", "unused-page", "title", "Another long page"),
        ),
        "data/sources.csv",
        "unused-page",
        "title",
        "'other-page'",
    ),
    Case(
        "claim-twice",
        both(
            claim("nam-dam", "subsector", "hydropower", basis="unconfirmed", is_preferred="true"),
            claim("nam-dam", "subsector", "tidal power", basis="unconfirmed"),
        ),
        CLAIMS,
        "nam-dam",
        "value",
    ),
    Case(
        "event-twice",
        both(
            event("rayong-zone", "2029-01", "contract", "early-stage"),
            event("rayong-zone", "2029-03", "contract", "early-stage"),
        ),
        HISTORY,
        "rayong-zone",
        "event",
    ),
    Case("name-other", cell("names", "lao-line", "name", "Nam Dam"), "data/names.csv", "lao-line", "name"),
    Case(
        "feature-alike",
        both(
            cell("parks", "fiji-zone", "name", "Suva Sugar Rum Cane Molasses Zone"),
            _twin,
        ),
        "data/parks.csv",
        "twin-zone",
        "name",
        "'fiji-zone'",
    ),
    # countries in words, organisations
    Case(
        "text-country",
        cell("projects", "nam-dam", "summary", "A dam in Kazakhstan."),
        "data/projects.csv",
        "nam-dam",
        "summary",
        "KAZ",
    ),
    Case(
        "source-country",
        both(
            cell("sources", "unused-page", "title", "Fiji opens a road"),
            cell("claims", "nam-dam", "source_id", "unused-page"),
        ),
        CLAIMS,
        "nam-dam",
        "source_id",
    ),
    Case(
        "organisation-country",
        both(
            cell("organisations", "builder-two", "name", "Roads Agency of Kazakhstan"),
            cell("organisations", "builder-two", "country", "LAO"),
        ),
        "data/organisations.csv",
        "builder-two",
        "country",
        "KAZ",
    ),
    Case(
        "role-share",
        both(
            cell("feature_organisations", "lao-farm", "note", "60 % of the shares"),
            row(
                "feature_organisations",
                feature_id="lao-farm",
                role="developer",
                organisation_id="builder-one",
                source_id="news-page",
                basis="confirmed",
                note="55 percent",
            ),
        ),
        "data/feature_organisations.csv",
        "lao-farm",
        "organisation_id",
        "115 percent",
    ),
    Case(
        "role-unlike",
        cell("feature_organisations", "nam-dam", "role", "contractor"),
        "data/feature_organisations.csv",
        "nam-dam",
        "role",
        "'A Bank'",
    ),
    # wording
    Case(
        "text-markup",
        cell("projects", "nam-dam", "note", "Half <b>built</b>."),
        "data/projects.csv",
        "nam-dam",
        "note",
    ),
    Case(
        "text-markup",
        cell("projects", "nam-dam", "note", "Half built; #REF! more."),
        "data/projects.csv",
        "nam-dam",
        "note",
        "'#REF!'",
    ),
    Case(
        "text-letters",
        cell("projects", "nam-dam", "note", "Half built of Ｃoncrete."),
        "data/projects.csv",
        "nam-dam",
        "note",
        "U+FF23",
    ),
    Case(
        "text-traditional",
        cell("projects", "fiji-road", "name_zh", "斐濟公路"),
        "data/projects.csv",
        "fiji-road",
        "name_zh",
    ),
    Case(
        "text-stop",
        cell("projects", "nam-dam", "summary", "A dam"),
        "data/projects.csv",
        "nam-dam",
        "summary",
    ),
    Case(
        "name-phase",
        both(
            cell("projects", "fiji-road", "name", "Fiji Road phase 2"),
            cell("projects", "fiji-road", "name_zh", "斐济公路一期"),
        ),
        "data/projects.csv",
        "fiji-road",
        "name_zh",
    ),
    Case(
        "translation-same",
        _in_chinese("Half built by the river.", "Half built by the river."),
        "data/translations.csv",
        "nam-dam",
        "translation",
    ),
    Case(
        "translation-number",
        _in_chinese("Half built since 2014.", "建成一半。"),
        "data/translations.csv",
        "nam-dam",
        "translation",
        "2014",
    ),
    # answers
    Case(
        "checked-stale",
        both(checked("nam-dam", "history-gap", "date", "1990"), package_described),
        "data/checked.csv",
        "nam-dam",
        "value",
    ),
    Case("format", _unsorted, "data/sources.csv"),
    Case("format", _quoted, "data/countries.csv"),
    Case("datapackage", _stale_descriptor, "data/datapackage.json"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.file.rpartition('/')[2]}")
def test_one_fault_gives_one_issue_at_its_row(case: Case, tmp_path: Path) -> None:
    root = small_root()
    case.plant(root)
    report = bri_map.validate(root.write(tmp_path))
    found = [(issue.file, issue.id, issue.field, issue.rule) for issue in report]
    assert found == [(case.file, case.id, case.field, case.rule)], "\n".join(map(str, report))
    issue = next(iter(report))
    assert case.says in issue.message
    assert issue.message.endswith(".")
    assert issue.remedy
    assert english_in(issue) == []
    assert (issue.severity is Severity.WARNING) == (case.rule in WARNINGS)
    assert (CHECKED.path in issue.remedy) == (case.rule in WARNINGS)
    if issue.row is not None and issue.id is not None:
        lines_ = (tmp_path / issue.file).read_text("utf-8").splitlines()
        assert issue.id in lines_[issue.row - 1]


class TestAnswers:
    """A warning that is answered is not given; the answer holds for one value."""

    OLD = staticmethod(event("nam-dam", "1990", "announced", "early-stage"))

    def test_an_answered_warning_is_silent(self, small: Root, tmp_path: Path) -> None:
        both(self.OLD, checked("nam-dam", "history-gap", "date", "1990"), package_described)(small)
        assert list(bri_map.validate(small.write(tmp_path))) == []

    def test_another_value_is_warned_of_and_the_old_answer_is_told(self, small: Root, tmp_path: Path) -> None:
        both(self.OLD, checked("nam-dam", "history-gap", "date", "1989"), package_described)(small)
        report = bri_map.validate(small.write(tmp_path))
        assert [(issue.rule, issue.file) for issue in report] == [
            ("checked-stale", "data/checked.csv"),
            ("history-gap", HISTORY),
        ]
        assert [issue.rule for issue in report.faults] == ["checked-stale"]

    def test_what_is_at_fault_leaves_its_answers_alone(self, small: Root, tmp_path: Path) -> None:
        both(self.OLD, checked("nam-dam", "history-gap", "date", "1990"), package_described)(small)
        small.row("projects", "nam-dam")["sector"] = "nonsense"
        assert [issue.rule for issue in bri_map.validate(small.write(tmp_path))] == ["code"]


def test_a_broken_basemap_is_told(small: Root, tmp_path: Path) -> None:
    small.replaced["geo/basemap/countries-50m.json"] = b"{"
    (issue,) = bri_map.validate(small.write(tmp_path))
    assert issue.rule == "basemap"


def test_waypoints_from_which_nothing_can_be_built_are_told(small: Root, tmp_path: Path) -> None:
    gone_stop = next(w for w in small.waypoints if w["feature_id"] == "thai-express" and w["seq"] == "2")
    small.waypoints.remove(gone_stop)
    (issue,) = bri_map.validate(small.write(tmp_path))
    assert issue.rule == "route"
    assert english_in(issue) == []


@pytest.mark.parametrize(
    "text",
    [
        *("=1", "+1", "@x", "\uff1d1", "-A1", "- cmd|' /C calc'!A0", "-2+3", "-(1)", "--A1", "\t=1", "\r=1"),
        *(" =1", "-1|x", "\uff0dx", "-SUM(A1)", '-"x"'),
    ],
)
def test_what_a_spreadsheet_would_run_is_a_formula(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize(
    "text", ["", "-5", "-1.5", "-5 °C", "-5 to 3", "-70.1 -33.2", "-", "--", "– x", "— x", "a=b", "2-3"]
)
def test_numbers_and_dashes_are_no_formulas(text: str) -> None:
    assert not is_formula(text)


def test_a_long_text_is_cut_where_it_is_quoted(small: Root, tmp_path: Path) -> None:
    small.row("parks", "rayong-zone")["note"] = "A  note. " + 500 * "Long. " + "end."
    (issue,) = bri_map.validate(small.write(tmp_path))
    assert issue.rule == "text-blank"
    assert len(issue.message) < 130


def test_every_rule_has_a_fixture() -> None:
    planted = {case.rule for case in CASES} | {fault.rule for fault in FAULTS} | {"basemap", "route"}
    assert planted == set(RULES)


def test_the_code_names_no_rule_that_is_not_defined() -> None:
    named: set[str] = set()
    for path in [*(PACKAGE / "checks").glob("*.py"), *(PACKAGE / "data").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in REPORTING or ast.unparse(node.func) == "report.add":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    named.add(str(first.value))
    assert named <= set(RULES)
    assert len(named) > 30


def test_the_rules_are_documented() -> None:
    text = (ROOT / "docs" / "validation.md").read_text("utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in text] == []
