"""Read a data root and collect its faults."""

from __future__ import annotations

import os

from bri_map.checks.context import Context
from bri_map.checks.integrity import check_catalog
from bri_map.data.dataset import DESCRIPTOR
from bri_map.data.reading import RootContent, read_root
from bri_map.data.root import DataRoot
from bri_map.domain.layers import LAYERS
from bri_map.errors import DataError
from bri_map.i18n.sentences import say
from bri_map.report import Report


def read_checked(root: DataRoot, report: Report, *, keeps: bool = False) -> RootContent:
    """Read a data root and collect every fault of tables and geometry that would keep it from being used."""
    content = read_root(root, report, keeps=keeps)
    files = {layer: root.geometry_file(layer) for layer in LAYERS}
    check_catalog(content.tables, content.geometry, files, report)
    return content


def validate(path: str | os.PathLike[str] | DataRoot | None = None) -> Report:
    """Check a data root by every rule and collect every fault.

    Raises:
        DataError: The folder is no data root at all.
    """
    from bri_map.checks.quality import check_quality  # a server that only reads needs none of these rules

    root = path if isinstance(path, DataRoot) else DataRoot.find(path)
    report = Report()
    content = read_checked(root, report, keeps=True)
    today = ""
    try:
        today = content.info.date
    except DataError as error:
        report.add("datapackage", error.message, say("remedy.descriptor"), file=DESCRIPTOR)
    check_quality(Context.after_reading(content, today, report))
    return report.sorted()
