"""The English catalogue is whole, in step with the sources, and compiled."""

import re

import pytest
from babel.messages.catalog import Message

from tools import translations

MESSAGES = [message for message in translations.updated() if message.id]


def test_every_text_has_its_english() -> None:
    assert translations.problems() == []


def strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.id)[:60])
def test_a_translation_fills_in_the_same_values(message: Message) -> None:
    wanted = {name for text in _ids(message) for name in re.findall(r"%\((\w+)\)", text)}
    for string in strings(message):
        assert set(re.findall(r"%\((\w+)\)", string)) <= wanted
    assert set(re.findall(r"%\((\w+)\)", strings(message)[-1])) == wanted


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.id)[:60])
def test_a_translation_has_the_same_markup_and_ends_alike(message: Message) -> None:
    swedish, english = _ids(message)[-1], strings(message)[-1]
    assert sorted(re.findall(r"</?\w+", english)) == sorted(re.findall(r"</?\w+", swedish))
    assert _ending(english) == _ending(swedish)


def _ids(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple) else [message.id]


def _ending(text: str) -> str:
    return text.strip()[-1:] if text.strip()[-1:] in ".:?!…" else ""
