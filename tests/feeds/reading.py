"""Reading each shape with another program than the one that wrote it, and taking it to task on the way."""

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ical.calendar_stream import IcsCalendarStream
from jsonschema import Draft202012Validator
from pypdf import PdfReader
from python_calamine import CalamineWorkbook, load_workbook

from tests.feeds.rss_rules import read_atom, read_rss
from tests.feeds.strict import read

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = Draft202012Validator(
    json.loads((DOCS / "json-feed.schema.json").read_text(encoding="utf-8")),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)
TAG = "tag:demokrativeckan.example,2026:"

Table = list[dict[str, Any]]


def read_json(source: bytes) -> Any:
    """The document, if it keeps the schema."""
    document = json.loads(source)
    SCHEMA.validate(document)
    return document


def read_csv(source: bytes) -> Table:
    """The rows under their headings, as a program reads them that knows no more of CSV than Excel does."""
    assert source.startswith(b"\xef\xbb\xbf")
    lines = source.decode("utf-8-sig")
    assert lines.endswith("\r\n")
    assert "\n" not in lines.replace("\r\n", "")
    table = list(csv.DictReader(StringIO(lines, newline=""), delimiter=";", strict=True))
    assert all(None not in (*row, *row.values()) for row in table)
    return table


def read_xlsx(source: bytes) -> dict[str, Table]:
    """The rows of each sheet under their headings."""
    workbook: CalamineWorkbook = load_workbook(BytesIO(source))
    tables = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    return {name: [dict(zip(headings, row, strict=True)) for row in rows] for name, (headings, *rows) in tables.items()}


def read_pdf(source: bytes, language: str = "sv-SE") -> PdfReader:
    """The document, if it is tagged, names its language and has a title for the window."""
    reader = PdfReader(BytesIO(source), strict=True)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (language, True)
    assert reader.metadata is not None
    assert reader.metadata.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    return reader


def _of_ics(source: bytes) -> set[str]:
    strictly = [event.text("UID") for event in read(source).events]
    found = {event.uid for event in IcsCalendarStream.calendar_from_ics(source.decode()).events}
    assert sorted(found) == sorted(strictly)
    return found


def _of_rss(source: bytes) -> list[str]:
    return [entry.id for entry in read_rss(source).entries]


def _of_atom(source: bytes) -> list[str]:
    assert all(entry.id.startswith(TAG) for entry in read_atom(source).entries)
    return [unquote(entry.id.removeprefix(TAG)) for entry in read_atom(source).entries]


def _of_json(source: bytes) -> list[str]:
    return [item["id"] for item in read_json(source)["items"]]


def _of_csv(source: bytes) -> list[str]:
    return [row["Id"] for row in read_csv(source)]


def _of_xlsx(source: bytes) -> list[str]:
    return [row["Id"] for table in read_xlsx(source).values() for row in table]


def _of_pdf(source: bytes) -> list[str]:
    return list(read_pdf(source).named_destinations)


_READERS: dict[str, Callable[[bytes], Any]] = {
    "ics": _of_ics,
    "pdf": _of_pdf,
    "rss": _of_rss,
    "atom": _of_atom,
    "json": _of_json,
    "csv": _of_csv,
    "xlsx": _of_xlsx,
}


def uids_in(ending: str, source: bytes) -> set[str]:
    """Which occurrences are in a file. A shape without a reader here is a shape that nobody has tested."""
    return set(_READERS[ending](source))
