"""Geometry on the globe; knows no feature."""
