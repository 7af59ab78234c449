"""Build data roots from Python values, so that a test can say in one line what is different.

Example:
    >>> root = small_root()
    >>> root.row("parks", "lao-farm")["type"] = "nonsense"
    >>> folder = root.write(tmp_path)
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bri_map.domain.tables import TABLES, Table
from bri_map.domain.vocabulary import Layer

Row = dict[str, str]
TABLE: dict[str, Table] = {table.name: table for table in TABLES}

PACKAGE: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "small-atlas",
    "title": "A small atlas",
    "version": "2031.2.3",
    "created": "2031-02-03T00:00:00Z",
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
    "attribution": "The testers",
}
WAYPOINT_COLUMNS = ("feature_id", "branch", "seq", "name", "kind", "country", "lon", "lat", "position_note")


@dataclass
class Root:
    """A data root as Python values.

    Attributes:
        package: `data/datapackage.json`.
        tables: Table name to rows; a row is column to text.
        geometry: Layer name to feature id to GeoJSON geometry.
        waypoints: Rows of `geo/waypoints.csv`.
        replaced: Place of a file to the bytes that stand in for what would be written; None leaves it out.
    """

    package: dict[str, Any]
    tables: dict[str, list[Row]]
    geometry: dict[str, dict[str, Any]]
    waypoints: list[Row]
    replaced: dict[str, bytes | None] = field(default_factory=dict)

    def row(self, table: str, key: str) -> Row:
        """Give the first row of a table whose key is this."""
        column = TABLE[table].key[0]
        return next(row for row in self.tables[table] if row[column] == key)

    def line(self, table: str, key: str) -> int:
        """Give the line of the table's file on which the first row with this key stands."""
        column = TABLE[table].key[0]
        return 2 + next(i for i, row in enumerate(self.tables[table]) if row[column] == key)

    def geometry_line(self, layer: str, feature_id: str) -> int:
        """Give the line of the layer's geometry file on which a feature stands."""
        return 2 + list(self.geometry[layer]).index(feature_id)

    def file(self, place: str) -> bytes:
        """Give a file as `write` writes it."""
        if place in self.replaced:
            return self.replaced[place] or b""
        return self._files()[place]

    def write(self, folder: Path) -> Path:
        """Write the root and give its folder."""
        for place, body in (self._files() | self.replaced).items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if body is not None:
                path.write_bytes(body)
        return folder

    def _files(self) -> dict[str, bytes | None]:
        files: dict[str, bytes | None] = {"data/datapackage.json": json.dumps(self.package).encode()}
        for name, rows in self.tables.items():
            files[f"data/{name}.csv"] = csv_bytes(TABLE[name].column_names, rows)
        for name, features in self.geometry.items():
            files[f"geo/{name}.geojson"] = geojson_bytes(features)
        files["geo/waypoints.csv"] = csv_bytes(WAYPOINT_COLUMNS, self.waypoints)
        return files


