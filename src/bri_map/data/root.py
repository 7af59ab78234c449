"""Where the data is: the data root and the files in it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bri_map.domain.layer import LayerId
from bri_map.errors import DataError

ENVIRONMENT_VARIABLE = "BRI_MAP_DATA"
UNSOURCED = "background-knowledge"
"""Source that stands where no publication was found."""
EDITORS = "bri-map-editors"
"""Source of what the editors of the data judge themselves."""
_PACKAGE = Path(__file__).resolve().parents[1]


def bundled_directory() -> Path:
    """Give the folder with `data/`, `geo/`, `pages/` and `app.py`.

    That is the checkout when the package runs from one, else the copy inside the installed package.
    """
    checkout = _PACKAGE.parents[1]
    return checkout if (checkout / "data" / "datapackage.json").is_file() else _PACKAGE / "bundle"


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """Name and terms of a data set, from its `data/datapackage.json`.

    Attributes:
        name: Short name.
        title: Full title.
        version: Version of the data.
        date: Day of that version, YYYY-MM-DD.
        licence: SPDX-like name of the licence of the compilation.
        licence_url: Its address.
        attribution: Credit line for those who reuse the data.
        description: What it is.
        keywords: Words by which it is found.
        creators: Who made it.
        sources: What it is based on, each with `title` and where known `path`.
    """

    name: str
    title: str
    version: str
    date: str
    licence: str
    licence_url: str
    attribution: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    sources: tuple[dict[str, str], ...] = ()


def _day(created: object) -> str:
    text = str(created)[:10]
    try:
        date.fromisoformat(text)
    except ValueError:
        raise DataError(
            f"data/datapackage.json: created is {created!r}, not a date. Write it as 2026-11-25T00:00:00Z."
        ) from None
    return text


@dataclass(frozen=True, slots=True)
class DataRoot:
    """A folder that holds `data/` and `geo/`."""

    path: Path

    @classmethod
    def find(cls, path: str | os.PathLike[str] | None = None) -> DataRoot:
        """Choose the data root: the argument, else `BRI_MAP_DATA`, else the data shipped.

        Raises:
            DataError: The folder does not hold `data/` and `geo/`.
        """
        given = os.fspath(path) if path is not None else os.environ.get(ENVIRONMENT_VARIABLE, "")
        folder = Path(given).expanduser() if given else bundled_directory()
        for part in ("data", "geo"):
            if not (folder / part).is_dir():
                origin = "" if path is not None or not given else f" ({ENVIRONMENT_VARIABLE})"
                raise DataError(
                    f"{folder}{origin} is not a data root: it has no folder {part}/. "
                    "Give a folder that holds data/ and geo/."
                )
        return cls(folder)

    def file(self, relative: str) -> Path:
        """Give the path of a file by its place inside the root."""
        return self.path / relative

    def geometry_file(self, layer: LayerId) -> str:
        """Give the place of a layer's geometry inside the root."""
        return f"geo/{layer}.geojson"

    def basemap_directory(self) -> Path:
        """Give the folder of the basemap; a root without one uses the basemap shipped."""
        own = self.path / "geo" / "basemap"
        return own if own.is_dir() else bundled_directory() / "geo" / "basemap"

    def info(self) -> DatasetInfo:
        """Read name, version, date and licence of the data set.

        Raises:
            DataError: `data/datapackage.json` is missing, no JSON, or lacks one of them.
        """
        file = "data/datapackage.json"
        try:
            package = json.loads(self.file(file).read_text("utf-8"))
            licence = package["licenses"][0]
            return DatasetInfo(
                name=str(package["name"]),
                title=str(package["title"]),
                version=str(package["version"]),
                date=_day(package["created"]),
                licence=str(licence["name"]),
                licence_url=str(licence["path"]),
                attribution=str(package["attribution"]),
                description=str(package.get("description", "")),
                keywords=tuple(map(str, package.get("keywords", ()))),
                creators=tuple(str(person["title"]) for person in package.get("contributors", ())),
                sources=tuple(dict(source) for source in package.get("sources", ())),
            )
        except OSError as error:
            raise DataError(f"{file} cannot be read: {error.strerror}. Restore it.") from error
        except ValueError as error:
            raise DataError(f"{file} is not valid JSON: {error}. Correct it.") from error
        except (KeyError, IndexError, TypeError) as error:
            raise DataError(f"{file} lacks {error}. Add it.") from error
