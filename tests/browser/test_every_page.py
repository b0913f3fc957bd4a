"""Every page there is, in every state that changes it: axe finds nothing, nothing scrolls sideways at 400 %.

The addresses come from the URL map, so a page that is added is looked at by itself. Each page is opened once, and
looked at in three sizes; all faults are told at once. Pages for everybody are walked through in test_languages.py.
"""

from collections.abc import Callable, Iterable, Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page

from planner.data.kommuner import kommuner
from planner.events.models import Audience
from planner.web.access import Level
from tests.browser.conftest import Live
from tests.browser.looking import bring_axe, faults_on, open_page
from tests.browser.week import EMPTY, NEW_ACCOUNT, TAKE_OVER, Week, stops_of
from tests.site.world import TOKEN

Visit = Callable[..., Page]
PARTS = 2
"""In how many tests the most pages are looked at, so that no worker is left alone with them in the end."""
TOO_LONG = "&".join([*(f"kommun={code}" for code in kommuner()), *(f"malgrupp={audience}" for audience in Audience)])
PUBLIC = {
    "/kalender?kommun=1784&form=digitalt&dag=2027-09-24": 200,
    "/kalender?kommun=1784&form=pa-plats": 200,
    "/kalender?form=flygande": 400,
    "/kalender?upplaga=2021": 200,
    "/kalender?vy=dag": 200,
    "/kalender?vy=dag&dag=2027-10-20": 200,
    "/kalender?vy=vecka": 200,
    "/kalender?vy=manad": 200,
    "/kalender?kommun=1784&vy=karta": 200,
    "/kalender?vy=klocka": 400,
    "/kalender?ord=samtal&nara=1784": 200,
    f"/kalender?ord={'x' * 101}": 400,
    "/nu": 200,
    "/prenumerera?kommun=1784&form=digitalt&dag=2027-09-24": 200,
    "/prenumerera?kommun=1715&form=digitalt": 200,
    "/prenumerera?upplaga=2021": 200,
    "/prenumerera?form=flygande": 400,
    f"/prenumerera?{TOO_LONG}": 200,
    "/prenumerera/222222": 404,
    "/nytt?kommun=1784": 200,
    "/nytt?kommun=1730&form=hybrid": 200,
    "/nytt?upplaga=2021": 200,
    "/nytt?form=flygande": 400,
    "/inbaddat?visa=dagar&grund=mork": 200,
    "/inbaddat?visa=kompakt&antal=100": 200,
    "/inbaddat?form=flygande": 400,
    "/visa-pa-er-webbplats?farg=ffff00": 400,
    "/visa-pa-er-webbplats?kommun=1784&kommun=1730&dag=2027-09-20": 200,
    "/evenemang/hybrid": 200,
    "/evenemang/digitalt": 200,
    "/evenemang/installt": 200,
    "/evenemang/flera": 200,
    "/evenemang/langt": 200,
    "/evenemang/slutet": 404,
    "/kommuner/eda": 200,
    "/platser/lanets-videorum": 200,
    "/platser/folkets-hus": 200,
    f"/konto/ny/{NEW_ACCOUNT}": 200,
    "/konto/in/utgangen-lank": 404,
    "/svar/utgangen-lank": 404,
    f"/svar/{TAKE_OVER}": 200,
    f"/mitt-program/{EMPTY}": 200,
    f"/mitt-program/{TOKEN}?sparade=2": 200,
    f"/mitt-program/{TOKEN}?sparade=0": 200,
    f"/mitt-program/{TOKEN}?bytt=ja": 200,
    f"/mitt-program/{TOKEN}?borttaget=finns-inte": 200,
    f"/mitt-program/{TOKEN}?borttaget=tillfalle-1%40demokrativeckan.example": 200,
    f"/mitt-program/{TOKEN}/fler?dag=2027-09-20&kommun=1784": 200,
    f"/mitt-program/{TOKEN}/fler?dag=2027-09-27&kommun=1730": 200,
    f"/mitt-program/{EMPTY}/dela": 200,
    "/mitt-program/ny?tillfalle=tillfalle-1%40demokrativeckan.example": 200,
    "/mitt-program/ny?tillfalle=tillfalle-10%40demokrativeckan.example": 200,
    f"/mitt-program/{'x' * 32}": 404,
    "/finns-inte": 404,
}
"""States of public pages beyond those in the URL map, and the status of each."""
STATES = ("submitted", "returned", "rejected", "withdrawn", "cancelled")
OF_ORGANISERS = (*STATES, "taken_over")
COORDINATION = (
    "/samordning/organisationer?lage=verified",
    "/samordning/organisationer/registrets-pending",
    "/samordning/organisationer/registrets-refused",
    "/samordning/organisationer/registrets-unclaimed",
    "/samordning/programpunkter?status=draft&q=arbete",
    "/samordning/upplagor/2028",
    "/samordning/platser/stadsbiblioteket/sammanslagning?q=folkets",
)
REFUSED = (
    "/arbetsyta/evenemang/ny",
    "{draft}/vad",
    "{draft}/tillfallen/ny",
    "{draft}/tillfallen/{occurrence}",
    "{draft}/tillfallen/{occurrence}/kopiera",
    "{draft}/arrangorer/bjud-in-med-e-post",
    "{draft}/arrangorer/huvudarrangor",
    "/arbetsyta/organisationer/ny/uppgifter",
    "{organisation}/andra",
    "{organisation}/medlemmar",
    "/arbetsyta/platser/ny",
    "/konto/namn",
    "/konto/losenord",
    "/konto/epost",
)
"""Pages of a member whose form is refused when it is empty."""
REFUSED_TO_COORDINATORS = ("/samordning/granskning/{review}", "/samordning/upplagor/ny", "/samordning/samordnare")
REFUSED_TO_VISITORS = (
    "/mitt-program",
    "/konto/logga-in",
    "/konto/logga-in/losenord",
    f"/konto/ny/{NEW_ACCOUNT}",
    "/tillganglighet/hinder",
)
OVERTAKEN = {
    "{draft}/vad": "#title",
    "{draft}/tillfallen/{occurrence}": "#time_note",
    "{organisation}/andra": "#about",
    "/arbetsyta/platser/{venue}/redigera": "#directions",
}
"""Pages of a member that ask what to keep when somebody else has saved meanwhile, and a field that both change."""
OVERTAKEN_COORDINATORS = {"/samordning/upplagor/2028/redigera": "#intro"}
SEND_EMPTY = """() => {
    const form = document.querySelector("main form[method=post]:has(input:not([type=hidden]), textarea)");
    form.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea")
        .forEach(field => { field.value = ""; });
    form.querySelectorAll("[type=radio], [type=checkbox]").forEach(field => { field.checked = false; });
    form.requestSubmit(form.querySelector("button"));
}"""
SEND_CHANGED = """([selector, words]) => {
    const field = document.querySelector(selector);
    field.value = words;
    field.form.requestSubmit(field.form.querySelector("button"));
}"""


