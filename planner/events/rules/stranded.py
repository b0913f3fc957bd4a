"""A stranded draft: begun under a claim of an organisation that has ended. It is its writer's alone, for a while."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.events.models import Event
from planner.organisations.rules import Actor

STRANDED_FOR = timedelta(days=30)
"""How long its writer may move it to another organisation or take it away, before it goes."""


def may_take_along(actor: Actor, event: Event) -> bool:
    """Whoever wrote it: move it, take it away as a file, throw it away."""
    return event.stranded_at is not None and actor.id is not None and event.created_by_id == actor.id


def kept_until(stranded_at: datetime, zone: ZoneInfo) -> date:
    """The last whole day on which a draft that stranded then can be taken along, where the edition takes place."""
    return (stranded_at + STRANDED_FOR).astimezone(zone).date() - timedelta(days=1)
