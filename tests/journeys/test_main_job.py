"""The main job, as people do it: register, verify, draft, invite, consent, review, find, subscribe, move."""

import re
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import Page, expect

from planner.mail.models import Letter
from tests.factories import make_coordinator, make_edition, make_organisation, make_user, make_venue

pytestmark = pytest.mark.usefixtures("reaches_this_machine")
TITLE = "Vem får höras, och hur?"


@pytest.fixture
def county(live):
    """An edition that takes events, a coordinator, a place, and two organisations to host jointly with."""
    with live.session() as session:
        make_edition(session)
        people = {
            "coordinator": make_coordinator(session),
            "region": make_user(session, "Rut Rönn", email="rut@region.example"),
            "kommun": make_user(session, "Bo Berg", email="bo@arvika.example"),
        }
        make_organisation(session, "Region Värmland", members=[people["region"]])
        make_organisation(session, "Arvika kommun", members=[people["kommun"]], kommun_code="1784")
        make_venue(session, "Arvika bibliotek", kommun_code="1784", street="Kyrkogatan 41", town="Arvika")
        return people


class Errand:
    """One run of the main job; each step is what one person does."""

    def __init__(self, live, visit, people):
        self.live, self.visit, self.people = live, visit, people

    def link_to(self, address: str, part: str) -> str:
        """The path of the latest link to ``part`` in a letter to the address, after letting the letters leave."""
        self.live.send_letters()
        with self.live.session() as session:
            letters = session.scalars(
                sa.select(Letter)
                .where(Letter.to_address == address, Letter.sent_at.is_not(None))
                .order_by(Letter.id.desc())
            )
            bodies = [letter.body for letter in letters]
        found = [match.group() for body in bodies for match in re.finditer(rf"/{part}/\S+", body)]
        assert found, f"no link to {part} in {bodies}"
        return found[0]

    def register(self) -> Page:
        page = self.visit("/", width=360)
        page.get_by_role("link", name="För arrangörer").first.click()
        page.goto("/konto/ny")
        page.get_by_label("E-postadress").fill("elsa@fred.example")
        page.get_by_role("button", name="Skicka en länk").click()
        page.goto(self.link_to("elsa@fred.example", "konto/ny"))
        page.get_by_label("Ditt namn").fill("Elsa Ek")
        page.get_by_role("button", name="Skapa konto").click()
        page.goto("/arbetsyta/organisationer/ny/uppgifter")
        page.get_by_label("Organisationens namn").fill("Arvika fredsförening")
        page.get_by_label("Typ av organisation").select_option(label="Förening")
        page.get_by_label("Var hör ni hemma?").select_option(label="Arvika")
        page.get_by_label("E-postadress för allmänheten").fill("info@fred.example")
        page.get_by_label("Ansvarig person").fill("Elsa Ek")
        page.get_by_label("ställer sig bakom").check()
        page.get_by_role("button", name="Registrera").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Arvika fredsförening")
        return page

    def verify(self) -> None:
        page = self.visit("/samordning/organisationer/arvika-fredsforening", as_user=self.people["coordinator"])
        page.get_by_role("button", name=re.compile("^Verifiera")).click()
        expect(page.locator("main")).to_contain_text("erifierad")

    def draft(self, page: Page) -> str:
        """Draft on a phone; returns the event's address in the workspace."""
        page.goto("/arbetsyta/evenemang/ny")
        page.get_by_label("Rubrik").fill(TITLE)
        page.get_by_role("button", name="Spara utkast").click()
        base = page.url.rsplit("/", 1)[0]
        page.get_by_label("Kort sammanfattning").fill("Ett samtal om vilka som kommer till tals i Värmland.")
        page.get_by_role("button", name="Spara och fortsätt").click()
        page.goto(f"{base}/tillfallen/ny")
        page.get_by_label("Jag vet start- och sluttid").check()
        page.get_by_label("Dag", exact=True).fill("2027-09-21")
        page.get_by_label("Börjar klockan").fill("18")
        page.get_by_label("Slutar klockan").fill("19.30")
        page.get_by_label("Arvika bibliotek").check()
        page.get_by_role("button", name="Spara tillfället").click()
        page.goto(f"{base}/vilka")
        page.get_by_label("Alla", exact=True).check()
        page.get_by_role("button", name="Spara och fortsätt").click()
        page.get_by_label("Ingen anmälan").check()
        page.get_by_label("E-post", exact=True).fill("info@fred.example")
        page.get_by_role("button", name="Spara och fortsätt").click()
        return base

    def invite(self, page: Page, base: str, name: str) -> None:
        page.goto(f"{base}/arrangorer")
        page.get_by_label("Organisationens namn").fill(name)
        page.get_by_role("button", name="Sök i registret").click()
        page.get_by_role("link", name=re.compile(name)).first.click()
        page.get_by_role("button", name=re.compile("Bjud in|Skicka inbjudan")).click()
        expect(page.locator("main")).to_contain_text("Väntar på svar")

    def answer_from_letter(self, address: str, button: str) -> None:
        page = self.visit(self.link_to(address, "svar"), javascript=False)
        page.get_by_role("button", name=re.compile(button)).first.click()

    def accept_in_workspace(self) -> None:
        page = self.visit("/arbetsyta", as_user=self.people["kommun"])
        page.get_by_role("link", name=re.compile(TITLE.rstrip("?"))).first.click()
        page.get_by_role("button", name=re.compile("Tacka ja")).first.click()

    def submit(self, page: Page, base: str) -> None:
        page.goto(f"{base}/skicka")
        page.get_by_role("button", name="Skicka in för granskning").click()

    def publish(self, number: str) -> None:
        page = self.visit(f"/samordning/granskning/{number}", as_user=self.people["coordinator"])
        page.get_by_label(re.compile("^Publicera")).check()
        page.get_by_role("button", name="Besluta").click()
        expect(page.locator("main")).to_contain_text("ublicerad")

    def move(self, page: Page, base: str) -> None:
        page.goto(f"{base}/tillfallen")
        page.locator("a[href*='/tillfallen/']").filter(has_text=re.compile("Ändra")).first.click()
        page.get_by_label("Dag", exact=True).fill("2027-09-22")
        page.get_by_label("Börjar klockan").fill("1730")
        page.get_by_label("Slutar klockan").fill("19")
        page.get_by_role("button", name=re.compile("^Spara")).first.click()


