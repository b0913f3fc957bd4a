"""Events into the database, line by line: a bad line is told of with its number and the others arrive."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.core.errors import Problem
from planner.core.text import N_
from planner.editions.models import Edition
from planner.events.actions.publication import show_all
from planner.events.models import Event
from planner.exchange.building import Builder
from planner.exchange.exporting import events_to_export, record_line
from planner.exchange.fields import Unreadable
from planner.exchange.reading import read_event

AT_A_TIME = 500


@dataclass
class Report:
    """What became of the lines: numbers of events that came in, were there already, and the lines that were refused."""

    arrived: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[int, list[Problem]]] = field(default_factory=list)


class Importer:
    """One run, inside one transaction that the caller commits."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self.session, self.now = session, now
        self.builder = Builder(session, now)
        self.report = Report()
        self._numbers = dict(session.execute(sa.select(Event.number, Event.id)).all())
        self._external = set(session.scalars(sa.select(Event.external_id).where(Event.external_id.is_not(None))))
        self._parents: list[tuple[int, int, str]] = []
        self._fresh: list[int] = []

    def take_line(self, at: int, text: str) -> None:
        """Import one line of JSON; ``at`` counts from one. Empty lines are passed over."""
        if not text.strip():
            return
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            self.report.refused.append((at, [Problem("", f"Raden är inte JSON: {error}")]))
            return
        self.take(at, record)

    def take(self, at: int, record: Any) -> None:
        """Import one record, wholly or not at all."""
        try:
            values = read_event(record)
            if self._is_here(values.columns, record):
                return
            with self.session.begin_nested():
                event = self.builder.build_event(values)
        except Unreadable as error:
            self.report.refused.append((at, error.problems))
        except IntegrityError as error:
            self.report.refused.append((at, [Problem("", f"Raden strider mot registret: {error.orig}")]))
            self.builder.forget()
        else:
            self._remember(at, event, values.columns.get("part_of"))

    def finish(self) -> Report:
        """Tie sub-items to what they are part of, and render what has not been rendered."""
        for at, event_id, number in self._parents:
            if number in self._numbers:
                update = sa.update(Event).where(Event.id == event_id).values(part_of_id=self._numbers[number])
                self.session.execute(update)
            else:
                missing = Problem("part_of", N_("Programpunkten %(number)s finns inte."), {"number": number})
                self.report.refused.append((at, [missing]))
        self._render()
        self._move_numbers_on()
        return self.report

    def _remember(self, at: int, event: Event, part_of: str | None) -> None:
        self.report.arrived.append(event.number)
        self._numbers[event.number] = event.id
        self._fresh.append(event.id)
        if event.external_id:
            self._external.add(event.external_id)
        if part_of:
            self._parents.append((at, event.id, part_of))
        if len(self._fresh) >= AT_A_TIME:
            self._render()

    def _is_here(self, columns: dict[str, Any], record: Any) -> bool:
        """Whether the event is in the database already, as the record has it.

        Raises:
            Unreadable: it is there with other content; an import never overwrites.
        """
        if columns.get("external_id") in self._external:
            self.report.unchanged.append(columns["external_id"])
            return True
        known = self._numbers.get(columns.get("number", ""))
        if known is None:
            return False
        self._render()
        (event,) = events_to_export(self.session, [known])
        if json.loads(record_line(self.session, event)) != record:
            raise Unreadable([Problem("number", N_("Programpunkten finns redan, med annat innehåll."))])
        self.report.unchanged.append(event.number)
        return True

    def _render(self) -> None:
        show_all(self.session, self._fresh, now=self.now)
        self._fresh.clear()
        self.session.flush()
        self.session.expunge_all()
        self.builder.forget_rows()

    def _move_numbers_on(self) -> None:
        """No later event may be given a number that came with the file."""
        for edition in self.session.scalars(sa.select(Edition)):
            prefix = f"{edition.number_prefix}-"
            taken = [number[len(prefix) :] for number in self._numbers if number.startswith(prefix)]
            highest = max((int(number) for number in taken if number.isdecimal()), default=0)
            edition.next_number = max(edition.next_number, highest + 1)
        self.session.flush()


def import_lines(session: Session, lines: Iterable[str], *, now: datetime) -> Report:
    """Import every line. The caller commits, or rolls back and nothing has happened."""
    importer = Importer(session, now=now)
    for at, text in enumerate(lines, start=1):
        importer.take_line(at, text)
    return importer.finish()
