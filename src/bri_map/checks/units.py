"""Which unit measures what, and how large it is."""

from __future__ import annotations

import re

from bri_map.domain.vocabulary import Measure

AREA = {
    "km2": 1.0,
    "ha": 0.01,
    "m2": 1e-6,
    "acres": 0.00404686,
    "mu": 1 / 1500,
    "sq ft": 9.2903e-8,
    "arpents": 0.0042208,
    "bigha": 0.0067726,
    "kanal": 0.00050586,
    "hm2": 0.01,
}
"""Unit of an area to square kilometres; the bigha is that of Nepal."""
LENGTH = {"km": 1.0, "m": 0.001, "mi": 1.609344, "nautical miles": 1.852}
"""Unit of a length to kilometres."""
POWER = {"MW": 1.0, "kW": 0.001, "GW": 1000.0}
"""Unit of power to megawatts."""
_ENERGY = frozenset({"GWh/year", "GWh", "MWh/year", "TWh/year", "million kWh/year"})
_FLOW = re.compile(
    r"(?:t|m3|billion m3|million m3|barrels|TEU|passengers|people|vehicles|visitors|vessels|trains|pallets"
    r"|GVA|[a-z][a-z ]+)/(?:year|day|h)"
)
_THINGS = re.compile(r"[a-z][a-zA-Z0-9 /-]*")
_PEOPLE = frozenset({"people", "people/day", "people/year"})
UNITS: dict[str, frozenset[str]] = {
    Measure.CAPACITY: frozenset(POWER)
    | {"DWT", "GT", "MVA", "Tbit/s", "Gbit/s", "passengers", "people"}
    | {"spindles", "TEU", "t"},
    Measure.OUTPUT: _ENERGY | {"t", "t/year", "t/day"},
    Measure.THROUGHPUT: _ENERGY | {"TEU", "passengers", "trains", "vehicles", "t"},
    Measure.STORAGE: frozenset({"m3", "billion m3", "million m3", "million acre-feet", "t", "books", "TEU"})
    | {"pallet places", "MWh"},
    Measure.LENGTH: frozenset(LENGTH),
    Measure.HEIGHT: frozenset({"m"}),
    Measure.DEPTH: frozenset({"m"}),
    Measure.AREA: frozenset(AREA),
    Measure.FLOOR_AREA: frozenset({"m2", "sq ft"}),
    Measure.SPEED: frozenset({"km/h"}),
    Measure.VOLTAGE: frozenset({"kV"}),
    Measure.JOBS: _PEOPLE,
    Measure.FIRMS: frozenset({"firms", "factories", "projects"}),
    Measure.TRAINEES: _PEOPLE,
    Measure.BEDS: frozenset({"beds"}),
    Measure.SEATS: frozenset({"seats"}),
    Measure.PEOPLE: _PEOPLE,
    Measure.HOUSEHOLDS: frozenset({"households"}),
}
"""Measure to its units; flows and things that are counted have more."""
_FLOWS = frozenset({Measure.CAPACITY, Measure.THROUGHPUT, Measure.OUTPUT})
_OWN = frozenset().union(*(UNITS[m] for m in UNITS if m not in _FLOWS))


def is_unit_of(measure: str, unit: str) -> bool:
    """Tell whether a unit can measure that.

    Args:
        measure: Code of the vocabulary `measure`; what is none has its own fault.
        unit: As written in the data.
    """
    if measure in UNITS and unit in UNITS[measure]:
        return True
    if measure in _FLOWS:
        return unit not in _ENERGY and _FLOW.fullmatch(unit) is not None
    if measure == Measure.UNITS:
        return unit not in _OWN - {"projects", "factories"} and _THINGS.fullmatch(unit) is not None
    return measure not in UNITS
