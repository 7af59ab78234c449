"""Search over features, countries and towns, in English, Chinese and pinyin."""

from bri_map.search.index import Searched
from bri_map.search.searcher import MAX_HITS, Hit, Searcher, SearchResult

__all__ = ["MAX_HITS", "Hit", "SearchResult", "Searched", "Searcher"]
