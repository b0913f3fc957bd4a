"""docs/feeds.md says what is met where and shown by which test, docs/json-feed.md what a feed says; held to that."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (\d+) \| (MUST|SHOULD|MAY) \|(.*)\|$", (ROOT / "docs/feeds.md").read_text("utf-8"), re.MULTILINE
)
TESTS = {
    f"{file.stem}.{name}"
    for file in (
        *(ROOT / "tests/feeds").glob("test_*.py"),
        *(ROOT / "tests/browse").glob("test_*.py"),
        ROOT / "tests/web/test_caching.py",
    )
    for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
}


def test_all_requirements_stand_in_the_table() -> None:
    assert [int(number) for number, _level, _rest in ROWS] == list(range(1, 73))


@pytest.mark.parametrize(("number", "rest"), [(number, rest) for number, _level, rest in ROWS])
def test_each_requirement_names_tests_that_exist(number: str, rest: str) -> None:
    named = set(re.findall(r"`(test_\w+\.test_\w+)`", rest))

    assert named, f"requirement {number} has no test"
    assert named <= TESTS


JSON_FEED = (ROOT / "docs/json-feed.md").read_text("utf-8")


def test_the_example_of_an_item_is_what_the_feed_says() -> None:
    [example] = re.findall(r"^```json\n(.*?)^```$", JSON_FEED, re.MULTILINE | re.DOTALL)
    expected = json.loads((ROOT / "tests/feeds/expected/vem-far-horas.json").read_text("utf-8"))
    assert json.loads(example) == expected["items"][0]


def test_every_value_of_an_item_is_explained() -> None:
    schema = json.loads((ROOT / "docs/json-feed.schema.json").read_text("utf-8"))["$defs"]
    names = {name for part in ("item", "occurrence", "time", "place", "online") for name in schema[part]["properties"]}
    explained = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]*)`", JSON_FEED))))
    assert sorted(names - explained - {"_demokrativeckan"}) == []
