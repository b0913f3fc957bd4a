"""What an event is called in the language of the page: its title there, or the Swedish one, marked as such.

An event is known here only by its attributes, so that this room stays below the features.
"""

from typing import Any, Protocol

from markupsafe import Markup, escape

from planner.web.language import DEFAULT, current_language, said


class Titled(Protocol):
    """What is known of an event: its Swedish texts, and those in other languages."""

    title: Any
    summary: Any

    def text_in(self, language: str) -> Any: ...


def title_of(event: Titled) -> Markup:
    """The title in the language of the page if there is one, else the Swedish, marked as such."""
    own = _text_in_page_language(event)
    return escape(own.title) if own and own.title else said(event.title)


def summary_of(event: Titled) -> Markup:
    """The summary in the language of the page if there is one, else the Swedish, marked as such."""
    own = _text_in_page_language(event)
    return escape(own.summary) if own and own.summary else said(event.summary)


def _text_in_page_language(event: Titled) -> Any:
    language = current_language()
    return None if language == DEFAULT else event.text_in(language)
