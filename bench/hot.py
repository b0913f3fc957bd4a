"""Hot answers: how many a second, beside what the same server gives of a constant byte string.

nginx answers so fast that the waking of wrk on another core is what gets measured: of large answers twice as many a
second or half as many, as it happens. So each nginx shares one core with wrk, and a request costs what both have to
do for it.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from bench.load import HOST, ONE_CORE, Target, duel
from bench.programme import Programme, programme
from bench.table import Row, Scale
from tools import stack
from tools.services import free_ports

DEBIAN = Path(__file__).parent / "debian-nginx.conf"
EVENTS = 1_000
FEED, PAGE = "/kalender.ics", "/kalender"
WAYS = {"plain": "identity", "gzip": "gzip", "br": "gzip, br"}


@dataclass(frozen=True)
class Servers:
    """The application alone, the yardstick, nginx in front of the application, and nginx as Debian sets it up."""

    alone: stack.Server
    yardstick: stack.Server
    behind: stack.Server
    nginx: stack.Server
    debian: stack.Server


def measure(scale: Scale) -> Iterator[Row]:
    """Every row about hot answers."""
    with TemporaryDirectory(prefix="planner-bench-") as name, servers(programme(EVENTS), Path(name)) as up:
        for way in WAYS:
            yield _beside_bytes(up, scale, f"feed of 1,000 events, hot, the application alone, {way}", FEED, way, 0.6)
        yield _unchanged(up, scale)
        for way in WAYS:
            yield _behind_nginx(up, scale, way, up.debian, "nginx as Debian sets it up")
            yield _behind_nginx(up, scale, way, up.nginx, "the shipped nginx, which keeps its files open")
        for way in WAYS:
            yield _beside_bytes(up, scale, f"the public list page, hot, the application alone, {way}", PAGE, way, 0.5)


@contextmanager
def servers(made: Programme, folder: Path) -> Iterator[Servers]:
    """Everything up, with the bodies of the feed and of the page laid where they are measured by."""
    bodies, code = folder / "bodies", folder / "code"
    for made_here in (bodies, code / "static"):
        made_here.mkdir(parents=True)
    ports = free_ports()
    alone = stack.application(folder, next(ports), {**made.environment, "PROXIES": "0"})
    behind = stack.application(folder, next(ports), made.environment)
    yardstick = stack.application(
        folder, next(ports), {**made.environment, "BENCH_BODIES": str(bodies)}, target="bench.yardstick:app"
    )
    shipped = {"code": f"root {code};", "access_log": _log_in(folder / "nginx")}
    nginx = stack.nginx(folder / "nginx", next(ports), behind.port, lines=shipped)
    lines = {"code": f"root {code};", "access_log": f"access_log {folder}/debian/access.log;"}
    debian = stack.nginx_by(DEBIAN, folder / "debian", next(ports), lines)
    for server in (nginx, debian):
        server.command[:0] = ONE_CORE
    with ExitStack() as stop:
        stop.callback(alone.stop)
        alone.start()
        for path in (FEED, PAGE):
            for way in WAYS:
                body = fetch(alone, path, way)
                (bodies / _name(path, way)).write_bytes(body)
                (code / "static" / _name(path, way)).write_bytes(body)
        for server in (yardstick, behind, nginx, debian):
            stop.callback(server.stop)
            server.start()
        yield Servers(alone, yardstick, behind, nginx, debian)


def _log_in(folder: Path) -> str:
    """The line of the shipped configuration: several lines are written at once, where the tests read each."""
    (how,) = re.findall(r"access_log \S+ (.+?;)", stack.NGINX_CONF.read_text())
    return f"access_log {folder}/access.log {how}"


def fetch(server: stack.Server, path: str, way: str) -> bytes:
    """The body as it crosses the wire."""
    with urlopen(Request(server.url + path, headers={"Host": HOST, "Accept-Encoding": WAYS[way]})) as answer:  # noqa: S310
        body: bytes = answer.read()
    return body


def etag_of(server: stack.Server, path: str) -> str:
    """The name of the plain body."""
    with urlopen(Request(server.url + path, headers={"Host": HOST})) as answer:  # noqa: S310
        return str(answer.headers["ETag"])


def _name(path: str, way: str) -> str:
    return f"{path.strip('/').replace('.', '-')}-{way}.bin"


def _beside_bytes(up: Servers, scale: Scale, what: str, path: str, way: str, target: float) -> Row:
    ours = Target(up.alone.url + path, {"Accept-Encoding": WAYS[way]})
    theirs = Target(f"{up.yardstick.url}/bytes/{_name(path, way)}")
    size = len(fetch(up.alone, path, way))
    return _row(scale, f"{what}, {size // 1000} kB", "a constant byte string of that size", ours, theirs, target)


def _unchanged(up: Servers, scale: Scale) -> Row:
    ours = Target(up.alone.url + FEED, {"If-None-Match": etag_of(up.alone, FEED)})
    return _row(scale, "`304` on that feed, the application alone", "an empty Flask view", ours,
                Target(f"{up.yardstick.url}/empty"), 0.5)  # fmt: skip


def _behind_nginx(up: Servers, scale: Scale, way: str, other: stack.Server, named: str) -> Row:
    ours = Target(up.nginx.url + FEED, {"Accept-Encoding": WAYS[way]}, ONE_CORE)
    theirs = Target(f"{other.url}/static/{_name(FEED, way)}", before=ONE_CORE)
    what = f"the same feed through the shipped nginx, {way}"
    return _row(scale, what, f"the same bytes as a static file, {named}", ours, theirs, 0.9)


def _row(scale: Scale, what: str, beside: str, ours: Target, theirs: Target, target: float) -> Row:
    found = duel(ours, theirs, rounds=scale.rounds, seconds=scale.seconds)
    low, high = found.spread
    measured = f"{found.ratio:.0%} ({low:.0%}–{high:.0%}; {found.ours[0]:,.0f} to {found.theirs[0]:,.0f} a second)"
    return Row(what, f"≥ {target:.0%} of {beside}", measured, found.ratio >= target)
