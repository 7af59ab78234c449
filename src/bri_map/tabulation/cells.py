"""What stands in a column of the table of features: the text of the data, and the words of a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.layer import LayerId
from bri_map.domain.layers import LAYER_TABLES, LAYERS, MEMBERSHIP_COLUMN
from bri_map.domain.place import KM_DECIMALS
from bri_map.domain.shared_columns import DISPUTED, DISTANCE, DOCUMENTS
from bri_map.domain.table import LIST_SEPARATOR, Column, Kind
from bri_map.evidence.translations import Wording
from bri_map.i18n import Messages
from bri_map.tabulation.columns import every_column, label_of
from bri_map.tabulation.ranked import Numbers, PerCatalog

MAX_COUNTRIES = 2
"""Countries that a row names in full; of more it names one and says how many follow."""
_MEASURE = re.compile(r"(?P<measure>\S+) (?P<value>\S+) (?P<unit>.*?)(?: \((?P<scope>.*)\))?")
"""As `derive.measure_text` writes it."""
Say = Callable[[str], str]
_organisations = PerCatalog(8)


class Cells:
    """The cells of features in a language.

    Args:
        catalog: Where the features come from.
        messages: The words of the interface.
        wanted: The filter; a year in it is that of the statuses, a place that from which distances are.
    """

    def __init__(self, catalog: Catalog, messages: Messages, wanted: Filter) -> None:
        self._catalog = catalog
        self._m = messages
        self._year = wanted.year
        self._near = wanted.near
        self._say = Wording(catalog.translations, messages)

    def texts(self, name: str, layer: LayerId, at: Numbers | None = None) -> pd.Series:
        """Give a column of a layer as text, empty where there is no value.

        Args:
            name: Name of the column.
            layer: The layer.
            at: Places in the layer; all by default.
        """
        rows = self._catalog.rows(layer)
        index = rows.index if at is None else rows.index[at]
        special = self._special(name, layer, at)
        if special is not None:
            return pd.Series(special, index=index, dtype="str")
        if name not in rows or layer not in every_column()[name].layers:
            return pd.Series("", index=index, dtype="str")
        cells = rows[name] if at is None else rows[name].take(at)
        if name == "status_since" and self._year is not None:
            return cells.where(cells.str[:4] <= str(self._year), "")
        return cells

    def _special(self, name: str, layer: LayerId, at: Numbers | None) -> Sequence[str] | pd.Series | None:
        """Give the cells of a column that is not as it stands in the table; None for any other."""
        rows = self._catalog.rows(layer)
        taken = rows if at is None else rows.take(at)
        match name:
            case "layer":
                return [layer] * len(taken)
            case "kind":
                return taken[LAYERS[layer].kind_column]
            case "name":
                return self._catalog.naming.shown(taken, self._m.language)
            case "regions":
                countries = taken["countries"]
                return countries.map({cell: self._regions(cell) for cell in countries.unique()})
            case "sources":
                return [str(len(ids)) for ids in self._catalog.source_ids(layer, at)]
            case DISTANCE.name:
                return self._distances(layer, at)
            case "status" if self._year is not None:
                part = self._catalog.slices[layer]
                statuses = self._catalog.engine.statuses(self._year)[part]
                return list(statuses if at is None else statuses[at])
        return None

    def _distances(self, layer: LayerId, at: Numbers | None) -> list[str]:
        """Give the kilometres from the place that is asked for, empty beyond the distance."""
        part = self._catalog.slices[layer]
        if self._near is None:
            return [""] * (part.stop - part.start if at is None else len(at))
        km = self._catalog.engine.places.distances(self._near)[part]
        return [
            "" if found == np.inf else f"{found:.{KM_DECIMALS}f}" for found in (km if at is None else km[at])
        ]

    def _regions(self, countries: str) -> str:
        return LIST_SEPARATOR.join(self._catalog.regions(tuple(countries.split(LIST_SEPARATOR))))

    def words(
        self, name: str, layer: LayerId, at: Numbers | None = None, *, whole: bool = False
    ) -> list[str]:
        """Give a column of a layer in words, empty where there is no value.

        Args:
            name: Name of the column.
            layer: The layer.
            at: Places in the layer; all by default.
            whole: Whether every country is named, and numbers and dates are as a spreadsheet reads them.
        """
        cells = self.texts(name, layer, at)
        own = self._translated(name, layer, cells, at)
        if own is not None:
            return own
        say = self._say_of(name, layer, whole)
        said: dict[str, str] = {"": ""}
        return [said[cell] if cell in said else said.setdefault(cell, say(cell)) for cell in cells]

    def _translated(
        self, name: str, layer: LayerId, cells: pd.Series, at: Numbers | None
    ) -> list[str] | None:
        """Give the words of a column whose translations belong to features; None for any other."""
        table = LAYER_TABLES[layer]
        column = _column(name, layer)
        if column is None or not (column.is_translated or name == "measures"):
            return None
        ids = self._catalog.rows(layer)["id"]
        pairs = zip(ids if at is None else ids.take(at), cells, strict=True)
        if name == "measures":
            return [self._m.locale.listed(self._measures(thing, cell)) for thing, cell in pairs]
        return [self._say.part(cell, thing, column, table.name) if cell else "" for thing, cell in pairs]

    def _measures(self, thing: str, cell: str) -> Iterator[str]:
        for part in filter(None, cell.split(LIST_SEPARATOR)):
            found = _MEASURE.fullmatch(part)
            if found is None:
                yield part
                continue
            unit = self._say(found["unit"], thing, "unit", "measures")
            scope = self._say(found["scope"] or "", thing, "scope", "measures")
            value = self._m.locale.quantity(number_in(found["value"]), found["unit"], unit)
            said = self._m.locale.labelled(self._m.code("measure", found["measure"]), value)
            yield self._m.locale.with_aside(said, [scope])

    def _say_of(self, name: str, layer: LayerId, whole: bool) -> Say:
        """Give what puts a cell of a column into words, the same for every feature."""
        m = self._m
        special: dict[str, Say] = {
            "layer": lambda cell: m.code("layer", cell),
            "kind": lambda cell: m.code(LAYERS[layer].kind_vocabulary, cell),
            "countries": lambda cell: self._countries(cell, whole),
            "regions": lambda cell: m.locale.listed(m.code("region", code) for code in _parts(cell)),
            MEMBERSHIP_COLUMN: lambda cell: m.locale.listed(
                self._catalog.name(code, m.language) for code in _parts(cell)
            ),
            DISPUTED.name: lambda cell: m.locale.listed(m[label_of(field)] for field in _parts(cell)),
            DOCUMENTS.name: lambda cell: m.locale.listed(
                self._catalog.citation(code).title for code in _parts(cell)
            ),
        }
        column = _column(name, layer)
        if name in special or column is None:
            return special.get(name, str)
        if every_column()[name].group == "organisations":
            called = self._organisations()
            return lambda cell: m.locale.listed(called.get(part, part) for part in _parts(cell))
        return self._say_kind(column, whole)

    def _say_kind(self, column: Column, whole: bool) -> Say:
        m, vocabulary = self._m, column.vocabulary
        if vocabulary:
            return lambda cell: m.locale.listed(m.code(vocabulary, code) for code in _parts(cell))
        if column.kind is Kind.BOOLEAN:
            return lambda cell: m.text(f"value.{'true' if cell == 'true' else 'false'}")
        if column.kind is Kind.DATE and not whole:
            return m.locale.date
        if column.unit and not whole:
            return lambda cell: m.locale.number(number_in(cell))
        if column.is_list:
            return lambda cell: m.locale.listed(_parts(cell))
        return str

    def _countries(self, cell: str, whole: bool) -> str:
        names = [self._catalog.country_name(iso3, self._m.language) for iso3 in _parts(cell)]
        if whole or len(names) <= MAX_COUNTRIES:
            return self._m.locale.listed(names)
        return self._m.text("table_page.countries", name=names[0], n=len(names) - 1, total=len(names))

    def _organisations(self) -> dict[str, str]:
        """Give the name of each organisation in the language, by its English one."""

        def named() -> dict[str, str]:
            table = self._catalog.table("organisations")
            names = self._catalog.naming.by_id(table, "id").values()
            return {known.original: known[self._m.language] for known in names}

        called: dict[str, str] = _organisations.get(self._catalog, self._m.language, named)
        return called


def _column(name: str, layer: LayerId) -> Column | None:
    """Give the column of a layer's table that is shown under a name."""
    if name == DISTANCE.name:
        return DISTANCE
    return next((column for column in LAYER_TABLES[layer].fields if column.name == name), None)


def _parts(cell: str) -> list[str]:
    return cell.split(LIST_SEPARATOR)


def number_in(cell: str) -> int | float:
    """Read a number, a whole one as such."""
    value = float(cell)
    return int(value) if value.is_integer() else value


def empty_in(cells: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which cells have no value."""
    return np.asarray(cells == "", dtype=bool)
