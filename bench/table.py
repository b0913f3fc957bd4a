"""The table of results: what was measured, what it should be, what it was."""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tools.services import program

RESULTS = Path(__file__).parent / "results.md"
BEGIN, END = "<!-- make bench writes what follows -->", "<!-- to here -->"


@dataclass(frozen=True)
class Scale:
    """How long to measure: ``rounds`` of so many ``seconds`` of load, ``renders`` of each cold answer, and so on."""

    rounds: int
    seconds: float
    renders: int
    filters: int


FULL = Scale(rounds=5, seconds=2, renders=5, filters=10_000)
QUICK = Scale(rounds=1, seconds=1, renders=2, filters=1_000)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    target: str
    measured: str
    is_met: bool | None
    """``None`` where nothing is demanded."""

    @property
    def verdict(self) -> str:
        return {True: "yes", False: "**no**", None: ""}[self.is_met]

    def __str__(self) -> str:
        return f"| {self.what} | {self.target} | {self.measured} | {self.verdict} |"


HEADING = "| what | target | measured | met |\n| --- | --- | --- | --- |"


def facts(now: datetime) -> str:
    """What the numbers were taken on."""
    versions = f"Python {platform.python_version()}, {_first_line('nginx', '-v')}, {_first_line('wrk', '-v')}"
    load = os.getloadavg()[0]
    return (
        f"{now:%Y-%m-%d %H:%M}, {_processor()}, {os.cpu_count()} cores, {_memory()} GB, {platform.system()}"
        f" {platform.release()}, {versions}. Load before: {load:.1f}. SQLite unless something else is said."
    )


def in_markdown(known: str, took: float, parts: Sequence[tuple[str, Sequence[Row]]]) -> str:
    """All that is found, as it stands in ``results.md``."""
    tables = "\n\n".join(f"## {title}\n\n{HEADING}\n" + "\n".join(map(str, rows)) for title, rows in parts if rows)
    return f"{known} {took / 60:.0f} minutes.\n\n{tables}\n"


def write(text: str, results: Path = RESULTS) -> None:
    """Put it between the two marks in ``results.md``; what else stands there stays."""
    before, _begin, old = results.read_text(encoding="utf-8").partition(BEGIN)
    _old, _end, after = old.partition(END)
    results.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


def _first_line(name: str, flag: str) -> str:
    path = program(name)
    if path is None:
        return f"no {name}"
    ran = subprocess.run([path, flag], capture_output=True, text=True)
    return (ran.stderr + ran.stdout).strip().splitlines()[0].split(" [")[0].removeprefix("nginx version: ")


def _processor() -> str:
    if sys.platform != "linux":
        return platform.processor()
    named = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return named[0].partition(": ")[2] if named else platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
