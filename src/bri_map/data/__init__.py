"""A data root on disk: the only package that opens its files."""
