"""A worker that has served ten thousand filters holds no more than it may: CACHE_MEGABYTES beside its start."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.load import HOST
from bench.programme import programme
from bench.table import Row, Scale
from planner.data.kommuner import kommuner
from planner.events.models import Audience
from tools import stack
from tools.services import free_ports

MEGABYTE = 1024 * 1024
CACHE_MEGABYTES = 64
READERS = 4
MOST = 1.2


def measure(scale: Scale) -> Iterator[Row]:
    """The one row: resident memory of one worker before, and after so many filters."""
    most = CACHE_MEGABYTES if scale.filters >= 10_000 else CACHE_MEGABYTES * scale.filters // 10_000
    with TemporaryDirectory(prefix="planner-bench-") as name:
        environment = {**programme(1_000).environment, "PROXIES": "0", "CACHE_MEGABYTES": str(most)}
        server = stack.application(Path(name), next(free_ports()), environment, workers=1)
        try:
            server.start()
            addresses = list(filters(scale.filters + 50))
            read(server, addresses[:50])
            before = resident(server)
            served = read(server, addresses[50:])
            after = resident(server)
        finally:
            server.stop()
    bound = MOST * (before + most)
    yield Row(
        f"memory of a worker after {scale.filters:,} different filters ({served / MEGABYTE:.0f} MB of answers)",
        f"≤ its start + CACHE_MEGABYTES ({most}), within {MOST - 1:.0%}",
        f"{before:.0f} MB at the start, {after:.0f} MB after; {before:.0f} + {most} = {before + most:.0f} MB",
        after <= bound,
    )


def filters(how_many: int) -> Iterator[str]:
    """So many different feeds, each quickly made and together far more than the cache holds."""
    days = list(combinations([f"2027-09-{day}" for day in range(20, 28)], 2))
    kommun_pairs = list(combinations(kommuner(), 2))
    made = 0
    for audience, (first, second), (one, other) in product(Audience, days, kommun_pairs):
        if made == how_many:
            return
        made += 1
        yield f"/kalender.ics?dag={first}&dag={second}&kommun={one}&kommun={other}&malgrupp={audience.value}"
    raise ValueError(f"there are only {made} different filters")


def read(server: stack.Server, addresses: list[str]) -> int:
    """Fetch them all, plain, by a few readers at once; how many bytes came."""
    shares = [addresses[number::READERS] for number in range(READERS)]
    with ThreadPoolExecutor(READERS) as readers:
        return sum(readers.map(lambda share: _read_one_by_one(server.port, share), shares))


def _read_one_by_one(port: int, addresses: list[str]) -> int:
    connection, total = HTTPConnection("127.0.0.1", port, timeout=30), 0
    for address in addresses:
        connection.request("GET", address, headers={"Host": HOST})
        answer = connection.getresponse()
        total += len(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")
    connection.close()
    return total


def resident(server: stack.Server) -> float:
    """Megabytes of the largest process of the server, which is its worker."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            group = int(status.with_name("stat").read_text().rpartition(")")[2].split()[2])
            if group == server.pid:
                lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
                sizes.append(int(lines["VmRSS"].split()[0]) / 1024)
        except (FileNotFoundError, ProcessLookupError, KeyError):
            continue
    return max(sizes)
