"""Browser tests: the running app, driven as a visitor drives it."""
