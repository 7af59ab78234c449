"""Files that the pages load beside the map's: the same for every data root, also for one with faults."""

from __future__ import annotations

from functools import cache

from bri_map.app.assets import PREFIX, UP, Asset, AssetFiles
from bri_map.browser import page_parts


@cache
def _files() -> tuple[AssetFiles, str]:
    files = AssetFiles()
    address = files.add("page", "js", page_parts().encode(), "text/javascript")
    return files, address.removeprefix(UP)


def page_file(address: str) -> Asset | None:
    """Give a file by its address below `PREFIX`."""
    return _files()[0].by_address.get(address)


def parts_address() -> str:
    """Give the address of the module with the parts of the page, relative to a page."""
    return f"./{PREFIX}/{_files()[1]}"