def fetch(url: str, headers: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, ETag and body, over a plain connection as a calendar app makes it."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname, parts.port)
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers or {})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get("ETag", ""), body


def only_event(text: str):
    (event,) = IcsCalendarStream.calendar_from_ics(text).events
    return event


def test_the_main_job(live, visit, county):
    errand = Errand(live, visit, county)
    phone = errand.register()
    errand.verify()
    base = errand.draft(phone)
    number = base.rsplit("/", 1)[1]
    errand.invite(phone, base, "Region Värmland")
    errand.invite(phone, base, "Arvika kommun")
    errand.answer_from_letter("rut@region.example", "Tacka ja")
    errand.accept_in_workspace()
    errand.submit(phone, base)
    errand.publish(number)

    resident = visit("/kalender?kommun=1784&form=pa-plats", javascript=False)
    resident.get_by_role("link", name=TITLE, exact=True).click()
    expect(resident.get_by_role("heading", level=1)).to_have_text(TITLE)
    for name in ("Arvika fredsförening", "Region Värmland", "Arvika kommun", "Arvika bibliotek", "kl. 18–19.30"):
        expect(resident.locator("main")).to_contain_text(name)

    feeds = [f"{live.url}/{path}" for path in ("kalender.ics", "kommuner/arvika.ics", "arrangorer/region-varmland.ics")]
    answers = [fetch(feed) for feed in feeds]
    assert [status for status, _, _ in answers] == [200, 200, 200]
    found = [only_event(body) for _, _, body in answers]
    assert len({event.uid for event in found}) == 1
    before = found[0]
    assert (before.summary, before.dtstart.isoformat()) == (TITLE, "2027-09-21T18:00:00+02:00")

    errand.move(phone, base)
    status, etag, body = fetch(feeds[0], {"If-None-Match": answers[0][1]})
    after = only_event(body)
    assert (status, after.uid, after.dtstart.isoformat()) == (200, before.uid, "2027-09-22T17:30:00+02:00")
    assert after.sequence > before.sequence
    assert fetch(feeds[0], {"If-None-Match": etag})[0] == 304

    errand.answer_from_letter("rut@region.example", "Vi är fortfarande med")
    page = visit("/arbetsyta", as_user=county["kommun"])
    expect(page.locator("main")).to_contain_text("ndrat sedan ni tackade ja")
    resident.reload()
    expect(resident.locator("main")).to_contain_text("kl. 17.30–19")