def csv_bytes(header: tuple[str, ...], rows: list[Row]) -> bytes:
    """Write a table as the data set's files are written; a row may have columns beyond the header."""
    extra = [name for row in rows[:1] for name in row if name not in header]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [*header, *extra], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def geojson_bytes(features: Mapping[str, Any]) -> bytes:
    """Write geometry as the data set's files are written: one feature a line."""
    lines = [
        json.dumps(
            {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": {}},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for feature_id, geometry in features.items()
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def point(lon: float, lat: float) -> dict[str, Any]:
    """Give a GeoJSON point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def lines(*parts: list[list[float]]) -> dict[str, Any]:
    """Give a GeoJSON line of several parts."""
    return {"type": "MultiLineString", "coordinates": list(parts)}


def _row(**values: str) -> Row:
    return dict(values)


def _feature(feature_id: str, name: str, name_zh: str, countries: str, **values: str) -> Row:
    common = {
        "id": feature_id,
        "name": name,
        "name_zh": name_zh,
        "countries": countries,
        "status": "completed",
        "status_as_of": "2020-06",
        "precision": "site",
        "position_note": "A point of the test",
        "basis": "confirmed",
    }
    return common | values


def small_root() -> Root:
    """Give a root without a fault: eleven features in five countries, one line across the antimeridian."""
    geometry: dict[str, dict[str, Any]] = {
        "corridors": {
            "pacific-route": lines(
                [[179.6, -17.0], [179.8, -17.1], [180.0, -17.2]], [[-180.0, -17.2], [-179.8, -17.3]]
            ),
            "southern-corridor": lines([[101.6, 21.2], [101.8, 21.0], [102.0, 20.8]]),
        },
        "rail": {
            "lao-line": lines([[101.7, 21.2], [102.0, 21.0]], [[102.0, 21.0], [102.1, 20.9]]),
            "thai-express": lines([[100.5, 13.75], [100.6, 14.0]]),
        },
        "projects": {
            "fiji-road": point(178.0, -17.8),
            "khorgos-hub": point(80.25, 44.2),
            "mekong-cable": lines([[102.6, 17.9], [102.7, 17.8]]),
            "nam-dam": point(102.1234, 19.5),
        },
        "parks": {
            "fiji-zone": point(178.4, -18.1),
            "lao-farm": point(102.6, 18.0),
            "rayong-zone": point(101.25, 12.7),
        },
    }
    return Root(
        package=json.loads(json.dumps(PACKAGE)),
        tables={
            "corridors": _corridors(),
            "rail": _rail(),
            "projects": _projects(),
            "parks": _parks(),
            "countries": _countries(),
            "sources": [
                _row(
                    id="ey-2020", title="A paper of 2020", publisher="EY", published="2020-07", language="en"
                ),
                _row(id="news-page", publisher="news.example", url="https://news.example/a?b=1"),
                _row(id="unused-page", title="An unused page", url="https://unused.example/"),
            ],
            "feature_sources": _feature_sources(),
            "status_history": _status_history(),
        },
        geometry=geometry,
        waypoints=_waypoints(geometry),
    )


def _corridors() -> list[Row]:
    return [
        _feature(
            "pacific-route",
            "Pacific Route",
            "太平洋航线",
            "CHN;FJI",
            kind="maritime-route",
            status="under-construction",
            precision="schematic",
        ),
        _feature(
            "southern-corridor",
            "Southern Corridor",
            "南部走廊",
            "CHN;LAO;THA",
            kind="economic-corridor",
            precision="schematic",
            announced_year="2013",
            summary="From Kunming to Bangkok.",
        ),
    ]


def _rail() -> list[Row]:
    return [
        _feature(
            "lao-line",
            "Lao Line",
            "老线",
            "CHN;LAO",
            kind="conventional",
            status_as_of="2021-12-03",
            precision="schematic",
            corridors="southern-corridor",
            length_km="100.5",
            gauge_mm="1435",
            is_electrified="true",
            cost_usd_million="5900",
            contractor="Builder One;Builder Two",
        ),
        _feature(
            "thai-express",
            "Thai Express",
            "",
            "THA",
            kind="high-speed",
            status="under-construction",
            status_as_of="",
            precision="schematic",
        ),
    ]


def _projects() -> list[Row]:
    return [
        _feature(
            "fiji-road",
            "Fiji Road",
            "斐济公路",
            "FJI",
            sector="roads-bridges",
            status="early-stage",
            precision="district",
            green_rating="unrated",
        ),
        _feature(
            "khorgos-hub",
            "Khorgos Hub",
            "霍尔果斯枢纽",
            "KAZ",
            sector="logistics",
            status="unknown",
            status_as_of="",
            precision="country",
            green_rating="green",
        ),
        _feature(
            "mekong-cable",
            "Mekong Cable",
            "湄公河光缆",
            "LAO;THA",
            sector="ict",
            precision="schematic",
            corridors="southern-corridor",
            green_rating="unrated",
            capacity="10 Tbit/s;24 fibres",
        ),
        _feature(
            "nam-dam",
            "Nam Dam",
            "南坝",
            "LAO",
            sector="energy-utilities",
            status="suspended",
            corridors="southern-corridor",
            basis="unconfirmed",
            note="Half built.",
            subsector="hydropower",
            locality="Luang Prabang",
            cost_usd_million="812.5",
            financier="A Bank",
            green_rating="red",
            summary="A dam.",
        ),
    ]


def _parks() -> list[Row]:
    return [
        _feature(
            "fiji-zone",
            "Fiji Zone",
            "",
            "FJI",
            type="unknown",
            status="cancelled",
            precision="town",
            in_ey_2020="false",
        ),
        _feature(
            "lao-farm",
            "Lao Farm",
            "老挝农场",
            "LAO",
            type="agricultural",
            corridors="southern-corridor",
            basis="source-document",
            locality="Vientiane",
            developer="Farmer A;Farmer B",
            established_year="2012",
            area_km2="1.5",
            is_operational="true",
            is_mofcom_assessed="false",
            in_ey_2020="true",
            ey_match="named",
            ey_figure6_no="7",
            main_industries="rice;maize",
        ),
        _feature(
            "rayong-zone",
            "Rayong Zóne",
            "罗勇区",
            "THA",
            type="processing-manufacturing",
            status="under-construction",
            in_ey_2020="false",
        ),
    ]


def _countries() -> list[Row]:
    return [
        _row(iso3="CHN", name="China", name_zh="中国", region="east-asia", basis="confirmed"),
        _row(iso3="FJI", name="Fiji", name_zh="斐济", region="oceania", basis="confirmed"),
        _row(iso3="KAZ", name="Kazakhstan", name_zh="哈萨克斯坦", region="central-asia", basis="confirmed"),
        _row(
            iso3="LAO",
            name="Laos",
            name_zh="老挝",
            region="southeast-asia",
            basis="confirmed",
            bri_partner="true",
            source_url="https://partner.example/",
        ),
        _row(iso3="THA", name="Thailand", name_zh="泰国", region="southeast-asia", basis="confirmed"),
    ]


def _feature_sources() -> list[Row]:
    links = [
        ("fiji-road", "news-page", ""),
        ("fiji-zone", "news-page", ""),
        ("khorgos-hub", "news-page", ""),
        ("lao-farm", "ey-2020", "figure 6"),
        ("lao-farm", "ey-2020", "figure 8"),
        ("lao-farm", "news-page", ""),
        ("lao-line", "news-page", ""),
        ("mekong-cable", "news-page", ""),
        ("nam-dam", "news-page", ""),
        ("pacific-route", "news-page", ""),
        ("rayong-zone", "ey-2020", "figure 6"),
        ("southern-corridor", "news-page", ""),
        ("thai-express", "news-page", ""),
    ]
    return [_row(feature_id=f, source_id=s, locator=locator) for f, s, locator in links]


def _status_history() -> list[Row]:
    return [
        _row(
            feature_id="nam-dam",
            date="2015",
            status="under-construction",
            event="Work began",
            source_id="news-page",
        ),
        _row(feature_id="nam-dam", date="2018-05-01", status="suspended", event="Work stopped"),
    ]


def _waypoints(geometry: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """Give waypoints from which the lines are built as they stand: every leg is short and straight."""
    rows: list[Row] = []
    for features in geometry.values():
        for feature_id, shape in features.items():
            if shape["type"] == "Point":
                continue
            for number, part in enumerate(_whole(shape["coordinates"]), 1):
                branch = "main" if number == 1 else f"branch-{number}"
                rows += [
                    _row(
                        feature_id=feature_id,
                        branch=branch,
                        seq=str(seq),
                        name=f"Stop {seq}",
                        kind="place",
                        lon=str(lon),
                        lat=str(lat),
                    )
                    for seq, (lon, lat) in enumerate(part, 1)
                ]
    return sorted(rows, key=lambda row: row["feature_id"])


def _whole(parts: list[list[list[float]]]) -> list[list[list[float]]]:
    """Join parts that were cut at the antimeridian, without the two positions of the cut."""
    joined = [list(parts[0])]
    for part in parts[1:]:
        if abs(part[0][0]) == 180.0 and abs(joined[-1][-1][0]) == 180.0:
            joined[-1] = joined[-1][:-1] + part[1:]
        else:
            joined.append(list(part))
    return joined


def layer_ids(root: Root) -> dict[Layer, list[str]]:
    """Give the ids of each layer in the root, sorted."""
    return {layer: sorted(row["id"] for row in root.tables[layer.value]) for layer in Layer}
