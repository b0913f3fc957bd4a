"""Copy the listed front-end files of the locked npm packages into the repository, and check that they are unchanged.

python tools/vendor.py          npm ci in a scratch folder, copy, write vendor.lock.json
python tools/vendor.py --check  offline: every file is what vendor.lock.json says, and nothing else lies there
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "vendor.lock.json"
DESIGNSYSTEMET = (
    "base", "button", "field", "fieldset", "label", "input", "validation-message", "error-summary", "tag",
    "breadcrumbs", "pagination", "table", "details", "chip",
)  # fmt: skip


@dataclass(frozen=True)
class Package:
    """What is taken from a package: path inside it → path in the repository, where {} is name and version."""

    name: str
    files: dict[str, str]


PACKAGES = (
    Package(
        "@digdir/designsystemet-css",
        {f"dist/src/{sheet}.css": f"static/vendor/{{}}/{sheet}.css" for sheet in DESIGNSYSTEMET}
        | {"LICENSE": "static/vendor/{}/LICENSE"},
    ),
    Package(
        "@fontsource-variable/familjen-grotesk",
        {
            f"files/familjen-grotesk-{subset}-wght-normal.woff2": f"static/vendor/{{}}/{subset}.woff2"
            for subset in ("latin", "latin-ext")
        }
        | {"LICENSE": "static/vendor/{}/LICENSE"},
    ),
    Package("axe-core", {"axe.min.js": "tests/vendor/axe.min.js", "LICENSE": "tests/vendor/axe.LICENSE"}),
)


def main() -> int:
    if "--check" in sys.argv[1:]:
        return check()
    with tempfile.TemporaryDirectory() as scratch:
        LOCK.write_text(json.dumps(fetch(Path(scratch)), indent=2, sort_keys=True) + "\n")
    return check()


def fetch(scratch: Path) -> dict[str, Any]:
    """Install exactly what package-lock.json names, without running anything of it, and copy the listed files."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, scratch / name)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=scratch, check=True)
    shutil.rmtree(ROOT / "static" / "vendor", ignore_errors=True)
    locked = json.loads((scratch / "package-lock.json").read_text())["packages"]
    return {package.name: copy(package, scratch, locked[f"node_modules/{package.name}"]) for package in PACKAGES}


def copy(package: Package, scratch: Path, locked: dict[str, Any]) -> dict[str, Any]:
    """Copy one package's files; returns its entry in the lock."""
    folder = f"{package.name.rpartition('/')[2]}-{locked['version']}"
    sums = {}
    for source, target in package.files.items():
        path = ROOT / target.format(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(scratch / "node_modules" / package.name / source, path)
        sums[str(path.relative_to(ROOT))] = sha256(path)
    return {
        "version": locked["version"],
        "licence": locked["license"],
        "integrity": locked["integrity"],
        "files": sums,
    }


def check() -> int:
    """Compare the files with the lock; says what differs. Needs no network."""
    locked = json.loads(LOCK.read_text())
    expected = {name: digest for package in locked.values() for name, digest in package["files"].items()}
    present = {
        str(path.relative_to(ROOT)): sha256(path)
        for folder in ("static/vendor", "tests/vendor")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    }
    problems = [f"missing: {name}" for name in sorted(expected.keys() - present.keys())]
    problems += [f"not in vendor.lock.json: {name}" for name in sorted(present.keys() - expected.keys())]
    problems += [f"changed: {name}" for name in sorted(expected) if present.get(name, expected[name]) != expected[name]]
    print("\n".join(problems) or f"{len(expected)} vendored files are as locked")
    return 1 if problems else 0


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
