"""Write the next migration: what the models say and the migrations do not. ``make migration WHY="Short addresses"``.

Read what it wrote before committing it: a renamed column looks like one taken away and another one added, and a new
column that may not be empty needs a ``server_default`` for the rows that are there. What has landed is never changed.
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from flask import current_app
from flask_migrate import Migrate, upgrade

from planner import create_app

ROOT = Path(__file__).parents[1]
VERSIONS = ROOT / "migrations" / "versions"


def generate(folder: Path, number: str, why: str) -> Path:
    """Write a migration that takes a database from the latest one to what the models say."""
    app = create_app({"PLANNER_INSTANCE": str(folder)})
    with app.app_context():
        upgrade()
        migrate: Migrate = current_app.extensions["migrate"].migrate
        config = migrate.get_config(str(ROOT / "migrations"))
        command.revision(config, why, autogenerate=True, rev_id=number)
    return next(VERSIONS.glob(f"{number}_*.py"))


def tidy(text: str) -> str:
    """Column types as plain SQLAlchemy, so that the migration stands whatever becomes of the models."""
    text = text.replace("planner.core.db.UTCDateTime()", "sa.DateTime()")
    text = re.sub(r"^import planner.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(.*)\n\nRevision ID(?:.*\n)+?\"\"\"", r'\1"""', text, flags=re.MULTILINE)
    return re.sub(r"^ +# ### .* ###\n", "", text, flags=re.MULTILINE)


def main(why: str) -> None:
    """Write the file and say where."""
    number = f"{max(int(path.name[:4]) for path in VERSIONS.glob('[0-9]*.py')) + 1:04d}"
    with TemporaryDirectory() as folder:
        path = generate(Path(folder), number, why)
    path.write_text(tidy(path.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{path.relative_to(ROOT)}: read it before you commit it\n")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('make migration WHY="what changes, in a few words"')
    main(sys.argv[1])
