"""The tests of bri-map."""
