"""The picture of a history: every dated event once, in order, inside the picture."""

from __future__ import annotations

from bri_map.catalog import load
from bri_map.ui.status_chart import status_chart

CATALOG = load()


def test_every_history_fits_into_its_picture() -> None:
    drawn = 0
    for feature_id in CATALOG.ids:
        history = CATALOG.get(feature_id).history
        dated = [event for event in history if event.date]
        chart = status_chart([(event, event.event) for event in history], CATALOG.info.date)
        if len(dated) < 2:
            assert chart is None
            continue
        assert chart is not None
        drawn += 1
        assert [dot.status for dot in chart.dots] == [event.status for event in dated]
        places = [dot.x for dot in chart.dots]
        assert places == sorted(places)
        assert 0 <= places[0] <= places[-1] <= 100
        assert all(0 < run.width <= 100 - run.x for run in chart.runs)
        years = [year for _, year in chart.ticks]
        assert years == sorted(set(years))
        assert [x for x, _ in chart.ticks] == sorted(x for x, _ in chart.ticks)
    assert drawn > 200
