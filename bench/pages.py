"""``make bench-pages``: what a first visit to each kind of page costs a phone, in Chromium, into ``results-pages.md``.

Bytes as they cross the wire with an empty cache, how much the layout shifts while the page loads, and the longest task
of the main thread while the processor is slowed down to a quarter. Each page is visited three times, and every long
task of each visit counts. Tasks are measured by the clock, so a machine with other work to do makes them longer: the
last row says how much longer it made a piece of work that is always the same, and beside each stands how much of the
processor alone the longest task takes, at full speed and times four.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.load import HOST
from bench.programme import programme
from bench.table import HEADING, Row, facts, in_markdown, write
from bench.tasks import longest_task
from tests import parts
from tools import stack
from tools.services import free_ports

RESULTS = Path(__file__).parent / "results-pages.md"
EVENTS = 1_000
VISITS = 3
PHONE = {"width": 360, "height": 780}
SLOWER = 4
"""How many times slower the processor is made: about a cheap phone beside a desk."""
MOST_BYTES, MOST_SHIFT, MOST_TASK = 100_000, 0.0, 50.0
"""Bytes, the unit of layout shift (Layout Instability API), and milliseconds (Long Tasks API)."""
WATCH = """() => {
    window.watched = {shift: 0, tasks: []};
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        if (!entry.hadRecentInput) window.watched.shift += entry.value;
    })).observe({type: "layout-shift", buffered: true});
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        window.watched.tasks.push(entry.duration);
    })).observe({type: "longtask", buffered: true});
}"""

WORK = """() => {
    const begun = performance.now();
    for (let sum = 0, n = 0; n < 4e6; n++) sum += Math.sqrt(n);
    return performance.now() - begun;
}"""
"""A piece of work that is always the same, and how many milliseconds it took."""


@dataclass
class Visit:
    """What one first visit cost."""

    requests: int = 0
    wire: int = 0
    shift: float = 0.0
    tasks: list[float] = field(default_factory=list)
    work: float = 0.0

    @property
    def longest(self) -> float:
        """The longest task; 0 where none was long."""
        return max(self.tasks, default=0.0)


def main() -> None:
    """Measure every kind of page, print, and write it down."""
    if not Path(parts.CHROMIUM).exists():
        sys.exit("make bench-pages needs Chromium: make services, or apt install chromium")
    began, known, rows = time.monotonic(), facts(datetime.now().astimezone()), []
    print(HEADING)
    for row in measure():
        print(row, flush=True)
        rows.append(row)
    title = f"A first visit on a phone, {EVENTS:,} events in the programme"
    write(in_markdown(known, time.monotonic() - began, [(title, rows)]), RESULTS)


def measure() -> Iterator[Row]:
    """Four rows for each kind of page, and one for the machine."""
    made = programme(EVENTS)
    addresses = {
        "the start page": "/",
        "the list": "/kalender",
        "the list, searched and narrowed": "/kalender?form=digitalt&ord=demokrati",
        "a day by the hour": "/kalender?vy=dag",
        "the week": "/kalender?vy=vecka",
        "the month": "/kalender?vy=manad",
        "the map": "/kalender?vy=karta",
        "an event": f"/evenemang/{made.event}",
        "an organisation": f"/arrangorer/{made.organisation}",
        "Prenumerera": "/prenumerera",
    }
    work: list[float] = []
    with serving(made.environment) as url, chromium() as browser:
        for name, path in addresses.items():
            first_visit(browser, url + path)
            visits = [first_visit(browser, url + path) for _ in range(VISITS)]
            work += [visit.work for visit in visits]
            yield from _rows(name, visits)
            yield _of_the_processor(name, [processor_time(browser, url + path) for _ in range(VISITS)])
    yield Row(
        f"the machine: the same work each time, {SLOWER} × slower",
        "",
        f"{min(work):.0f}–{max(work):.0f} ms, median {median(work):.0f}",
        None,
    )


def first_visit(browser: Browser, address: str) -> Visit:
    """Open an address as somebody who has never been there, and wait until nothing more comes."""
    context = browser.new_context(viewport=PHONE, locale="sv-SE")  # type: ignore[arg-type]
    page, visit = context.new_page(), Visit()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def arrived(event: dict[str, Any]) -> None:
        visit.requests += 1
        visit.wire += event["encodedDataLength"]

    wire.on("Network.loadingFinished", arrived)
    page.add_init_script(f"({WATCH})()")
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{address}: {answer and answer.status}")
    watched = page.evaluate("window.watched")
    visit.work = page.evaluate(WORK)
    context.close()
    visit.shift, visit.tasks = watched["shift"], watched["tasks"]
    return visit


def processor_time(browser: Browser, address: str) -> float:
    """How many milliseconds of a processor that is so much slower the longest task of a first visit takes."""
    context = browser.new_context(viewport=PHONE, locale="sv-SE")  # type: ignore[arg-type]
    try:
        return SLOWER * longest_task(browser, context, address)
    finally:
        context.close()


def _rows(name: str, visits: Sequence[Visit]) -> Iterator[Row]:
    wire, shift = max(visit.wire for visit in visits), max(visit.shift for visit in visits)
    yield Row(
        f"{name}: bytes over the wire",
        f"≤ {MOST_BYTES // 1000} kB",
        f"{wire / 1000:.1f} kB in {visits[0].requests} answers",
        wire <= MOST_BYTES,
    )
    yield Row(f"{name}: layout shift", "none", f"{shift:.4f}", shift <= MOST_SHIFT)
    middle, worst = median(visit.longest for visit in visits), max(visit.longest for visit in visits)
    yield Row(
        f"{name}: longest task, {SLOWER} × slower, of {VISITS} visits",
        f"≤ {MOST_TASK:.0f} ms",
        f"median {_task(middle)}, worst {_task(worst)}",
        worst <= MOST_TASK,
    )


def _of_the_processor(name: str, times: Sequence[float]) -> Row:
    return Row(
        f"{name}: the longest task's processor time × {SLOWER}, of {VISITS} visits",
        "",
        f"least {min(times):.0f} ms, median {median(times):.0f} ms",
        None,
    )


def _task(longest: float) -> str:
    return f"{longest:.0f} ms" if longest else "none of 50 ms"


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """The application alone, as the browser is led to it."""
    with TemporaryDirectory(prefix="planner-bench-") as name:
        server = stack.application(Path(name), next(free_ports()), {**environment, "PROXIES": "0"})
        try:
            server.start()
            yield f"http://{HOST}:{server.port}"
        finally:
            server.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, for which our name is this machine."""
    flags = ["--no-sandbox", "--disable-background-networking", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=parts.CHROMIUM, args=flags)
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
