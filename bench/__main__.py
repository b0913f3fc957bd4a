"""``make bench``: every row of the table, into ``results.md``; ``--quick`` is a first look, ``--only hot`` one part."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from bench import change, growth, hot, memory
from bench.load import WRK
from bench.table import FULL, HEADING, QUICK, Row, Scale, write
from tools import stack

PARTS: dict[str, tuple[str, Callable[[Scale], Iterator[Row]]]] = {
    "hot": ("Hot answers", hot.measure),
    "change": ("What a change costs", change.measure),
    "memory": ("Memory", memory.measure),
    "elsewhere": (
        "Growth: 1,000 / 10,000 / 100,000 events, the edition that is shown at 1,000",
        growth.measure_elsewhere,
    ),
    "here": ("Growth: 1,000 / 10,000 / 100,000 events, all in the edition that is shown", growth.measure_here),
}


def main() -> None:
    """Measure, print, and write down what was measured whole."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short runs that show whether all works; writes nothing")
    parser.add_argument("--only", choices=sorted(PARTS), action="append", help="this part; writes nothing")
    asked = parser.parse_args()
    missing = [name for name, path in (("wrk", WRK), ("nginx", stack.NGINX)) if path is None]
    if missing:
        sys.exit(f"make bench needs {' and '.join(missing)}: make services, or apt install {' '.join(missing)}")
    began, now = time.monotonic(), datetime.now().astimezone()
    print(HEADING)
    results = [(title, list(_told(measure(QUICK if asked.quick else FULL)))) for title, measure in _chosen(asked.only)]
    print(f"\n{time.monotonic() - began:.0f} seconds")
    if not asked.quick and not asked.only:
        write(results, now)


def _chosen(only: list[str] | None) -> list[tuple[str, Callable[[Scale], Iterator[Row]]]]:
    return [part for name, part in PARTS.items() if not only or name in only]


def _told(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        print(row, flush=True)
        yield row


if __name__ == "__main__":
    main()
