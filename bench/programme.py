"""Databases with many events, made in seconds: the demonstration week, copied row by row inside the database.

The copies keep everything that costs time: texts, themes, audiences, partners, places, stored calendar components of
their real size. They begin and end at any quarter of an hour of their day (the components keep the model's hours), as a
real programme does the more the larger it is. Left alone are the events of one organisation, place, theme and kommun,
so that these have pages and feeds of a fixed size, however much there is beside them. What is made stays in a folder
of its own until the code that makes it changes.
"""

import hashlib
import itertools
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[1]
PUBLIC_URL = "https://demokrativeckan.example"
EDITION = "2027"
SHOWN = 1_000
"""Events of the edition that is shown, where the rest lies in others."""
WITH_EVENTS = (
    "event_theme",
    "event_audience",
    "event_language",
    "event_kommun",
    "event_feature",
    "event_text",
    "hosting",
    "occurrence",
)


class Growth(StrEnum):
    """Where the many events are."""

    ELSEWHERE = "elsewhere"
    """The edition that is shown stays at 1,000; what is more lies in archived ones."""
    HERE = "here"
    """All in the edition that is shown."""


@dataclass(frozen=True)
class Programme:
    """A folder with a database of so many events, and the addresses of what has a fixed size in it.

    ``busy`` are those of what has the most events, by the same names: that grows where the edition shown does.
    """

    folder: Path
    events: int
    organisation: str
    venue: str
    theme: str
    kommun: str
    event: str
    busy: Mapping[str, str]

    @property
    def database(self) -> Path:
        return self.folder / "planner.db"

    @property
    def environment(self) -> dict[str, str]:
        """What an application needs to be told to run on it."""
        return environment_of(self.folder)


def environment_of(folder: Path) -> dict[str, str]:
    """The whole environment of an application whose instance is this folder."""
    return {
        "PLANNER_INSTANCE": str(folder),
        "PUBLIC_URL": PUBLIC_URL,
        "UID_DOMAIN": "demokrativeckan.example",
        "SECRET_KEY": "only-for-measuring-only-for-measuring",
        "JOBS": "outside",
    }


def programme(events: int, growth: Growth = Growth.HERE) -> Programme:
    """A database of so many events: the one that was made before, or a new one."""
    folder = _workshop() / f"{growth}-{events}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(_original(), folder)
        with _opened(folder) as database:
            _multiply(database, events, growth)
        _flask(folder, "count-programme")
        (folder / "made").touch()
    with _opened(folder) as database:
        fixed = _named(database, "ASC")
        (slug,) = database.execute(
            f"SELECT slug FROM event WHERE id IN ({_OF_THE_FIXED}) AND status = 'published'"
            " AND edition_id = (SELECT id FROM edition WHERE slug = :edition) ORDER BY id",
            {**fixed, "edition": EDITION},
        ).fetchone()
        busy = _named(database, "DESC")
    names = {key: str(value) for key, value in fixed.items() if not key.endswith("_id")}
    names_of_busy = {key: str(value) for key, value in busy.items() if not key.endswith("_id")}
    return Programme(folder, events, event=slug, busy=names_of_busy, **names)


@contextmanager
def a_copy(made: Programme) -> Iterator[Programme]:
    """The same in a folder of its own, for what changes it."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as name:
        folder = Path(name) / "instance"
        shutil.copytree(made.folder, folder)
        yield Programme(**{**vars(made), "folder": folder})


def _workshop() -> Path:
    """The folder of what this code makes with these migrations, below the machine's folder for such things."""
    makers = [Path(__file__), *sorted((ROOT / "migrations" / "versions").glob("*.py"))]
    makers += sorted((ROOT / "planner" / "feeds" / "ical").glob("*.py"))
    makers += [ROOT / "planner" / "events" / "queries" / "values.py", ROOT / "planner" / "core" / "idset.py"]
    version = hashlib.sha256(b"".join(path.read_bytes() for path in makers)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"planner-bench-{version}"
    folder.mkdir(exist_ok=True)
    return folder


def _original() -> Path:
    """The folder of the demonstration week, as the first start of an installation makes it."""
    folder = _workshop() / "original"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        _flask(folder, "prepare")
        with _opened(folder) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (folder / "made").touch()
    return folder


def _flask(folder: Path, command: str) -> None:
    """Run one of the product's own commands on the database in a folder."""
    flask: list[str | Path] = [ROOT / ".venv" / "bin" / "flask", "--app", "wsgi", command]
    environment = {"PATH": os.environ["PATH"], **environment_of(folder)}
    subprocess.run(flask, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "planner.db", isolation_level=None)) as database:
        database.row_factory = sqlite3.Row
        yield database


