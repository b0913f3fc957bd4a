"""Each catalogue is in step with the sources and compiled; the easy one is easier than what it stands for."""

import re
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from planner.web.language import LANGUAGES, Language
from tools import translations

PAGES = Path(__file__).parents[2] / "templates" / "pages"
MESSAGES = [message for language in translations.OTHERS for message in translations.updated(language) if message.id]
EASY = [message for message in translations.updated(LANGUAGES["latt"]) if message.id]
EASY_IDS = {message.id for message in EASY}
MOST_WORDS = 14
"""In a sentence of easy Swedish."""


@pytest.mark.parametrize("language", translations.OTHERS, ids=lambda language: language.catalogue)
def test_every_catalogue_is_whole_and_compiled(language: Language) -> None:
    assert translations.problems(language) == []


def test_an_easy_catalogue_holds_only_what_is_easier() -> None:
    assert len(EASY) < len(translations.sources())
    assert [message.id for message in EASY if _ids(message) == _strings(message)] == []


def test_a_translation_fills_in_the_same_values() -> None:
    """Every form uses only values that are there; the last one, the plural, uses them all."""
    wrong = [
        message.id
        for message in MESSAGES
        if _names(_strings(message)[-1]) != _names("".join(_ids(message)))
        or not _names("".join(_strings(message))) <= _names("".join(_ids(message)))
    ]
    assert wrong == []


def test_a_translation_has_the_same_markup() -> None:
    assert [each.id for each in MESSAGES if _tags(_strings(each)[-1]) != _tags(_ids(each)[-1])] == []


def test_a_translation_ends_alike() -> None:
    """Easy words may ask what the others state."""
    endings = [(_ending(_strings(each)[-1]), _ending(_ids(each)[-1]), each.id) for each in MESSAGES]
    assert [each for each in endings if each[0] != each[1] and (each[0] != "?" or each[2] not in EASY_IDS)] == []


def test_the_words_of_the_easy_interface_are_easier() -> None:
    ordinary = _sentences(chain.from_iterable(map(_ids, EASY)))
    easy = _sentences(chain.from_iterable(map(_strings, EASY)))
    assert [words for words in easy if len(words) > MOST_WORDS] == []
    assert _lix(easy) < _lix(ordinary) - 5


@pytest.mark.parametrize("name", sorted(path.name for path in (PAGES / "latt").iterdir()))
def test_a_page_of_text_in_easy_swedish_is_easy(name: str) -> None:
    easy, ordinary = (_sentences(_texts(PAGES / code / name)) for code in ("latt", "sv"))
    assert [words for words in easy if len(words) > MOST_WORDS] == []
    assert _lix(easy) < _lix(ordinary) - 10
    assert len([*chain(*easy)]) < len([*chain(*ordinary)])


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


def _texts(template: Path) -> list[str]:
    """What a page of text says, an element at a time, without its own markup and Jinja's."""
    source = re.sub(r"\{%-?\s*block (?:heading|lead).*?%\}", "<p>", template.read_text(encoding="utf-8"))
    source = re.sub(r"\{\{.*?\}\}", "Namn", re.sub(r"&shy;|\{[%#].*?[%#]\}", "", source))
    parts = re.split(r"</?(?:p|h\d|li|ul|td|th|tr|div)\b[^>]*>", source)
    return [re.sub(r"<[^>]+>", "", part) for part in parts]


def _sentences(texts: "chain[str] | list[str]") -> list[list[str]]:
    """The words of each sentence; a value that is filled in is one word."""
    flat = [re.sub(r"https?://\S+|%\(\w+\)s", "Namn", text) for text in texts]
    sentences = chain.from_iterable(re.split(r"[.:?!…]+(?:\s|$)", text) for text in flat)
    return [words for sentence in sentences if (words := re.findall(r"[\w@.’:-]*\w", sentence))]


def _lix(sentences: list[list[str]]) -> float:
    """Björnsson's läsbarhetsindex: words in a sentence, and how many in a hundred have more than six letters."""
    words = [*chain(*sentences)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)
