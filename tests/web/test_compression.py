"""Public pages travel compressed; pages with a form token do not."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that shows what crosses the wire."""
    return FlaskClient(app)


READS_GZIP = {"Accept-Encoding": "gzip, br"}


def test_a_public_page_is_compressed_for_who_can_read_it(client: FlaskClient) -> None:
    plain = client.get("/om", headers={"Accept-Encoding": "identity"})
    packed = client.get("/om", headers=READS_GZIP)
    assert gzip.decompress(packed.data) == plain.data
    assert packed.content_encoding == "gzip"
    assert plain.content_encoding is None
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.content_length == len(packed.data) < len(plain.data) / 2


def test_who_refuses_gzip_does_not_get_it(client: FlaskClient) -> None:
    assert client.get("/om", headers={"Accept-Encoding": "gzip;q=0, *;q=0.5"}).content_encoding is None


def test_a_page_with_a_token_is_never_compressed(client: FlaskClient) -> None:
    page = client.get("/tillganglighet/hinder", headers=READS_GZIP)
    assert b'name="csrf_token"' in page.data
    assert page.content_encoding is None
