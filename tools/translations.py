"""Gather the texts of the interface, keep the catalogues in step with them, and compile them.

    python tools/translations.py           update and compile; says what is not translated yet
    python tools/translations.py --check   change nothing; fail if anything is missing, left over or not compiled
    python tools/translations.py --missing print what is not translated, as a catalogue

Swedish is the language of the sources. Everything marked with ``_``, ``N_``, ``ngettext``, ``translated`` or
``lazy_gettext`` in Python, and with ``_`` or ``ngettext`` in templates, is a text of the interface.

Every other language has every text. The easy version of a language has only those that are easier in it: what is not
there is shown as it stands in the sources. To make a text easier, write it into the easy catalogue by hand.
"""

import io
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from planner.web.language import DEFAULT, LANGUAGES, Language  # noqa: E402 - the folder is found from here

FOLDER = ROOT / "planner" / "translations"
OTHERS = [language for code, language in LANGUAGES.items() if code != DEFAULT]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "translated": None,
    "ngettext": (1, 2),
}
# A date that changed at each run would only make noise in the history.
MADE = datetime(2026, 11, 21, tzinfo=UTC)
HEADER = "# %s: gathered and compiled by tools/translations.py (make translations)."


def catalogue_of(language: Language) -> Path:
    """Where the texts of a language lie; beside them, compiled, with the ending ``.mo``."""
    return FOLDER / language.catalogue / "LC_MESSAGES" / "messages.po"


@cache
def sources() -> Catalog:
    """Every text that the code and the templates ask for, with the files that do."""
    catalog = Catalog(project="Demokrativeckan", version="1", charset="utf-8", creation_date=MADE)
    for folder, mapping in (("planner", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
        for name, _line, message, comments, context in extract_from_dir(
            str(ROOT / folder), mapping, options, keywords=KEYWORDS, strip_comment_tags=True
        ):
            catalog.add(message, None, [(f"{folder}/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def updated(language: Language) -> Catalog:
    """The catalogue with exactly the texts of the sources, keeping every translation that still has its text."""
    with catalogue_of(language).open("rb") as file:
        kept = read_po(file, locale=language.catalogue)
    kept.update(sources(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    if language.easy:
        for text in untranslated(kept):
            kept.delete(text)
    kept.creation_date = kept.revision_date = MADE
    kept.project, kept.version = "Demokrativeckan", "1"
    kept.msgid_bugs_address = kept.last_translator = kept.language_team = ""
    kept.header_comment = HEADER % language.own_name
    return kept


def untranslated(catalog: Catalog) -> list[str]:
    """The texts that the catalogue has no other words for."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalog
        if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]


def as_text(catalog: Catalog) -> bytes:
    """The catalogue as it lies in the repository: in the order of the files, without line numbers."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return buffer.getvalue()


def as_compiled(catalog: Catalog) -> bytes:
    """The catalogue as the application reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def problems(language: Language) -> list[str]:
    """What keeps the committed catalogue of a language from being right."""
    catalog, path = updated(language), catalogue_of(language)
    found = [f"{language.own_name}, not translated: {text}" for text in untranslated(catalog)]
    if path.read_bytes() != as_text(catalog):
        found.append(f"{path.relative_to(ROOT)} is not in step with the sources: make translations")
    if path.with_suffix(".mo").read_bytes() != as_compiled(catalog):
        found.append(f"{path.relative_to(ROOT)} is not compiled: make translations")
    return found


def main() -> int:
    if "--check" in sys.argv[1:]:
        found = [problem for language in OTHERS for problem in problems(language)]
        print("\n".join(found) or "every language has its texts")
        return 1 if found else 0
    for language in OTHERS:
        catalog, path = updated(language), catalogue_of(language)
        if "--missing" not in sys.argv[1:]:
            path.write_bytes(as_text(catalog))
            path.with_suffix(".mo").write_bytes(as_compiled(catalog))
        print("\n".join(untranslated(catalog)) or f"{language.own_name}: {len(catalog)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
