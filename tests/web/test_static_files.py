"""Static files: one style sheet, addresses that change with the content, nothing outside the folder."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from planner.web.static_files import static_url
from tests.browsing import Browser
from tools import vendor

ROOT = Path(__file__).parents[2]
FIRST_VISIT = 100_000


def test_the_style_sheet_is_served_whole_and_versioned(client: Browser, app: Flask) -> None:
    with app.test_request_context("/om", base_url="http://localhost/en"):
        address = static_url("css/main.css")
    assert re.fullmatch(r"/static/css/main\.css\?v=[0-9a-f]{12}", address)
    response = client.get(address)
    sheet = response.get_data(as_text=True)
    assert "@import" not in sheet
    assert "/*" not in sheet
    assert sheet.startswith("@layer ds.theme, ds.base")
    assert ".ds-button{" in sheet
    assert response.cache_control.max_age == 31_536_000
    assert response.cache_control.immutable


def test_every_style_sheet_is_in_the_list() -> None:
    sheets = {path.name for path in (ROOT / "static" / "css").glob("*.css")} - {"main.css"}
    listed = re.findall(r'@import url\("([a-z-]+\.css)"\)', (ROOT / "static" / "css" / "main.css").read_text())
    assert sorted(sheets) == sorted(listed)


def test_files_named_by_the_style_sheet_exist_and_carry_their_version(client: Browser) -> None:
    sheet = client.get("/static/css/main.css").get_data(as_text=True)
    named = set(re.findall(r'url\("(\.\./[^"]+)"\)', sheet))
    assert len(named) == 3
    for address in named:
        assert "?v=" in address
        assert client.get(address.replace("..", "/static")).cache_control.immutable


def test_a_static_file_is_compressed_for_who_can_read_it(client: Browser) -> None:
    plain = client.get("/static/css/main.css", headers={"Accept-Encoding": "identity"})
    packed = client.get("/static/css/main.css", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_a_static_file_is_not_sent_twice(client: Browser) -> None:
    tag = client.get("/static/js/main.js").headers["ETag"]
    again = client.get("/static/js/main.js", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["css/saknas.css", "../pyproject.toml", "%2e%2e/pyproject.toml", "css", ""])
def test_nothing_outside_the_folder_is_served(client: Browser, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_the_first_visit_is_light(client: Browser) -> None:
    """The page, its style sheet, script, font and pictures, as they cross the wire."""
    names = ["css/main.css", "js/main.js", "img/favicon.svg", "img/treeline.svg"]
    names += [path.relative_to(ROOT / "static").as_posix() for path in ROOT.glob("static/vendor/*/latin.woff2")]
    page = gzip.compress(client.get("/om/design").data)
    files = [client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}).data for name in names]
    assert len(page) + sum(map(len, files)) < FIRST_VISIT


def test_vendored_files_are_as_locked() -> None:
    assert vendor.check() == 0


def test_the_lock_of_npm_names_no_addresses() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
