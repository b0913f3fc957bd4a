"""Error pages: what happened, and where to go on."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from planner import create_app
from planner.core.errors import Invalid, NotAllowed, NotFound, Problem, StaleVersion
from planner.web.access import Level, access
from tests import databases
from tests.browsing import Browser

ERRORS = [
    (NotAllowed(), 403, "Du har inte behörighet hit"),
    (NotFound(), 404, "Sidan finns inte"),
    (StaleVersion(2), 409, "Någon annan hann spara före dig"),
    (RequestEntityTooLarge(), 413, "Filen är för stor"),
    (TooManyRequests(), 429, "Det blev för många försök"),
]


@pytest.fixture
def failing(tmp_path: Path) -> FlaskClient:
    """An application of the test's own, with an address that fails as it is told."""
    app = create_app(databases.environment_for(f"sqlite:///{tmp_path / 'planner.db'}", tmp_path))
    app.add_url_rule("/fel", "failing", access(Level.ANYONE)(_fail), methods=["GET", "POST"])
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def _fail() -> str:
    raise _fail.error  # type: ignore[attr-defined]


@pytest.mark.parametrize(("error", "status", "heading"), ERRORS)
def test_a_refusal_has_its_page(failing: FlaskClient, error: Exception, status: int, heading: str) -> None:
    _fail.error = error  # type: ignore[attr-defined]
    response = failing.get("/fel")
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"


def test_a_query_that_does_not_hold_together_says_what_is_wrong_with_it(failing: FlaskClient) -> None:
    _fail.error = Invalid([Problem("dag", "Dagen %(day)s finns inte.", {"day": "2027-02-30"})])  # type: ignore[attr-defined]
    response = failing.get("/fel")
    assert response.status_code == 400
    assert "<li>Dagen 2027-02-30 finns inte.</li>" in response.get_data(as_text=True)
    assert failing.post("/fel").status_code == 422


def test_what_is_wrong_is_said_in_the_language_of_the_page_and_escaped(failing: FlaskClient) -> None:
    message = "Välj högst %(most)s värden på en gång."
    _fail.error = Invalid([Problem("tema", message, {"most": "<b>50</b>"})])  # type: ignore[attr-defined]
    page = failing.get("/en/fel").get_data(as_text=True)
    assert "<li>Choose at most &lt;b&gt;50&lt;/b&gt; values at once.</li>" in page


def test_a_failure_of_ours_is_a_page_too(failing: FlaskClient) -> None:
    _fail.error = ZeroDivisionError()  # type: ignore[attr-defined]
    response = failing.get("/fel")
    assert response.status_code == 500
    assert "<h1>Något gick fel hos oss</h1>" in response.get_data(as_text=True)


def test_the_wrong_method_says_which_are_right(client: Browser) -> None:
    response = client.post("/om")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_an_error_page_is_in_the_language_of_the_address(client: Browser) -> None:
    assert "<h1>The page does not exist</h1>" in client.get("/en/finns-inte").get_data(as_text=True)


def test_a_form_that_was_open_too_long_can_be_sent_once_more(client: Browser) -> None:
    client.get("/tillganglighet/hinder")
    response = client.open(
        "/tillganglighet/hinder?a=1",
        method="post",  # in small letters: the test client then leaves the token out
        data={"what": "Ingen rubrik på <kartan>", "password": "hemligt", "csrf_token": "gammal"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "<h1>Det du skrev är kvar, skicka en gång till</h1>" in page
    assert 'action="/tillganglighet/hinder?a=1"' in page
    assert '<input type="hidden" name="what" value="Ingen rubrik på &lt;kartan&gt;">' in page
    assert "hemligt" not in page
    assert "gammal" not in page


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ond.example"}, {}])
def test_a_form_from_another_site_is_refused(client: Browser, headers: dict[str, str]) -> None:
    response = client.open("/tillganglighet/hinder", method="post", data={"what": "Hej"}, headers=headers)
    assert response.status_code == 400
    assert "<h1>Vi förstod inte adressen eller formuläret</h1>" in response.get_data(as_text=True)
