"""What an event is called in the language of the page: its title there, or the Swedish one, marked as such.

An event is known here only by its attributes, so that this room stays below the features.
"""

from typing import Any, Protocol

from flask import Flask
from markupsafe import Markup, escape

from planner.web.language import DEFAULT, page_language, said, text_language


class Titled(Protocol):
    """What is known of an event: its Swedish texts, and those in other languages."""

    title: Any
    summary: Any

    def text_in(self, language: str) -> Any: ...


def init_app(app: Flask) -> None:
    """Give every card the text that an easy page shows on it."""
    app.jinja_env.globals["easy_summary_of"] = easy_summary_of


def title_of(event: Titled) -> Markup:
    """The title in the language of the page if there is one, else the ordinary Swedish one, marked as such."""
    own = _own_text(event)
    return escape(own.title) if own and own.title else said(event.title)


def summary_of(event: Titled) -> Markup:
    """The summary in the language of the page if there is one, else the ordinary Swedish one, marked as such."""
    own = _own_text(event)
    return escape(own.summary) if own and own.summary else said(event.summary)


def easy_summary_of(event: Titled) -> str:
    """What an easy page tells of an event already in lists: its easy-to-read summary, if there is one."""
    own = _own_text(event) if page_language().easy else None
    return own.summary if own else ""


def _own_text(event: Titled) -> Any:
    # The event's own texts are the Swedish ones, and no others are loaded for a Swedish page.
    return None if text_language() == DEFAULT else event.text_in(text_language())
