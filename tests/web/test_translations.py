"""The English catalogue is whole, in step with the sources, and compiled."""

import re

from babel.messages.catalog import Message

from tools import translations

MESSAGES = [message for message in translations.updated() if message.id]


def test_every_text_has_its_english() -> None:
    assert translations.problems() == []


def test_a_translation_fills_in_the_same_values() -> None:
    """Every form uses only values that are there; the last one, the plural, uses them all."""
    wrong = [
        message.id
        for message in MESSAGES
        if _names(_strings(message)[-1]) != _names("".join(_ids(message)))
        or not _names("".join(_strings(message))) <= _names("".join(_ids(message)))
    ]
    assert wrong == []


def test_a_translation_has_the_same_markup_and_ends_alike() -> None:
    wrong = [
        message.id
        for message in MESSAGES
        if _tags(_strings(message)[-1]) != _tags(_ids(message)[-1])
        or _ending(_strings(message)[-1]) != _ending(_ids(message)[-1])
    ]
    assert wrong == []


def _ids(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [str(message.id)]


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [str(message.string)]


def _names(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


def _tags(text: str) -> list[str]:
    return sorted(re.findall(r"</?\w+", text))


def _ending(text: str) -> str:
    """The mark that a sentence ends with, or the space that a word needs."""
    return text[-1:] if text[-1:] in " .:?!…" else ""
