"""Write migrations/versions/0001_tables.py anew from the models: ``make migration``.

Only until the first release. From then on a change of the models is a new migration of its own:
``flask --app wsgi db migrate -m "why"``.
"""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from flask import current_app
from flask_migrate import Migrate

from planner import create_app

ROOT = Path(__file__).parents[1]
VERSIONS = ROOT / "migrations" / "versions"
TABLES = VERSIONS / "0001_tables.py"


def generate(folder: Path) -> str:
    """The text of a first migration that makes every table of the models in an empty database."""
    app = create_app({"PLANNER_INSTANCE": str(folder)})
    with app.app_context():
        migrate: Migrate = current_app.extensions["migrate"].migrate
        config = migrate.get_config(str(ROOT / "migrations"))
        config.set_main_option("version_locations", str(folder))
        command.revision(config, "Every table", autogenerate=True, rev_id="0001")
        return next(folder.glob("0001_*.py")).read_text(encoding="utf-8")


def tidy(text: str) -> str:
    """Column types as plain SQLAlchemy, so that the migration stands whatever becomes of the models."""
    text = text.replace("planner.core.db.UTCDateTime()", "sa.DateTime()")
    text = re.sub(r"^import planner.*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^ +# ### .* ###\n", "", text, flags=re.MULTILINE)


def main() -> None:
    """Write the file, and say so when it changed."""
    with TemporaryDirectory() as folder:
        text = tidy(generate(Path(folder)))
    if not TABLES.exists() or TABLES.read_text(encoding="utf-8") != text:
        TABLES.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{TABLES.relative_to(ROOT)} is written anew\n")


if __name__ == "__main__":
    main()
