"""Settings: all documented, all from the environment, and production refuses to start without the ones it needs."""

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from planner import create_app
from planner.config import UnsafeSettings, settings

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "PLANNER_ENV": "production",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "PUBLIC_URL": "https://program.demokrativeckan.example",
    "UID_DOMAIN": "demokrativeckan.example",
    "SMTP_URL": "smtp://post.demokrativeckan.example",
    "MAIL_FROM": "post@demokrativeckan.example",
    "OPERATOR_EMAIL": "demokrativeckan@demokrativeckan.example",
}


class Watched(Mapping[str, str]):
    """An environment that notes what is read from it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values_given = values
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.read.add(name)
        return self.values_given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_given)

    def __len__(self) -> int:
        return len(self.values_given)


def test_the_documentation_lists_exactly_the_settings_that_are_read(tmp_path: Path) -> None:
    read = set()
    for environment in (PRODUCTION, {}):
        watched = Watched({**environment, "PLANNER_INSTANCE": str(tmp_path)})
        settings(watched)
        read |= watched.read
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)) == sorted(read)


def test_nothing_but_the_settings_reads_the_environment() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("planner/**/*.py"), ROOT / "wsgi.py"]
        if re.search(r"os\.environ|getenv", path.read_text(encoding="utf-8"))
    }
    # create_app and wsgi hand it on.
    assert readers == {"planner/__init__.py", "planner/config.py", "wsgi.py"}


def test_production_names_everything_that_is_missing_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings) as refused:
        create_app({"PLANNER_ENV": "production", "PLANNER_INSTANCE": str(tmp_path)})
    named = re.findall(r"^  ([A-Z_]+):", str(refused.value), re.MULTILINE)
    assert named == ["SECRET_KEY", "PUBLIC_URL", "UID_DOMAIN", "SMTP_URL", "MAIL_FROM", "OPERATOR_EMAIL"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("PUBLIC_URL", "http://demokrativeckan.example"),
        ("UID_DOMAIN", ""),
        ("SMTP_URL", ""),
        ("MAIL_FROM", ""),
        ("OPERATOR_EMAIL", ""),
    ],
)
def test_production_refuses_an_unsafe_value_and_names_only_that(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=name) as refused:
        settings({**PRODUCTION, "PLANNER_INSTANCE": str(tmp_path), name: value})
    assert len(re.findall(r"^  ", str(refused.value), re.MULTILINE)) == 1


def test_the_session_cookie_is_safe_in_production(tmp_path: Path) -> None:
    config = settings({**PRODUCTION, "PLANNER_INSTANCE": str(tmp_path)})
    assert {name: config[f"SESSION_COOKIE_{name}"] for name in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")} == {
        "NAME": "__Host-demokrativeckan",
        "SECURE": True,
        "HTTPONLY": True,
        "SAMESITE": "Lax",
    }


def test_the_embedded_default_makes_a_secret_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    first, again, other = (settings({"PLANNER_INSTANCE": str(folder)})["SECRET_KEY"] for folder in (here, here, there))
    assert len(first) == 64
    assert first == again != other
    assert stat.S_IMODE((here / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in here.iterdir()] == ["secret_key"]


def test_the_work_in_the_background_is_done_outside_when_there_are_several_machines(tmp_path: Path) -> None:
    alone = settings({"PLANNER_INSTANCE": str(tmp_path)})
    several = settings({"PLANNER_INSTANCE": str(tmp_path), "REDIS_URL": "redis://redis:6379/0"})
    assert (alone["JOBS"], alone["RATELIMIT_STORAGE_URI"]) == ("inside", "memory://")
    assert (several["JOBS"], several["RATELIMIT_STORAGE_URI"]) == ("outside", "redis://redis:6379/0")
