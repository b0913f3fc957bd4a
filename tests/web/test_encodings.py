"""Public pages travel compressed; pages with a form token do not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.web.answers import UNPACK


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that shows what crosses the wire."""
    return FlaskClient(app)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_public_page_is_packed_for_who_can_read_it(client: FlaskClient, encoding: str) -> None:
    plain = client.get("/om", headers={"Accept-Encoding": "identity"})
    packed = client.get("/om", headers={"Accept-Encoding": encoding})
    assert UNPACK[encoding](packed.data) == plain.data
    assert packed.content_encoding == encoding
    assert plain.content_encoding is None
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.content_length == len(packed.data) < len(plain.data) / 2


def test_who_refuses_gzip_does_not_get_it(client: FlaskClient) -> None:
    assert client.get("/om", headers={"Accept-Encoding": "gzip;q=0, *;q=0.5"}).content_encoding is None


def test_a_page_with_a_token_is_never_compressed(client: FlaskClient) -> None:
    page = client.get("/tillganglighet/hinder", headers={"Accept-Encoding": "gzip, br"})
    assert b'name="csrf_token"' in page.data
    assert page.content_encoding is None


@pytest.mark.parametrize("path", ["/om", "/en/om"])
def test_a_page_is_named_by_its_bytes_in_each_encoding(client: FlaskClient, path: str) -> None:
    tags = {}
    for encoding in ("identity", "gzip", "br"):
        page = client.get(path, headers={"Accept-Encoding": encoding})
        again = client.get(path, headers={"Accept-Encoding": encoding, "If-None-Match": page.headers["ETag"]})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", page.headers["ETag"])
        assert "Content-Type" not in again.headers
        tags[page.headers["ETag"]] = page.headers["Cache-Control"]
    assert len(tags) == 3
    assert set(tags.values()) == {"public, max-age=0, stale-if-error=86400"}


def test_a_page_that_is_missing_is_not_named(client: FlaskClient) -> None:
    missing = client.get("/finns-inte")
    assert "ETag" not in missing.headers
