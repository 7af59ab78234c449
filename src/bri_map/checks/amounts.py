"""Amounts in texts, and money of any currency in US dollars, as near as a comparison by tens needs."""

from __future__ import annotations

import re
from collections.abc import Iterable

PER_DOLLAR: dict[str, float] = {
    "AED": 3.67,
    "AUD": 1.4,
    "BDT": 85,
    "BND": 1.36,
    "BRL": 4,
    "CAD": 1.3,
    "CHF": 0.95,
    "CNY": 6.8,
    "DZD": 120,
    "EGP": 18,
    "ETB": 35,
    "EUR": 0.88,
    "GBP": 0.75,
    "HKD": 7.8,
    "HRK": 6.6,
    "HUF": 300,
    "IDR": 14_500,
    "ILS": 3.5,
    "INR": 72,
    "JPY": 115,
    "KES": 110,
    "KWD": 0.305,
    "KZT": 400,
    "LKR": 185,
    "MAD": 9.5,
    "MUR": 38,
    "MYR": 4.2,
    "NAD": 15,
    "NPR": 118,
    "OMR": 0.385,
    "PHP": 52,
    "PKR": 160,
    "QAR": 3.64,
    "RUB": 68,
    "SAR": 3.75,
    "SGD": 1.36,
    "THB": 33,
    "TTD": 6.75,
    "TZS": 2_300,
    "UAH": 27,
    "VND": 23_000,
    "VUV": 115,
    "XAF": 580,
    "XCD": 2.7,
    "XOF": 580,
    "ZAR": 15,
}
"""Units of a currency for one US dollar in the years of the Belt and Road, give or take a factor of two."""
_CURRENCIES = {"us$": "USD", "usd": "USD", "$": "USD", "us dollars": "USD", "rmb": "CNY", "cny": "CNY"}
_CURRENCIES |= {"yuan": "CNY", "eur": "EUR", "€": "EUR", "euro": "EUR", "euros": "EUR"}
_MILLIONS = {"million": 1.0, "mln": 1.0, "bn": 1000.0, "billion": 1000.0, "trillion": 1e6}
_AMOUNT = re.compile(
    r"(?P<c1>US\$|USD|\$|RMB|CNY|EUR|€)\s?(?P<n1>\d[\d,]*(?:\.\d+)?)"
    r"\s?(?P<m1>million|mln|billion|bn|trillion)\b"
    r"|(?P<n2>\d[\d,]*(?:\.\d+)?)\s?(?P<m2>million|mln|billion|bn|trillion)"
    r"\s(?P<c2>US dollars|USD|RMB|CNY|yuan|euros?|EUR)\b",
    re.IGNORECASE,
)
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)[ -]?"
_WRITTEN: dict[str, re.Pattern[str]] = {
    unit: re.compile(_NUMBER + form)
    for unit, form in {
        "MW": r"MW\b",
        "km": r"(?:km|kilomet(?:re|er)s?)\b(?![²2/])",
        "ha": r"(?:ha|hectares?)\b",
        "km2": r"(?:km²|km2|square kilomet(?:re|er)s)",
        "kV": r"kV\b",
        "km/h": r"km/h",
        "beds": r"beds?\b",
        "seats": r"seats?\b",
        "GWh/year": r"GWh\b",
        "TEU/year": r"TEU\b",
    }.items()
}
"""Unit to how texts write it."""


def dollars(amount: float, currency: str) -> float | None:
    """Give an amount in US dollars; None for a currency of which no rate is known."""
    rate = PER_DOLLAR.get(currency)
    return amount if currency == "USD" else amount / rate if rate else None


def money_in(text: str) -> list[tuple[str, float]]:
    """Give the amounts of money that a text names: currency and millions of it."""
    found = []
    for match in _AMOUNT.finditer(text):
        sign, number, unit = (match[f"{part}1"] or match[f"{part}2"] for part in "cnm")
        found.append((_CURRENCIES[sign.lower()], _number(number) * _MILLIONS[unit.lower()]))
    return found


def quantities_in(text: str, unit: str) -> list[float]:
    """Give the numbers that a text has of a unit; of a unit that texts write in many ways, none."""
    form = _WRITTEN.get(unit)
    return [_number(found) for found in form.findall(text)] if form else []


def farthest(value: float, others: Iterable[float]) -> float:
    """Give the factor between a number and the nearest of others; 1 if there are none."""
    factors = [max(value / other, other / value) for other in others if other > 0 and value > 0]
    return min(factors, default=1.0)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
