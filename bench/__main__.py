"""``make bench``: every row of the table, into ``results.md``; ``--quick`` is a first look, ``--only hot`` one part."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from bench import change, growth, hot, memory
from bench.load import WRK
from bench.table import FULL, HEADING, QUICK, Row, Scale, facts, in_markdown, write
from tools import stack

PARTS: dict[str, Callable[[Scale], Iterator[Row]]] = {
    "hot": hot.measure,
    "change": change.measure,
    "memory": memory.measure,
    "elsewhere": growth.measure_elsewhere,
    "here": growth.measure_here,
}
GROWTH = {
    "elsewhere": "growth to 100,000 events, the edition that is shown at 1,000",
    "here": "growth to 100,000 events, all in the edition that is shown",
}
"""The parts with a row for each address, of which the table of targets has the sum."""


def main() -> None:
    """Measure, print, and write down what was measured whole."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short runs that show whether all works; writes nothing")
    parser.add_argument("--only", choices=sorted(PARTS), action="append", help="this part; writes nothing")
    asked = parser.parse_args()
    missing = [name for name, path in (("wrk", WRK), ("nginx", stack.NGINX)) if path is None]
    if missing:
        sys.exit(f"make bench needs {' and '.join(missing)}: make services, or apt install {' '.join(missing)}")
    began, known = time.monotonic(), facts(datetime.now().astimezone())
    print(HEADING)
    scale = QUICK if asked.quick else FULL
    chosen = {name: measure for name, measure in PARTS.items() if not asked.only or name in asked.only}
    rows = {name: list(_told(measure(scale))) for name, measure in chosen.items()}
    targets = [row for name, part in rows.items() for row in (_summed(name, part) if name in GROWTH else part)]
    tables = [("Targets", targets), *((f"G{GROWTH[name][1:]}", rows[name]) for name in GROWTH if name in rows)]
    text = in_markdown(known, time.monotonic() - began, tables)
    print(f"\n{text}")
    if not asked.quick and not asked.only:
        write(text)


def _summed(name: str, rows: list[Row]) -> list[Row]:
    return growth.summary(GROWTH[name], rows)


def _told(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        print(row, flush=True)
        yield row


if __name__ == "__main__":
    main()
