"""Import 1,000 and 10,000 events, each into a new SQLite database, and compare: time per event and peak memory.

Then interrupt an import of 10,000 and count what it left behind. Prints a table; nothing is asserted.
"""

import json
import os
import platform
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZES = (1_000, 10_000)


def line(number: int) -> str:
    """An event with an organiser, a co-organiser, a place and two occurrences."""
    day = f"2027-09-{20 + number % 8}"
    place = {"kind": "physical", "name": f"Plats {number % 300}", "kommun_code": "1780", "town": "Karlstad"}
    occurrence = {
        "time_kind": "start_and_end",
        "first_day": day,
        "starts_at": f"{day}T16:00:00Z",
        "ends_at": f"{day}T17:30:00Z",
        "place": place,
    }
    event = {
        "edition": "2027",
        "title": f"Samtal nummer {number}",
        "summary": "Ett samtal om demokrati i vardagen, på biblioteket.",
        "description": "Vi talar **med varandra**.\n\n" * 10,
        "status": "published",
        "organiser": {"name": f"Organisation {number % 60}"},
        "audiences": ["alla"],
        "languages": [{"code": "sv", "use": "spoken"}],
        "occurrences": [occurrence, {**occurrence, "place": {**place, "name": f"Plats {number % 299}"}}],
        "hostings": [
            {"organisation": {"name": f"Organisation {(number + 7) % 60}"}, "role": "co_organiser", "state": "accepted"}
        ],
    }
    return json.dumps(event, ensure_ascii=False)


def flask(folder: Path, *words: str) -> list[str]:
    return [str(ROOT / ".venv" / "bin" / "flask"), "--app", str(ROOT / "wsgi.py"), *words]


def prepare(folder: Path) -> dict[str, str]:
    """A migrated database with the edition of 2027."""
    environment = {**os.environ, "PLANNER_INSTANCE": str(folder)}
    subprocess.run(flask(folder, "db", "upgrade"), env=environment, check=True, capture_output=True, cwd=ROOT)
    with sqlite3.connect(folder / "planner.db") as database:
        database.execute(
            "INSERT INTO edition (slug, name, year, county, first_day, last_day, time_zone, state, intro, terms,"
            " verified_may_publish, contact_email, number_prefix, next_number, revision, changed_at, created_at)"
            " VALUES ('2027', 'Demokrativeckan 2027', 2027, 'Värmlands län', '2027-09-20', '2027-09-27',"
            " 'Europe/Stockholm', 'published', '', '', 0, '', 'DV27', 1, 1, '2026-11-01', '2026-11-01')"
        )
    return environment


def events_in(folder: Path) -> int:
    with sqlite3.connect(folder / "planner.db") as database:
        (count,) = database.execute("SELECT count(*) FROM event").fetchone()
    return int(count)


def measure(size: int, folder: Path) -> tuple[float, int]:
    """Seconds of the import alone, and the peak memory of its process in MB."""
    environment = prepare(folder)
    file = folder / "events.jsonl"
    file.write_text("\n".join(line(number) for number in range(size)), encoding="utf-8")
    began = time.perf_counter()
    subprocess.run(flask(folder, "import-events", str(file)), env=environment, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    if events_in(folder) != size:
        raise SystemExit(f"{events_in(folder)} events arrived of {size}")
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def interrupt(folder: Path) -> int:
    """How many events an import leaves behind that is killed after three seconds."""
    environment = prepare(folder)
    file = folder / "events.jsonl"
    file.write_text("\n".join(line(number) for number in range(10_000)), encoding="utf-8")
    process = subprocess.Popen(
        flask(folder, "import-events", str(file)), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(3)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return events_in(folder)


def main() -> None:
    rows = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            rows.append((size, *measure(size, Path(name))))
    with tempfile.TemporaryDirectory() as name:
        left = interrupt(Path(name))
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    print("| events | seconds | ms per event | peak MB |\n| --- | --- | --- | --- |")
    for size, seconds, memory in rows:
        print(f"| {size} | {seconds:.1f} | {1000 * seconds / size:.2f} | {memory} |")
    (small, few, _), (large, many, _) = rows
    print(f"\nTime per event, {large} to {small}: {(many / large) / (few / small):.2f}")
    print(f"Events left behind by an import that was killed after three seconds: {left}")


if __name__ == "__main__":
    main()
