"""How much of the processor the main thread of a page uses in one go, from Chromium's own trace.

Unlike the clock it does not count the time in which the machine did something else; that it must share its caches and
cores still makes it larger than on a quiet machine.
"""

from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext

CATEGORIES = ["toplevel", "devtools.timeline"]
TASKS = ("RunTask", "ThreadControllerImpl::RunTask")
PATIENCE = 10_000
"""Milliseconds that a trace may take to arrive."""

Event = dict[str, Any]
Thread = tuple[int, int]


def longest_task(browser: Browser, context: BrowserContext, address: str) -> float:
    """Open an address in a context, and measure the longest task after its HTML has begun to come, in milliseconds."""
    events: list[Event] = []
    page, wire = context.new_page(), browser.new_browser_cdp_session()
    wire.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    ended: list[object] = []
    wire.on("Tracing.tracingComplete", lambda end: ended.append(end))
    traced = {"traceConfig": {"includedCategories": CATEGORIES}, "transferMode": "ReportEvents"}
    wire.send("Tracing.start", traced)
    page.goto(address, wait_until="networkidle")
    wire.send("Tracing.end")
    for _ in range(PATIENCE // 50):
        if ended:
            break
        page.wait_for_timeout(50)
    return _longest(events, address)


def _longest(events: list[Event], address: str) -> float:
    spans = [event for event in events if event.get("ph") == "X" and "tdur" in event]
    parsing = [event for event in spans if event["name"] == "ParseHTML" and address in str(event["args"])]
    if not parsing:
        raise RuntimeError(f"the trace does not tell of {address}")
    of_threads: dict[Thread, float] = defaultdict(float)
    for event in parsing:
        of_threads[_thread(event)] += event["tdur"]
    thread, begun = max(of_threads, key=lambda each: of_threads[each]), min(event["ts"] for event in parsing)
    tasks = [event for event in spans if event["name"] in TASKS and _thread(event) == thread]
    return float(max(task["tdur"] for task in tasks if task["ts"] + task["dur"] > begun)) / 1000


def _thread(event: Event) -> Thread:
    return event["pid"], event["tid"]
