"""`python -m bri_map` is the command `bri-map`."""

from bri_map.cli import main

main(prog_name="bri-map")
