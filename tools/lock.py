"""Pin what requirements*.in ask for: ``make lock``. Every file agrees with the ones before it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV: list[str | Path] = [Path(sys.executable).parent / "uv", "pip", "compile", "--quiet", "--upgrade", "--no-header"]

for name in ("requirements", "requirements-scale", "requirements-dev"):
    subprocess.run(
        [*UV, "--generate-hashes", "--python-version=3.11", f"{name}.in", "--output-file", f"{name}.txt"],
        check=True,
        cwd=ROOT,
    )
