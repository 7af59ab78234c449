"""All that a reader has chosen, as one value, and how it is written into a link and read from one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bri_map.app.linked import feature_by_id
from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.domain.identifiers import Match, scheme_of
from bri_map.domain.names import ORIGINAL
from bri_map.domain.ranges import RANGES, Range
from bri_map.errors import FilterError
from bri_map.i18n import Messages, language_among, language_of, languages, messages
from bri_map.maps.display import Display
from bri_map.query.identified import identified
from bri_map.tabulation.view import TableView

Params = Mapping[str, Sequence[str]]
"""Parameters of a link: name to values."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen.

    Attributes:
        filter: Which features are wanted.
        display: How the map is shown; its theme counts for nothing, see `theme`.
        language: Language of the interface.
        selected: Id of the feature whose details are open, or None.
        theme: The theme that a link has asked for, or None for the reader's own.
        table: How the table of features is shown.
    """

    filter: Filter = field(default_factory=Filter)
    display: Display = field(default_factory=Display)
    language: str = ORIGINAL
    selected: str | None = None
    theme: str | None = None
    table: TableView = field(default_factory=TableView)

    def to_params(self) -> dict[str, list[str]]:
        """Give all that is chosen as parameters of a link; the viewport is the map's own."""
        display = self.display.to_params()
        display.pop("theme", None)
        params = self.filter.to_params() | display
        if self.theme is not None:
            params["theme"] = [self.theme]
        params |= self.table.to_params()
        if self.selected is not None:
            params["id"] = [self.selected]
        params["lang"] = [self.language]
        return params


@dataclass(frozen=True, slots=True)
class Reading:
    """What a link asks for.

    Attributes:
        choices: What could be understood.
        notices: A sentence for each part that could not, in the language of the choices.
    """

    choices: Choices
    notices: tuple[str, ...]


def read_link(params: Params, catalog: Catalog, locale: str) -> Reading:
    """Read a link, whatever stands in it. Parameters under names that are not ours are nobody's business.

    Args:
        params: Its parameters.
        catalog: Says which ids exist and what years are told of.
        locale: What the reader's browser prefers, such as `zh-CN`; counts where the link names no language.
    """
    language = read_language(params, locale)
    wanted, left_out = Filter.from_params(params, catalog.known())
    display, not_shown = Display.from_params(params)
    theme = display.theme if "theme" in params and "theme" not in dict(not_shown) else None
    selected, about_id = _read_selected(params, catalog, language)
    table, not_listed = TableView.from_params(params)
    fitting, about_year = _within_years(wanted, catalog, language)
    notices = [
        *_about_filter(left_out, language),
        *about_year,
        *(_about("display", name, value, language) for name, value in not_shown),
        *(_about("table_page", name, value, language) for name, value in not_listed),
        *about_id,
        *_about_language(params, language),
    ]
    return Reading(Choices(fitting, display, language, selected, theme, table), tuple(notices))


def fit(choices: Choices, catalog: Catalog) -> Reading:
    """Bring choices into line with a catalog that they were not made for, as when the data are read anew."""
    wanted, left_out = Filter.from_params(choices.filter.to_params(), catalog.known())
    wanted, about_year = _within_years(wanted, catalog, choices.language)
    notices = [
        _text(
            choices.language, "notice.gone", facet=_text(choices.language, f"facet.{name}"), value=repr(value)
        )
        for name, value in left_out
    ]
    notices += about_year
    selected = choices.selected
    if selected is not None and selected not in catalog.features:
        selected = catalog.successor(selected)
        if selected is None:
            notices.append(_text(choices.language, "notice.id", value=repr(choices.selected)))
    return Reading(replace(choices, filter=wanted, selected=selected), tuple(notices))


def read_language(params: Params, locale: str) -> str:
    """Choose the language: the link's, else the browser's, else English; a tag such as `zh-TW` will do."""
    return language_among(*params.get("lang", ())[:1], locale)


def _read_selected(params: Params, catalog: Catalog, language: str) -> tuple[str | None, list[str]]:
    """Read which feature is open, with what is to be said about its id."""
    for asked in params.get("id", ())[:1]:
        found = feature_by_id(asked, catalog)
        if found is None:
            return None, [_text(language, "notice.id", value=repr(asked[:60]))]
        if found == asked.strip().lower():
            return found, []
        name = catalog.name(found, language)
        return found, [_text(language, "notice.retired", value=repr(asked[:60]), name=name)]
    for asked in params.get("ref", ())[:1]:
        return _read_identifier(asked, catalog, language)
    return None, []


def _read_identifier(asked: str, catalog: Catalog, language: str) -> tuple[str | None, list[str]]:
    """Read which feature is meant by what another database calls it."""
    try:
        found = identified(catalog.features, catalog.table("identifiers"), asked)
    except FilterError:
        is_ours = scheme_of(asked) is not None  # others say there who sent a reader
        return None, [_text(language, "notice.ref_form", value=repr(asked[:60]))] if is_ours else []
    if not found:
        return None, [_text(language, "notice.ref", value=repr(asked[:60]))]
    first, *others = found
    m = messages(language)
    notices = []
    if first.match != Match.SAME:
        match = m.code("identifier_match", first.match)
        notices.append(m.text("notice.ref_match", value=repr(asked[:60]), match=match))
    if others:
        names = m.locale.listed(catalog.name(one.feature_id, language) for one in others)
        notices.append(m.text("notice.ref_more", value=repr(asked[:60]), names=names))
    return first.feature_id, notices


def _within_years(wanted: Filter, catalog: Catalog, language: str) -> tuple[Filter, list[str]]:
    """Bring the year of a filter between the first and the last one that the data tell of."""
    first, last = catalog.years[0], catalog.years[-1]
    if wanted.year is None or first <= wanted.year <= last:
        return wanted, []
    notice = _text(language, "notice.year", year=str(wanted.year), first=str(first), last=str(last))
    return replace(wanted, year=min(max(wanted.year, first), last)), [notice]


def _about_filter(left_out: Sequence[tuple[str, str]], language: str) -> Iterator[str]:
    for name, value in left_out:
        if name == "q":
            yield _text(language, "notice.text")
        elif name in RANGES:
            yield _about_span(RANGES[name], value, messages(language))
        else:
            yield _about("facet", name, value, language)


def _about_span(asked: Range, value: str, m: Messages) -> str:
    """Say that a value is no span, and how one is written."""
    facet = m[f"facet.{asked.name}"]
    if asked.is_date:
        return m.text("notice.dates", facet=facet, value=repr(value))
    facet = m.locale.with_aside(facet, [m.code("unit", asked.unit)] if asked.unit else [])
    return m.text("notice.numbers", facet=facet, value=repr(value))


def _about(family: str, name: str, value: str, language: str) -> str:
    return _text(language, "notice.code", facet=_text(language, f"{family}.{name}"), value=repr(value))


def _about_language(params: Params, language: str) -> Iterator[str]:
    offered = messages(language).locale.listed(messages(code)["language.name"] for code in languages())
    for tag in params.get("lang", ()):
        if language_of(tag) is None:
            yield _text(language, "notice.lang", value=repr(tag[:20]), languages=offered)


def _text(language: str, key: str, **values: str) -> str:
    return messages(language).text(key, **values)
