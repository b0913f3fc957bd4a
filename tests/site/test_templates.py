"""Every template compiles, extends and includes only what exists, and every letter ends with the same signature."""

from pathlib import Path

import pytest
from jinja2 import meta

from planner.mail.rendering import LETTERS, _environment
from tests import databases

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.glob("**/*.html"))
LETTER_NAMES = sorted(path.name for path in LETTERS.glob("[!_]*.txt"))


@pytest.mark.parametrize("name", PAGES)
def test_a_template_compiles_and_finds_what_it_refers_to(name: str) -> None:
    app = databases.application("sqlite")
    app.jinja_env.get_template(name)
    tree = app.jinja_env.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    for reference in meta.find_referenced_templates(tree):
        assert reference is None or (TEMPLATES / reference).exists(), reference


@pytest.mark.parametrize("name", LETTER_NAMES)
def test_a_letter_has_a_subject_a_body_and_the_signature(name: str) -> None:
    _environment().get_template(name)
    lines = (LETTERS / name).read_text(encoding="utf-8").splitlines()
    assert lines[1] == ""
    assert lines[-1] == '{% include "_signature.txt" %}'
    assert len(lines) > 4


def test_every_letter_that_is_posted_has_a_template_and_the_other_way_round() -> None:
    """A letter is posted under the name of its template, so that neither can be left behind."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.parent.glob("planner/**/*.py"))
    assert [name for name in LETTER_NAMES if f'"{name.removesuffix(".txt")}"' not in code] == []
