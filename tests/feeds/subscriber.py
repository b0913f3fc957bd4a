"""A calendar app: it fetches an address again and again, and asks whether anything has changed."""

from dataclasses import dataclass, field
from enum import StrEnum

from tests.browsing import Browser
from tests.feeds.strict import Component, read


class By(StrEnum):
    """What a client sends to be told that nothing has changed."""

    ETAG = "If-None-Match"
    DATE = "If-Modified-Since"


@dataclass
class Subscriber:
    """Keeps what it fetched last, as a strict reader understood it."""

    client: Browser
    address: str
    by: By = By.ETAG
    validators: dict[str, str] = field(default_factory=dict)
    calendar: Component | None = None

    def fetch(self) -> int:
        """Ask once; the status of the answer."""
        response = self.client.get(self.address, headers=self.validators)
        if response.status_code == 200:
            self.calendar = read(response.data)
            source = {By.ETAG: "ETag", By.DATE: "Last-Modified"}[self.by]
            self.validators = {self.by.value: response.headers[source]}
        return response.status_code

    @property
    def events(self) -> dict[str, Component]:
        """What stands in the subscriber's calendar now, by UID."""
        assert self.calendar is not None
        return {event.text("UID"): event for event in self.calendar.events}

    @property
    def event(self) -> Component:
        """The only event in it."""
        [found] = self.events.values()
        return found