def look_at(page: Page, paths: Iterable[str]) -> list[str]:
    """Every fault on every page, each with its address."""
    faults, seen = [], 0
    bring_axe(page)
    for path in dict.fromkeys(paths):
        if open_page(page, path) is None:
            continue
        seen += 1
        faults += [f"{path}: {fault}" for fault in faults_on(page)]
    assert seen, "no page was looked at"
    return faults


def astray(page: Page, expected: dict[str, int]) -> list[str]:
    """Which addresses of ours do not answer as they should: then another page would be looked at."""
    answers = {path: page.request.get(path).status for path in expected}
    return [f"{path}: answered {answers[path]}" for path, status in expected.items() if answers[path] != status]


def tell(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)


def paths_for(live: Live, week: Week, *levels: Level) -> list[str]:
    return [path for path, level in stops_of(live.app, week.world) if level in levels]


@pytest.mark.parametrize("part", range(PARTS))
def test_organisers_pages(live: Live, week: Week, visit: Visit, part: int) -> None:
    own = paths_for(live, week, Level.SIGNED_IN, Level.MEMBER)
    states = [f"/arbetsyta/evenemang/{week.events[state]}" for state in OF_ORGANISERS]
    page = visit("/arbetsyta", as_user=week.world.member)
    assert page.request.get("/samordning").status == 403
    tell(astray(page, dict.fromkeys(states, 200)) + look_at(page, [*own, *states, "/samordning"][part::PARTS]))


def test_organisers_pages_about_a_draft(live: Live, week: Week, visit: Visit) -> None:
    of_draft = [path for path, _level in stops_of(live.app, week.of_the_draft()) if week.draft["number"] in path]
    asked = [path for path in of_draft if path.startswith("/arbetsyta")]
    tell(look_at(visit("/arbetsyta", as_user=week.world.member), asked))


