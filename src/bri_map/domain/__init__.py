"""Vocabularies, columns, filters and reports: the nouns of the atlas, free of any library."""
