"""Search over features, countries and towns, in English, Chinese and pinyin."""

from bri_map.search.index import Searched
from bri_map.search.searcher import Hit, Searcher, SearchResult

__all__ = ["Hit", "SearchResult", "Searched", "Searcher"]
