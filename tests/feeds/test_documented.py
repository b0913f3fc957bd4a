"""docs/feeds.md says what is met where and shown by which test; this holds it to that."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (\d+) \| (MUST|SHOULD|MAY) \|(.*)\|$", (ROOT / "docs/feeds.md").read_text("utf-8"), re.MULTILINE
)
TESTS = {
    f"{file.stem}.{name}"
    for file in (*(ROOT / "tests/feeds").glob("test_*.py"), ROOT / "tests/web/test_caching.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
}


def test_all_requirements_stand_in_the_table() -> None:
    assert [int(number) for number, _level, _rest in ROWS] == list(range(1, 73))


@pytest.mark.parametrize(("number", "rest"), [(number, rest) for number, _level, rest in ROWS])
def test_each_requirement_names_tests_that_exist(number: str, rest: str) -> None:
    named = set(re.findall(r"`(test_\w+\.test_\w+)`", rest))

    assert named, f"requirement {number} has no test"
    assert named <= TESTS
