"""What the number of events in the database does to a page or a feed whose size stays the same.

In this process and turn by turn, in processor time, which other work on the machine disturbs little. "Cold" is the
first answer after a change anywhere, "hot" one that is there already. It is the noon of a day in the week, when
pages have the most to tell. Garbage is collected between the cold answers and not in them: in turns as regular as
these, a large collection would always be at the cost of the same one.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from time import process_time
from typing import Any

import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.programme import Growth, Programme, programme
from bench.table import Row, Scale
from planner import create_app
from planner.browse.view import View
from planner.data.kommuner import kommuner
from planner.events.actions import shorten_query
from planner.events.calendar_query import CalendarQuery
from planner.feeds.shapes import SHAPES
from planner.web.access import Level
from planner.web.database import db

IN_THE_WEEK = datetime(2027, 9, 22, 10, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
MOST_COLD, MOST_HOT = 1.5, 1.25
"""What a hundred times as many events may cost; "flat" has room for the noise of the machine."""
HOT_ANSWERS = 100
TURNS = 4
"""How often an address is measured that seems to cost too much: the least of all turns counts, for what else a machine
does only ever adds to it."""
AS_LARGE = 0.9
"""An answer grows from where it is this part of its size among the most events: a page that is not full is another."""
NOT_OF_THE_PROGRAMME = (
    "/static",
    "/bilder",
    "/svar",
    "/om/design",
    "/tillganglighet/hinder",
    "/robots.txt",
    "/sitemap",
)
LEADS_ELSEWHERE = ("browse.short",)
FILTERED = ("form=digitalt", "kommun={kommun}", "arrangor={organisation}", "dag=2027-09-22&tema={theme}")
SEEN = (
    *(f"vy={view}" for view in View if view is not View.LIST),
    "vy=vecka&kommun={kommun}",
    "kommun={kommun}&kommun=1784",
    "form=digitalt&tema={theme}&malgrupp=unga",
    "nara={kommun}",
    "ord=demokrati",
)
"""How the calendar itself is looked at, and filters on top of each other."""
GROWING = {
    *(("feeds.calendar", ending, "") for ending in SHAPES if ending != "ics"),
    *(("feeds.calendar", ending, "form=digitalt") for ending in SHAPES),
}
"""Feeds that hold more the more the edition does, where pages have a size and the whole calendar file is full."""


@dataclass(frozen=True)
class Site:
    """An application on a database of some size."""

    app: Flask
    made: Programme

    def change_something(self) -> None:
        """What any change that the public sees does to all kept answers."""
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE edition SET revision = revision + 1 WHERE slug = '2027'"))

    def answer(self, address: str) -> tuple[float, int]:
        """Fetch it: seconds of this processor, and how long the answer is.

        Raises:
            RuntimeError: the answer is another than 200.
        """
        environ = EnvironBuilder(address, base_url=self.made.environment["PUBLIC_URL"]).get_environ()
        began = process_time()
        body, status, _headers = run_wsgi_app(self.app.wsgi_app, environ)
        size = sum(map(len, body))
        took = process_time() - began
        if not status.startswith("200"):
            raise RuntimeError(f"{address}: {status}")
        return took, size


@dataclass(frozen=True)
class Grown(Row):
    """The row of an address: how many times as much it costs where there are the most events, cold and hot."""

    cold: float
    hot: float


def measure_here(scale: Scale) -> Iterator[Grown]:
    """All events in the edition that is shown."""
    yield from _measure(scale, Growth.HERE)


def measure_elsewhere(scale: Scale) -> Iterator[Grown]:
    """The edition that is shown keeps its 1,000 events; the others are archived."""
    yield from _measure(scale, Growth.ELSEWHERE)


def summary(what: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of the two targets: from the address that grows the least to the one that does the most."""
    grown = [row for row in rows if isinstance(row, Grown)]
    return [
        _summed(what, "cold", MOST_COLD, [(row.cold, row.what) for row in grown]),
        _summed(what, "hot", MOST_HOT, [(row.hot, row.what) for row in grown]),
    ]


def _summed(what: str, kind: str, most: float, grown: Sequence[tuple[float, str]]) -> Row:
    above = [f"{address} × {times:.1f}" for times, address in sorted(grown, reverse=True) if times > most]
    target = "flat" if kind == "hot" else f"≤ × {most}"
    measured = f"× {min(grown)[0]:.2f}–{max(grown)[0]:.2f} ({len(grown)} addresses)"
    return Row(f"{what}, {kind}", target, "; above it: ".join([measured, *filter(None, [", ".join(above)])]), not above)


def _measure(scale: Scale, growth: Growth) -> Iterator[Grown]:
    with ExitStack() as end:
        end.enter_context(time_machine.travel(IN_THE_WEEK))
        sites = [Site(create_app(made.environment), made) for made in (programme(size, growth) for size in SIZES)]
        for site in sites:
            end.callback(close, site.app)
        gc.freeze()
        end.callback(gc.unfreeze)
        gc.disable()
        end.callback(gc.enable)
        for addresses in zip(*(addresses_of(site, growth) for site in sites), strict=True):
            yield _row(scale, list(zip(sites, addresses, strict=True)))


