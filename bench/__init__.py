"""Benchmarks of the atlas: `make bench`, or `python -m bench --help`."""
