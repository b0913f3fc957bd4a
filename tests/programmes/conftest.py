"""Residents: they have no account and no session, and what their browser says of a form is what browsers say."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.browse.reading import PublicPage
from tests.browsing import Browser


class Resident(Browser):
    """A browser that has never been signed in."""

    def form_headers(self) -> dict[str, str]:
        return {"Sec-Fetch-Site": "same-origin"}

    def page(self, address: str, status: int = 200) -> PublicPage:
        """A page, which must not set any cookie."""
        return PublicPage(self.get(address), status)

    def press(self, address: str, /, **fields: object) -> PublicPage:
        """Send a form and go where it leads."""
        response = self.post(address, data=fields)
        assert response.status_code == 303, response.get_data(as_text=True)
        return self.page(response.location)

    @property
    def kept(self) -> dict[str, str]:
        """The cookies that it would send to each part of the site: path to value."""
        return {cookie.path: cookie.value for cookie in self._cookies.values()} if self._cookies else {}


@pytest.fixture
def new_resident(app: Flask, session: Session) -> Callable[[], Resident]:
    """Makes one more device, with cookies of its own."""

    def make() -> Resident:
        app.test_client_class = Resident
        resident = app.test_client()
        assert isinstance(resident, Resident)
        resident.test_session = session
        return resident

    return make


@pytest.fixture
def resident(new_resident: Callable[[], Resident]) -> Resident:
    """Somebody who plans what to go to."""
    return new_resident()


def token_of(response: TestResponse) -> str:
    """The token of the programme that an answer leads to."""
    assert response.status_code == 303, response.get_data(as_text=True)
    token: str = response.location.partition("/mitt-program/")[2].partition("?")[0].partition("/")[0]
    return token