_OF_THE_FIXED = """
    SELECT id FROM event WHERE organiser_id = :organisation_id
    UNION SELECT event_id FROM hosting WHERE organisation_id = :organisation_id
    UNION SELECT event_id FROM event_theme WHERE theme_id = :theme_id
    UNION SELECT event_id FROM event_kommun WHERE kommun_code = :kommun
    UNION SELECT event_id FROM occurrence JOIN venue ON venue.id IN (place_id, digital_place_id, reserve_place_id)
        WHERE venue.id = :venue_id OR venue.kommun_code = :kommun
"""


def _named(database: sqlite3.Connection, order: str) -> dict[str, str | int]:
    """The kommun, and the organisation, place and theme in it, with the least or the most, and their ids.

    Counted among the events of the original alone, so that they are the same in every copy.
    """
    of_the_edition = (
        "event JOIN edition ON edition.id = event.edition_id AND edition.slug = :edition"
        " AND event.status = 'published' AND event.visibility = 'public' AND event.slug NOT LIKE '%-nr-%'"
    )
    at_places = f"{of_the_edition} JOIN occurrence ON event_id = event.id JOIN venue ON venue.id = place_id"
    least = f"GROUP BY 1 ORDER BY count(*) {order}, 1 LIMIT 1"
    asked = {"edition": EDITION}
    (code,) = database.execute(f"SELECT kommun_code FROM {at_places} {least}", asked).fetchone()
    asked["kommun"] = code
    venue = database.execute(
        f"SELECT venue.id, venue.slug FROM {at_places} WHERE kommun_code = :kommun {least}", asked
    ).fetchone()
    organisation = database.execute(
        f"SELECT organisation.id, organisation.slug FROM {at_places} JOIN organisation"
        f" ON organisation.id = organiser_id WHERE venue.kommun_code = :kommun {least}",
        asked,
    ).fetchone()
    theme = database.execute(
        f"SELECT theme.id, theme.slug FROM {of_the_edition} JOIN event_theme ON event_theme.event_id = event.id"
        f" JOIN theme ON theme.id = theme_id {least}",
        asked,
    ).fetchone()
    rows = {"organisation": organisation, "venue": venue, "theme": theme}
    ids = {f"{name}_id": row[0] for name, row in rows.items()}
    return {"kommun": code, **ids, **{name: row[1] for name, row in rows.items()}}


