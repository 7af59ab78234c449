"""Search over features, countries and towns, in English, Chinese and pinyin."""

from bri_map.search.searcher import Hit, Searcher, SearchResult
from bri_map.search.things import Searched

__all__ = ["Hit", "SearchResult", "Searched", "Searcher"]
