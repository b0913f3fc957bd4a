"""wrk against servers of this machine: two things turn by turn, so that what disturbs one disturbs the other."""

import os
import re
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tools.services import program

WRK = program("wrk")
CONNECTIONS = 8
HOST = "demokrativeckan.example"
ONE_CORE = ("taskset", "--cpu-list", str(min(os.sched_getaffinity(0))))
"""Before a command: it runs on this core alone, together with all others that do."""


class NoWrk(Exception):
    """wrk is not installed."""


@dataclass(frozen=True)
class Target:
    """An address to fetch as often as possible, what is said with it, and what the command of wrk stands behind."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()


@dataclass(frozen=True)
class Duel:
    """Requests a second of something of ours and of what it is measured by, round by round."""

    ours: Sequence[float]
    theirs: Sequence[float]

    @property
    def ratio(self) -> float:
        """Ours to theirs: the median of the rounds, each compared within itself."""
        return statistics.median(one / other for one, other in zip(self.ours, self.theirs, strict=True))

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest ratio of any round."""
        ratios = [one / other for one, other in zip(self.ours, self.theirs, strict=True)]
        return min(ratios), max(ratios)


def duel(ours: Target, theirs: Target, *, rounds: int, seconds: float) -> Duel:
    """Measure both, turn by turn, after a short run of each that counts for nothing."""
    for target in (ours, theirs):
        requests_a_second(target, 1)
    results = [(requests_a_second(ours, seconds), requests_a_second(theirs, seconds)) for _round in range(rounds)]
    return Duel([one for one, _other in results], [other for _one, other in results])


def requests_a_second(target: Target, seconds: float) -> float:
    """What one thread of wrk with a few connections gets.

    Raises:
        RuntimeError: some answers were errors, or none came.
    """
    if WRK is None:
        raise NoWrk
    headers = {"Host": HOST, **target.headers}
    words = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    command = [*target.before, WRK, "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", *words, target.url]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", report)
    if found is None or float(found[1]) == 0 or "Non-2xx or 3xx" in report or "Socket errors" in report:
        raise RuntimeError(f"{target.url}\n{report}")
    return float(found[1])
