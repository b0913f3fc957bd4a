"""What lies in the repository: nothing of a machine's own, nothing without its credits."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".sh",
    ".html",
    ".css",
    ".js",
    ".json",
    ".ini",
    ".mako",
    ".yml",
    ".conf",
    "",
}

# Written so that this file holds none of it either.
FOLDERS = ("work/", "root/", r"home/\w", "tmp/")
WORDS = ("PIP_[I]NDEX", "PIP_[F]IND_LINKS", "[i]ndex-url", "[e]xtra-index")
MACHINE = re.compile("|".join([*(f"/{folder}" for folder in FOLDERS), *WORDS]))
REGISTRY = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|deb\.debian)[\w.-]*")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text file of ours, by its name."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in tracked()
        if path.suffix in TEXT and "vendor" not in path.parts
    }


def test_no_path_of_a_machine_stands_in_any_file(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if MACHINE.search(text)] == []


def test_no_registry_is_named_in_any_file(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if REGISTRY.search(text)] == []


def test_every_requirement_is_pinned_with_a_hash() -> None:
    for name in ("requirements.txt", "requirements-scale.txt", "requirements-dev.txt"):
        pins = re.findall(r"^\S+?==\S+( \\\n +--hash=sha256:[0-9a-f]{64})?", (ROOT / name).read_text(), re.MULTILINE)
        assert len(pins) > 2, name
        assert all(pins), name


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/architecture.md", "docs/glossary.md"])
def test_the_papers_are_there(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) > 10


def test_every_link_between_our_papers_leads_somewhere() -> None:
    broken = []
    for paper in [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", paper.read_text(encoding="utf-8")):
            if not (paper.parent / target).exists():
                broken.append(f"{paper.relative_to(ROOT)} → {target}")
    assert broken == []


def test_the_readme_shows_every_picture_and_none_is_heavy() -> None:
    pictures = {f"docs/pictures/{path.name}": path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    shown = re.findall(r'docs/pictures/[^")]+', (ROOT / "README.md").read_text(encoding="utf-8"))
    assert set(shown) == set(pictures)
    assert [name for name, size in pictures.items() if size > 200_000] == []
