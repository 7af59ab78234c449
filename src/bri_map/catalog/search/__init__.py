"""Search over features, countries and towns, in English, Chinese and pinyin."""

from bri_map.catalog.search.searcher import MAX_HITS, Hit, Searcher, SearchResult

__all__ = ["MAX_HITS", "Hit", "SearchResult", "Searcher"]
