"""The two doors of the house, `make run` and `make test`, are where the papers and the decision about a change say."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing is bound here


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def public_url(**environment: str) -> str:
    """The PUBLIC_URL that `make` gives to what it runs."""
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    printing = "include Makefile\nprinted:\n\t@echo $$PUBLIC_URL\n"
    made = subprocess.run(
        ["make", "-s", "-f", "-", "printed"],
        input=printing,
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        check=True,
        text=True,
    )
    return made.stdout.strip()


def test_every_target_that_is_named_in_the_papers_and_in_ci_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    papers = ["README.md", ".ci/run", *(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md"))]
    named = {target for name in papers for target in re.findall(r"(?:`|^ +|=1 |^|')make ([a-z-]+)", read(name), re.M)}
    assert {"run", "test", "services"} <= named
    assert named <= targets


def test_the_readme_and_ci_begin_at_the_same_doors() -> None:
    assert re.findall(r"^    make (\S+)$", read("README.md"), re.MULTILINE) == ["run", "test"]
    assert read(".ci/run").splitlines()[-2:] == ["make services", "REQUIRE_ALL=1 make test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"HOST": EVERYWHERE}, "http://127.0.0.1:8000"),
        ({"HOST": "::"}, "http://127.0.0.1:8000"),
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({"HOST": "10.0.0.4"}, "http://10.0.0.4:8000"),
        ({"HOST": EVERYWHERE, "PUBLIC_URL": "https://vecka.example"}, "https://vecka.example"),
    ],
)
def test_links_and_letters_never_lead_to_an_address_that_only_listens(
    environment: dict[str, str], expected: str
) -> None:
    assert public_url(**environment) == expected
