"""Search over features, countries, towns, events and sources, in English, Chinese and pinyin."""

from bri_map.search.hits import Hit
from bri_map.search.searcher import Searcher, SearchResult
from bri_map.search.things import Searched

__all__ = ["Hit", "SearchResult", "Searched", "Searcher"]
