"""What is written of events beside what their cards show: where a search may have found them all the same."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.orm import Session

from planner.editions.models import Theme
from planner.events.models import Event, EventText, EventTheme
from planner.events.queries.public import SWEDISH

_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6]|blockquote|t[dhr])>|<br ?/?>")
"""Where a word ends although no blank stands there."""


@dataclass(frozen=True)
class Written:
    """A text as it reads, without markup, and the language (BCP 47) that it is written in."""

    text: str
    language: str = SWEDISH
    is_theme: bool = False


def written_of(session: Session, event_ids: Collection[int]) -> dict[int, list[Written]]:
    """The themes, the series and the long texts of events, in the order in which they are worth showing.

    Always three questions.
    """
    written: dict[int, list[Written]] = defaultdict(list)
    themes = (
        sa.select(EventTheme.event_id, Theme.name)
        .join(Theme, Theme.id == EventTheme.theme_id)
        .where(EventTheme.event_id.in_(event_ids))
        .order_by(Theme.name)
    )
    for event_id, name in session.execute(themes):
        written[event_id].append(Written(name, is_theme=True))
    own = sa.select(Event.id, Event.series, Event.description_html).where(Event.id.in_(event_ids))
    for event_id, series, description in session.execute(own):
        written[event_id] += [Written(series), Written(_plain(description))]
    texts = sa.select(EventText).where(EventText.event_id.in_(event_ids)).order_by(EventText.language)
    for text in session.scalars(texts.execution_options(populate_existing=True)):
        parts = (text.title, text.summary, _plain(text.description_html))
        written[text.event_id] += [Written(part, text.language) for part in parts]
    return written


def _plain(html: str) -> str:
    return Markup(_END_OF_BLOCK.sub(" ", html)).striptags()  # noqa: S704 - read, and escaped again where it is shown