def test_pages_of_somebody_who_has_nothing_yet(live: Live, week: Week, visit: Visit) -> None:
    empty = ("/arbetsyta", "/arbetsyta/organisationer", "/arbetsyta/evenemang/ny", "/arbetsyta/platser", "/konto")
    for person in (week.beginner, week.world.outsider):
        tell(look_at(visit("/arbetsyta", as_user=person), empty))


def test_coordinators_pages(live: Live, week: Week, visit: Visit) -> None:
    own = paths_for(live, week, Level.COORDINATOR, Level.COUNTY_COORDINATOR)
    reviews = [f"/samordning/granskning/{week.events[name]}" for name in (*STATES, "review", "hybrid")]
    page = visit("/samordning", as_user=week.world.county_coordinator)
    chosen = [*reviews, *COORDINATION]
    tell(astray(page, dict.fromkeys(chosen, 200)) + look_at(page, [*own, *chosen]))


def addresses(week: Week, patterns: Iterable[str]) -> Iterator[str]:
    """The patterns with the week's own names in them."""
    for pattern in patterns:
        yield pattern.format(
            draft=f"/arbetsyta/evenemang/{week.draft['number']}",
            occurrence=week.draft["occurrence_id"],
            organisation=f"/arbetsyta/organisationer/{week.world.after['organisationer']}",
            venue=week.world.after["platser"],
            review=week.events["review"],
        )


def look_at_refusals(page: Page, paths: Iterable[str]) -> list[str]:
    """Every fault on the pages that refuse the empty forms of these pages."""
    faults = []
    for path in paths:
        open_page(page, path)
        answered = send(page, SEND_EMPTY)
        faults += [f"{path}: answered {answered} and not 422"] if answered != 422 else []
        faults += [f"{path} sent: {fault}" for fault in faults_on(page)]
    return faults


def send(page: Page, sending: str, *what: str) -> int:
    """Send a form, and say the status of the page that answers."""
    with page.expect_navigation() as sent:
        page.evaluate(sending, what)
    assert sent.value is not None
    return sent.value.status


def look_at_overtaken(week: Week, mine: Page, theirs: Page, paths: dict[str, str]) -> list[str]:
    """Let two people save each page, and look at what the second of them is shown."""
    faults = []
    for path, field in zip(addresses(week, paths), paths.values(), strict=True):
        open_page(mine, path)
        open_page(theirs, path)
        assert send(theirs, SEND_CHANGED, field, "Det de skrev") == 200, path
        assert send(mine, SEND_CHANGED, field, "Det jag skrev") == 409, path
        faults += [f"{path}: {fault}" for fault in faults_on(mine)]
    return faults


def test_pages_that_refuse_what_visitors_sent(week: Week, visit: Visit) -> None:
    tell(look_at_refusals(visit("/"), REFUSED_TO_VISITORS))


def test_pages_that_refuse_what_organisers_sent(week: Week, visit: Visit) -> None:
    page = visit("/arbetsyta", as_user=week.world.member)
    tell(look_at_refusals(page, addresses(week, REFUSED)))


def test_pages_that_refuse_what_coordinators_sent(week: Week, visit: Visit) -> None:
    page = visit("/samordning", as_user=week.world.county_coordinator)
    tell(look_at_refusals(page, addresses(week, REFUSED_TO_COORDINATORS)))


def test_pages_that_show_two_versions(week: Week, visit: Visit) -> None:
    mine, theirs = (visit("/arbetsyta", as_user=week.world.member) for _person in range(2))
    tell(look_at_overtaken(week, mine, theirs, OVERTAKEN))


def test_pages_that_show_coordinators_two_versions(week: Week, visit: Visit) -> None:
    mine, theirs = (visit("/samordning", as_user=week.world.county_coordinator) for _person in range(2))
    tell(look_at_overtaken(week, mine, theirs, OVERTAKEN_COORDINATORS))


def test_page_for_a_fault_of_ours(live: Live, visit: Visit) -> None:
    with live.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE edition RENAME TO lost"))
    page = visit("/")
    assert page.get_by_role("heading", level=1).inner_text() == "Något gick fel hos oss"
    tell(list(faults_on(page)))


def test_looking_finds_what_is_wrong(visit: Visit) -> None:
    page = visit("/static/css/main.css")
    page.set_content(
        "<html lang=sv><title>Sida</title><main><h1>Sida</h1><img><p style='width: 400px'>Brett"
        "<p><button style='width: 9px; height: 9px; padding: 0'>A</button><button style='width: 9px'>B</button></main>"
    )
    found = {fault.split(" ")[0] for fault in faults_on(page)}
    assert found == {"is", "image-alt:", "target-size:"}
