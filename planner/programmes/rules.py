"""What may be saved, for how long a programme is kept, and what is an address to one. Pure."""

import re
from calendar import monthrange
from datetime import date

from planner.core.tokens import unsealed
from planner.editions.models import EditionState
from planner.events.models import EventStatus, Occurrence, OccurrenceState
from planner.programmes.models import Programme

MOST_SAVED = 200
"""Occurrences in one programme: far more than anybody can go to in a week, and what one page can show."""
MONTHS_KEPT = 13
"""A year, and a month of it for the same week of next year."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_OWN_ADDRESS = re.compile(r"(?:.*/mitt-program/)?([A-Za-z0-9_-]{32})(?:\.ics)?(?:[/?#].*)?")
_SHARED_ADDRESS = re.compile(r".*/mitt-program/delat/.*")
_UID = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,200}")


def is_offered(occurrence: Occurrence) -> bool:
    """Whether pages offer to save it: its edition is not over, and it is still meant to take place some day.

    Needs the event with its edition.
    """
    event = occurrence.event
    return (
        event.edition.state is EditionState.PUBLISHED
        and event.status is EventStatus.PUBLISHED
        and occurrence.state is not OccurrenceState.CANCELLED
    )


def is_like_a_token(text: str) -> bool:
    """Whether a token of ours ever looked so; no database is asked for anything else, some refuse a NUL."""
    return _TOKEN.fullmatch(text) is not None


def is_like_a_uid(text: str) -> bool:
    """Whether an occurrence may be called so."""
    return _UID.fullmatch(text) is not None


def token_in(text: str) -> str:
    """The token in what somebody pasted: an address of a programme's page or calendar, or the token alone; else ""."""
    found = _OWN_ADDRESS.fullmatch(text.strip())
    return found.group(1) if found else ""


def is_shared_address(text: str) -> bool:
    """Whether somebody pasted an address that only shows a programme."""
    return _SHARED_ADDRESS.fullmatch(text.strip()) is not None


def share_token_of(programme: Programme, token: str) -> str:
    """The token of the address to share, for whoever holds the programme's own; "" when it is not shared."""
    return unsealed(programme.share_sealed, token) if programme.is_shared else ""


def kept_since(today: date) -> date:
    """The day from which on something must have happened for a programme to be kept."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
