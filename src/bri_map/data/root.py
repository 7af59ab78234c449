"""Where the data is: the data root and the places of the files in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bri_map.data.dataset import DatasetInfo, dataset_info, read_head
from bri_map.data.files import RootFiles
from bri_map.data.reasons import reason_of
from bri_map.domain.layer import LayerId
from bri_map.errors import DataError
from bri_map.i18n.sentences import say

ENVIRONMENT_VARIABLE = "BRI_MAP_DATA"
UNSOURCED = "background-knowledge"
"""Source that stands where no publication was found."""
EDITORS = "bri-map-editors"
"""Source of what the editors of the data judge themselves."""
_PACKAGE = Path(__file__).resolve().parents[1]


def checkout_directory() -> Path | None:
    """Give the folder of the checkout that the package runs from; None when it is installed."""
    folder = _PACKAGE.parents[1]
    return folder if (folder / "data" / "datapackage.json").is_file() else None


def bundled_directory() -> Path:
    """Give the folder with `data/`, `geo/`, `pages/` and `app.py`.

    That is the checkout when the package runs from one, else the copy inside the installed package.
    """
    return checkout_directory() or _PACKAGE / "bundle"


@dataclass(frozen=True, slots=True)
class DataRoot:
    """A folder that holds `data/` and `geo/`."""

    path: Path

    @classmethod
    def find(cls, path: str | os.PathLike[str] | None = None, *, option: str = "") -> DataRoot:
        """Choose the data root: the argument, else `BRI_MAP_DATA`, else the data shipped.

        Args:
            path: The folder.
            option: How the argument is called where it was given, for what is said of it.

        Raises:
            DataError: The folder does not hold `data/` and `geo/`.
        """
        given = os.fspath(path) if path is not None else os.environ.get(ENVIRONMENT_VARIABLE, "")
        origin = option if path is not None else ENVIRONMENT_VARIABLE
        shown = f"{given} ({origin})" if given and origin else given
        try:
            folder = Path(given).expanduser() if given else bundled_directory()
            if folder.is_file():
                raise DataError(say("fault.root_file", path=shown))
            for part in ("data", "geo"):
                if not (folder / part).is_dir():
                    raise DataError(say("fault.root_folder", path=shown or folder, part=part))
        except (OSError, RuntimeError, ValueError) as error:
            raise DataError(say("fault.root", path=shown, error=reason_of(error))) from error
        return cls(folder)

    def files(self, *, keeps: bool = False) -> RootFiles:
        """Give the door to the files; see `RootFiles`."""
        return RootFiles(self.path, keeps)

    def geometry_file(self, layer: LayerId) -> str:
        """Give the place of a layer's geometry inside the root."""
        return f"geo/{layer}.geojson"

    def basemap_directory(self) -> Path:
        """Give the folder of the basemap; a root without one uses the basemap shipped."""
        own = self.path / "geo" / "basemap"
        try:
            return own if own.is_dir() else bundled_directory() / "geo" / "basemap"
        except PermissionError:  # then its faults are told by who reads it
            return own

    def info(self) -> DatasetInfo:
        """Read name, version, date and licence of the data set.

        Raises:
            DataError: `data/datapackage.json` is missing, no JSON, or lacks one of them.
        """
        return dataset_info(read_head(self.files()))
