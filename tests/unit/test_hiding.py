"""What hides a feature: the parts of the filter that have to go, and no others."""

from __future__ import annotations

import pytest

from bri_map.catalog import Catalog
from bri_map.domain.filter import Filter
from bri_map.query.hiding import hiding

PORT = "gwadar-port"


def names(catalog: Catalog, wanted: Filter, feature_id: str = PORT) -> tuple[str, ...]:
    """Give what hides a feature, and see that it is enough to lift it."""
    number = catalog.features.number(feature_id)
    found = hiding(wanted, lambda asked: bool(catalog.select(asked).mask[number]))
    assert catalog.select(wanted.without(*found)).mask[number]
    return found


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), ()),
        (Filter(country={"PAK"}), ()),
        (Filter(country={"LAO"}, sector={"ports"}), ("country",)),
        (Filter(layer={"parks"}), ("layer",)),
        (Filter(type={"agricultural"}), ("type",)),
        (Filter(layer={"parks"}, region={"oceania"}, sector={"ports"}), ("layer", "region")),
        (Filter(year=1985), ("year",)),
        (Filter(year=1985, country={"PAK"}, undated=False), ("year",)),
        (Filter(q="railway", region={"south-asia"}), ("q",)),
    ],
)
def test_what_leaves_a_feature_out_is_named(
    catalog: Catalog, wanted: Filter, expected: tuple[str, ...]
) -> None:
    assert names(catalog, wanted) == expected


def test_a_status_is_that_of_the_year(catalog: Catalog) -> None:
    railway = "china-laos-railway"
    then = str(catalog.as_of(2018)[railway])
    today = str(catalog.get(railway).values["status"])
    assert then != today, "choose another year"
    assert names(catalog, Filter(year=2018, status={then}), railway) == ()
    assert names(catalog, Filter(year=2018, status={today}), railway) == ("status",)


def test_whatever_is_asked_lifting_what_is_named_shows_it(catalog: Catalog) -> None:
    for feature_id in (PORT, "china-laos-railway", str(catalog.ids[0]), str(catalog.ids[-1])):
        for wanted in (
            Filter(type={"agricultural"}, layer={"projects"}, status={"cancelled"}, year=1990),
            Filter(q="nothing at all like that", country={"FJI"}, gauge={"1435"}),
            Filter(year=1981, undated=False),
        ):
            names(catalog, wanted, feature_id)
