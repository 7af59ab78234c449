"""Search takes whatever is typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bri_map.catalog import Catalog

NAMES = st.sampled_from(
    ["Gwadar Port", "中老铁路", "Côte d'Ivoire", "zhonglao tielu", "Addis Ababa-Djibouti"]
)
TYPED = st.text(max_size=40) | st.builds("".join, st.lists(NAMES | st.characters(), max_size=4))


@given(text=TYPED, limit=st.integers(1, 50))
def test_any_text_gives_hits_in_order(text: str, limit: int, catalog: Catalog) -> None:
    result = catalog.search(text[:200], limit)
    scores = [hit.score for hit in result.hits]
    assert len(scores) <= limit
    assert scores == sorted(scores, reverse=True)
    assert len({(hit.group, hit.id) for hit in result.hits}) == len(scores)
    for hit in result.hits:
        _, south, _, north = hit.bbox
        assert -90 <= south < north <= 90


@given(name=st.sampled_from(["gwadar port", "hambantota", "kyaukphyu", "addis ababa"]), data=st.data())
def test_swapping_two_letters_is_forgiven(name: str, data: st.DataObject, catalog: Catalog) -> None:
    at = data.draw(st.integers(1, len(name) - 2))
    typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    wanted = {hit.id for hit in catalog.search(name, 5).hits}
    assert wanted & {hit.id for hit in catalog.search(typed, 5).hits}, typed
