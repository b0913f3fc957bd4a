"""Without JavaScript: what tests/browser/test_public_pages.py and test_workspace.py do not show already."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from planner.events.queries import event_for_editing
from tests.browser.conftest import Live
from tests.browser.week import Week

Visit = Callable[..., Page]


def test_occurrence_is_copied_to_another_day_and_another_place(live: Live, week: Week, visit: Visit) -> None:
    event = f"/arbetsyta/evenemang/{week.draft['number']}"
    page = visit(
        f"{event}/tillfallen/{week.draft['occurrence_id']}/kopiera",
        width=360,
        javascript=False,
        as_user=week.world.member,
    )
    page.get_by_label("fredag 24 september").check()
    page.get_by_label("Sök").fill("arvika")
    page.get_by_role("button", name="Sök plats").click()
    expect(page.get_by_label("fredag 24 september")).to_be_checked()
    page.get_by_label("Arvika bibliotek").check()
    page.get_by_role("button", name="Kopiera").click()
    expect(page).to_have_url(f"{live.url}{event}/tillfallen")
    with live.session() as session:
        whole = event_for_editing(session, week.draft["number"])
        assert whole is not None
        told = [(row.first_day.day, row.place.name if row.place else "") for row in whole.occurrences]
    assert (24, "Arvika bibliotek") in told


def test_several_filters_at_once_narrow_the_list(live: Live, week: Week, visit: Visit) -> None:
    page = visit("/en/kalender", width=360, javascript=False)
    page.get_by_text("Filter", exact=True).click()
    page.locator("input[name=form][value=digitalt]").check()
    page.locator("summary").filter(has_text="Theme").click()
    page.locator("input[name=tema][value=kultur]").check()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{live.url}/en/kalender?form=digitalt&tema=kultur")
    # It has a title in English, which the English page tells.
    expect(page.locator(".card__title")).to_have_text(["Title"])
