"""Run the benchmark: `python -m bench`."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path

from bench.browser import launched
from bench.engine import EngineRow, keep_engine, measure_engine, render_engine
from bench.generate import generate_root
from bench.measure import MOST_CLICKS, Plan, Row, measure
from bench.report import describe_machine, judge, render_tables, render_verdicts, write_results
from bench.servers import serve_app

OUT = Path(__file__).parent / "out"
SIZES = "shipped,10000,100000,1000000"
_MOST_WITH_STOCK = 10_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the tables and keep them."""
    options = _parse(arguments)
    if options.engine:
        _measure_engine(options)
        return
    plans = [(size, _root(size)) for size in options.sizes]
    rows: list[Row] = []
    with launched() as browser, serve_app("floor.py") as floor:
        machine = describe_machine(browser.version)
        for size, root in plans:
            stock = options.stock and (size == "shipped" or int(size) <= _MOST_WITH_STOCK)
            rows.append(measure(browser, floor, size, root, Plan(options.clicks, options.loads, stock)))
            print(f"{size}: done", flush=True)
    print(f"\n{render_tables(rows)}\n\n{render_verdicts(judge(rows))}")
    if options.keep:
        write_results(machine, datetime.datetime.now(datetime.UTC).date().isoformat(), rows)
        print("\nKept in bench/results.json and bench/README.md.")


def _measure_engine(options: argparse.Namespace) -> None:
    rows: list[EngineRow] = []
    for size in options.sizes:
        rows.extend(measure_engine(size, _root(size)))
        print(f"{size}: done", flush=True)
    print(f"\n{render_engine(rows)}")
    if options.keep:
        keep_engine(datetime.datetime.now(datetime.UTC).date().isoformat(), rows)
        print("\nKept in bench/engine.json and bench/README.md.")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure the atlas beside an empty app, one folium.GeoJson and one st.pydeck_chart.",
        epilog="A full run takes some ten minutes. Only a run of all sizes is kept, unless --keep says so.",
    )
    parser.add_argument(
        "--engine",
        action="store_true",
        help="Measure what the engine takes to answer, without a browser, instead of the pages.",
    )
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=SIZES,
        metavar="LIST",
        help="Data to measure, with commas: shipped, or numbers of generated features. Default: %(default)s.",
    )
    parser.add_argument(
        "--clicks",
        type=_clicks,
        default=16,
        metavar="N",
        help=f"Clicks on each kind of page, at most {MOST_CLICKS}. Default: %(default)s.",
    )
    parser.add_argument(
        "--loads",
        type=int,
        default=10,
        metavar="N",
        help="First loads of each kind of page. Default: %(default)s.",
    )
    parser.add_argument(
        "--stock",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="Measure folium.GeoJson and st.pydeck_chart too, up to 10,000 features.",
    )
    parser.add_argument(
        "--keep",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="Write results.json and the README's tables. Default: when all sizes are measured.",
    )
    options = parser.parse_args(arguments)
    if options.keep is None:
        options.keep = options.sizes == SIZES.split(",")
    return options


def _sizes(text: str) -> list[str]:
    sizes = text.split(",")
    for size in sizes:
        if size != "shipped" and not (size.isdigit() and int(size) >= 100):
            raise argparse.ArgumentTypeError(f"{size!r} is neither 'shipped' nor a number of 100 or more")
    return sizes


def _clicks(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_CLICKS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_CLICKS}")
    return int(text)


def _root(size: str) -> Path | None:
    if size == "shipped":
        return None
    print(f"{size}: data root ...", flush=True)
    return generate_root(OUT / size, int(size))


if __name__ == "__main__":
    main()
