"""The commands, as they are typed."""

import json
from importlib.resources import files

import pytest
import sqlalchemy as sa

from planner.events.models import Event
from tests.factories import make_edition

SHORTEST = {
    "edition": "2027",
    "title": "Öppet hus",
    "organiser": {"name": "Kils kommun"},
    "occurrences": [{"time_kind": "within_span", "first_day": "2027-09-21"}],
}


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


def test_import_programme_tells_of_every_row(session, run):
    result = run("import-programme", str(files("planner.data") / "demokrativeckan-2021.json"))
    assert result.exit_code == 0, result.output
    lines = result.output.strip().splitlines()
    assert len(lines) == 119
    assert lines[0].startswith("vl21-210920-charlottenberg-bamsetidning-om-demokrati: kom in, upplaga 2021")
    assert lines[-1].startswith("118 rader: 118 kom in, 0 fanns redan, 0 gick inte att läsa.")


def test_import_programme_refuses_another_file(run, tmp_path):
    file = tmp_path / "fel.json"
    file.write_text("{", encoding="utf-8")
    result = run("import-programme", str(file))
    assert (result.exit_code, "Filen går inte att läsa" in result.output) == (1, True)


def test_events_go_out_and_in(session, run, tmp_path):
    make_edition(session)
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(SHORTEST, ensure_ascii=False) + "\n", encoding="utf-8")
    assert "1 kom in, 0 fanns redan, 0 gick inte att läsa." in run("import-events", str(file)).output
    out = tmp_path / "ut.jsonl"
    assert run("export-events", "--edition", "2027", "--output", str(out)).exit_code == 0
    assert [json.loads(line)["title"] for line in out.read_text(encoding="utf-8").splitlines()] == ["Öppet hus"]


def test_bad_lines_are_told_of_with_number_and_reason_and_the_others_arrive(session, run, tmp_path):
    make_edition(session)
    file = tmp_path / "in.jsonl"
    bad = json.dumps({**SHORTEST, "title": ""})
    file.write_bytes(b"\n".join([json.dumps(SHORTEST).encode(), bad.encode(), b"\xff\xfe"]))
    result = run("import-events", str(file))
    assert result.exit_code == 1
    assert "rad 2: title: Fältet får inte vara tomt." in result.output
    assert "rad 3: " in result.output
    assert "1 kom in, 0 fanns redan, 2 gick inte att läsa." in result.output
    assert session.scalar(sa.select(sa.func.count()).select_from(Event)) == 1


def test_export_of_an_edition_that_does_not_exist(run):
    result = run("export-events", "--edition", "1999")
    assert (result.exit_code, "Upplagan 1999 finns inte." in result.output) == (1, True)


def test_there_is_no_demonstration_until_it_is_made(run):
    assert "Här finns ingen demonstration." in run("sign-ins").output


def test_the_register_of_places_lists_none_that_only_stands_in_the_source_as_prose(session, run, client):
    run("import-programme", str(files("planner.data") / "demokrativeckan-2021.json"))
    page = client.get("/platser").get_data(as_text=True)
    assert "Biblioteket i Charlottenberg" in page
    prose = ["webbinarium", "livesändning", "direktsändning", "YouTube", "Torget, ", "Start vid", "I anslutning till"]
    assert [words for words in prose if words in page] == []