def close(app: Flask) -> None:
    """Let go of its database."""
    with app.app_context():
        db.engine.dispose()


def _row(scale: Scale, asked: list[tuple[Site, str]]) -> Grown:
    cold: list[list[float]] = [[] for _site in asked]
    hot: list[list[float]] = [[] for _site in asked]
    sizes = [site.answer(address)[1] for site, address in asked]
    base = next(place for place, size in enumerate(sizes) if size >= AS_LARGE * sizes[-1])
    for _turn in range(TURNS):
        for _round in range(scale.renders):
            _go_round(asked, cold, hot)
        colds, hots = [min(times) for times in cold], [min(times) for times in hot]
        colder, hotter = colds[-1] / colds[base], hots[-1] / hots[base]
        if is_met := colder <= MOST_COLD and hotter <= MOST_HOT:
            break
    measured = (
        f"cold {_list(1000 * each for each in colds)} ms: × {colder:.2f};"
        f" hot {_list(1_000_000 * each for each in hots)} µs: × {hotter:.2f};"
        f" {sizes[0] / 1000:.0f}–{sizes[-1] / 1000:.0f} kB"
    )
    target = f"cold ≤ {MOST_COLD}, hot flat" + (f", from {SIZES[base]:,} on" if base else "")
    return Grown(f"`{asked[0][1]}`", target, measured, is_met, colder, hotter)


def _go_round(asked: list[tuple[Site, str]], cold: list[list[float]], hot: list[list[float]]) -> None:
    """One cold answer and some hot ones of each, so that what slows the machine down slows all of them down."""
    for times, (site, address) in zip(cold, asked, strict=True):
        site.change_something()
        gc.collect()
        times.append(site.answer(address)[0])
    for times, (site, address) in zip(hot, asked, strict=True):
        times.append(_hot(site, address))


def _hot(site: Site, address: str) -> float:
    began = process_time()
    for _time in range(HOT_ANSWERS):
        site.answer(address)
    return (process_time() - began) / HOT_ANSWERS


def _list(numbers: Iterable[float]) -> str:
    return " / ".join(f"{number:.1f}" for number in numbers)


def addresses_of(site: Site, growth: Growth) -> dict[str, None]:
    """Every public page and feed whose size stays, out of the map of addresses, and some that are narrowed.

    What has the most events keeps its size only where they are in other editions.

    Raises:
        KeyError: nobody has said what stands in an address; say so in ``_values``.
    """
    fixed = {name: str(value) for name, value in vars(site.made).items()}
    named = [fixed, {**fixed, **site.made.busy}] if growth is Growth.ELSEWHERE else [fixed]
    return dict.fromkeys(_addresses(site, growth, [{**names, "code": _code_of(site, names)} for names in named]))


def _code_of(site: Site, names: Mapping[str, str]) -> str:
    """The short address of an organisation's programme."""
    with site.app.app_context():
        kept = shorten_query(db.session(), CalendarQuery(organisations=(names["organisation"],)))
        db.session.commit()
        return kept.code


def _addresses(site: Site, growth: Growth, named: Sequence[Mapping[str, str]]) -> Iterator[str]:
    for rule in sorted(site.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = site.app.view_functions[rule.endpoint]
        is_public = getattr(view, "access", None) is Level.ANYONE and "GET" in (rule.methods or set())
        if not is_public or rule.rule.startswith(NOT_OF_THE_PROGRAMME) or rule.endpoint in LEADS_ELSEWHERE:
            continue
        for names in named:
            for values in _values(rule, names):
                with site.app.test_request_context():
                    address = site.app.url_for(rule.endpoint, **values)
                is_whole = rule.endpoint in ("browse.calendar", "feeds.calendar")
                queries = ("", *FILTERED) if is_whole else ("",)
                for query in (*queries, *SEEN) if rule.endpoint == "browse.calendar" else queries:
                    if growth is Growth.ELSEWHERE or (rule.endpoint, values.get("ending"), query) not in GROWING:
                        yield f"{address}?{query.format(**names)}" if query else address


def _values(rule: Rule, names: Mapping[str, str]) -> list[dict[str, Any]]:
    of_page = {
        "arrangorer": names["organisation"],
        "platser": names["venue"],
        "teman": names["theme"],
        "kommuner": kommuner()[names["kommun"]].slug,
        "evenemang": names["event"],
        "prenumerera": names["code"],
        "f": names["code"],
    }
    chosen: list[dict[str, Any]] = [{}]
    for name in sorted(rule.arguments):
        converter = rule._converters[name]
        values = sorted(converter.items) if isinstance(converter, AnyConverter) else [of_page[rule.rule.split("/")[1]]]
        chosen = [{**others, name: value} for others in chosen for value in values]
    return chosen
