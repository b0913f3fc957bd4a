"""QR codes: what a scanner would read is the address, and somebody who does not see them is told it."""

import re
from xml.etree import ElementTree

import segno
from sqlalchemy.orm import Session

from planner.events.actions import shorten_query
from planner.events.calendar_query import CalendarQuery
from tests.browse.subscribing import HOST, pictures, show
from tests.browsing import Browser
from tests.factories import make_event

QUIET = 4
RUN = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")
ARVIKA = CalendarQuery(kommuner=("1784",))
TOO_LONG = CalendarQuery(organisations=tuple(f"{'a' * 40}-{number}" for number in range(10)))

Modules = set[tuple[int, int]]


def drawn(svg: bytes) -> Modules:
    """The dark modules of a picture, whose one stroked path is made of horizontal runs."""
    [path] = [each for each in ElementTree.fromstring(svg).iter() if each.get("stroke")]  # noqa: S314 - our own file
    dark: Modules = set()
    x = y = 0.0
    for letter, across, down in RUN.findall(path.get("d") or ""):
        if letter == "h":
            dark |= {(int(x) + step, int(y)) for step in range(int(across))}
            x += float(across)
        else:
            x, y = (0.0 if letter == "M" else x) + float(across), (0.0 if letter == "M" else y) + float(down)
    return dark


def meant(words: str) -> Modules:
    """The dark modules of exactly these words, in a picture with its quiet zone."""
    code = segno.make_qr(words, error="m", boost_error=False)
    return {(x + QUIET, y + QUIET) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module}


def test_each_picture_holds_the_address_that_its_text_says(session: Session, client: Browser) -> None:
    make_event(session)
    query = "kommun=1780&form=pa-plats"
    whole = {
        f"/prenumerera/qr-sida.svg?{query}": f"{HOST}/prenumerera?{query}",
        f"/prenumerera/qr-kalender.svg?{query}": f"webcal://demokrativeckan.example/kalender.ics?{query}",
    }

    shown = pictures(show(client, query))

    assert list(shown) == list(whole)
    for address, words in whole.items():
        assert shown[address].endswith(f": {words}")
        assert drawn(client.get(address).data) == meant(words)


def test_under_a_short_address_they_hold_the_short_one(session: Session, client: Browser) -> None:
    code = shorten_query(session, TOO_LONG).code

    assert drawn(client.get(f"/prenumerera/{code}/qr-kalender.svg").data) == meant(
        f"webcal://demokrativeckan.example/f/{code}.ics"
    )
    assert drawn(client.get(f"/en/prenumerera/{code}/qr-sida.svg").data) == meant(f"{HOST}/en/prenumerera/{code}")


def test_a_picture_is_a_whole_file_that_anybody_may_keep(client: Browser) -> None:
    response = client.get(f"/prenumerera/qr-sida.svg?{ARVIKA}")

    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in response.headers
    root = ElementTree.fromstring(response.data)  # noqa: S314 - our own file
    assert root.get("width") == root.get("height") == f"{(root.get('viewBox') or '').split()[-1]}mm"
    assert root.findtext("{http://www.w3.org/2000/svg}title") == f"{HOST}/prenumerera?{ARVIKA}"
    assert b"style" not in response.data


def test_what_has_no_address_has_no_picture(session: Session, client: Browser) -> None:
    make_event(session)
    for address, status in (
        ("/prenumerera/qr-kalender.svg?form=flygande", 400),
        ("/prenumerera/qr-kalender.svg?arrangor=ingen", 400),
        ("/prenumerera/222222/qr-sida.svg", 404),
        ("/prenumerera/qr-annat.svg", 404),
    ):
        assert client.get(address).status_code == status, address