def _multiply(database: sqlite3.Connection, events: int, growth: Growth) -> None:
    """Copy the edition's public events until there are so many in all."""
    fixed = _named(database, "ASC")
    (edition_id,) = database.execute("SELECT id FROM edition WHERE slug = ?", (EDITION,)).fetchone()
    archived = [row[0] for row in database.execute("SELECT id FROM edition WHERE state = 'archived' ORDER BY id")]
    (there,) = database.execute("SELECT count(*) FROM event").fetchone()
    database.execute("PRAGMA journal_mode=off")
    database.execute("PRAGMA synchronous=off")
    database.execute("BEGIN")
    database.execute(
        f"CREATE TEMP TABLE model AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM event"
        f" WHERE edition_id = {edition_id} AND status IN ('published', 'cancelled') AND visibility = 'public'"
        f" AND id NOT IN ({_OF_THE_FIXED})",
        fixed,
    )
    (models,) = database.execute("SELECT count(*) FROM model").fetchone()
    database.execute("CREATE TEMP TABLE copy (number, edition_id, id, model_id)")
    apart = {table: _ids_of(database, table) for table in ("event", *WITH_EVENTS)}
    here = SHOWN if growth is Growth.ELSEWHERE else events
    for number in range(1, (events - there) // models + 2):
        place = (number - 1) * models
        target = edition_id if place + there < here else archived[number % len(archived)]
        database.execute(
            "INSERT INTO copy SELECT :n, :target, id + :n * :apart, id FROM model WHERE place < :wanted",
            {"n": number, "target": target, "apart": apart["event"], "wanted": events - there - place},
        )
    _copy_rows(database, apart)
    database.execute(
        "UPDATE edition SET next_number = next_number + ?, revision = revision + 1, counting = 0", (events,)
    )
    database.execute("COMMIT")
    database.execute("PRAGMA journal_mode=wal")


def _ids_of(database: sqlite3.Connection, table: str) -> int:
    """How far apart the ids of a table's copies are: they follow each other as those of registered rows do."""
    has_id = any(row["name"] == "id" for row in database.execute(f"PRAGMA table_info({table})"))
    return int(database.execute(f"SELECT max(id) FROM {table}").fetchone()[0]) if has_id else 0


def _copy_rows(database: sqlite3.Connection, apart: Mapping[str, int]) -> None:
    uid = _UID.format(apart=apart["occurrence"])
    new = {
        "id": "{table}.id + copy.number * {apart}",
        "event_id": "copy.id",
        "edition_id": "copy.edition_id",
        "number": "event.number || '-' || copy.number",
        "slug": "event.slug || '-nr-' || copy.number",
        "external_id": "NULL",
        "part_of_id": "NULL",
        "token_hash": "NULL",
        "uid": uid,
        "component": f"replace(component, uid, {uid})",
        "starts_at": _MOVED.format(column="starts_at", later=_LATER),
        "ends_at": _MOVED.format(column="ends_at", later=f"({_LATER} + {_LONGER})"),
    }
    for table in ("event", *WITH_EVENTS):
        columns = [row["name"] for row in database.execute(f"PRAGMA table_info({table})")]
        values = [new.get(name, f"{table}.{name}").format(table=table, apart=apart[table]) for name in columns]
        owner = "id" if table == "event" else "event_id"
        database.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
            f" FROM copy JOIN {table} ON {table}.{owner} = copy.model_id"
        )
    # What is searched: the triggers of the table tell the index of trigrams of each row.
    database.execute(
        f"INSERT INTO search_text (occurrence_id, {_SEARCHED})"
        f" SELECT occurrence.id + copy.number * {apart['occurrence']}, {_SEARCHED}"
        " FROM copy JOIN occurrence ON event_id = model_id JOIN search_text ON occurrence_id = occurrence.id"
    )


_SEARCHED = "wording, folded, names"
# Up to four hours earlier or later and three quarters longer, unless it is another day then in Sweden (in September).
_LATER = "((occurrence.id * 13 + copy.number * 7) % 33 * 15 - 240)"
_LONGER = "((occurrence.id + copy.number * 3) % 4 * 15)"
_IN_SWEDEN = "'+2 hours'"
_MOVED = f"""
    CASE WHEN date(starts_at, {_IN_SWEDEN}, {_LATER} || ' minutes') = first_day
        AND date(coalesce(ends_at, starts_at), {_IN_SWEDEN}, ({_LATER} + {_LONGER}) || ' minutes')
            = iif(ends_at IS NULL, first_day, last_day)
    THEN strftime('%Y-%m-%d %H:%M:%f000', {{column}}, {{later}} || ' minutes') ELSE {{column}} END
"""
# As long as the one that it replaces, so that no line of the component has to be folded anew.
_UID = "substr(uid, 1, 24) || printf('%012x', occurrence.id + copy.number * {apart}) || substr(uid, 37)"


def main() -> None:
    """Make every database that the measurements need, and say how big they are."""
    for growth, events in itertools.product(Growth, (1_000, 10_000, 100_000)):
        made = programme(events, growth)
        print(growth, events, made, made.database.stat().st_size // 1_000_000, "MB")


if __name__ == "__main__":
    main()
