"""Filters with JavaScript: the same addresses without a whole new page, with the focus where it was."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Live
from tests.browser.test_public_pages import programme

__all__ = ["programme"]

MARK = "document.documentElement.dataset.stays = 'yes'"
STAYS = "document.documentElement.dataset.stays === 'yes'"
ANSWERS_WAIT = """() => {
    const { fetch } = window;
    window.fetch = (...asked) => new Promise(go => { window.answer = () => go(fetch(...asked)); });
}"""


def test_a_choice_is_shown_at_once_with_focus_address_and_history_right(
    live: Live, programme: None, visit: Callable[..., Page]
) -> None:
    page = visit("/kalender")
    page.evaluate(MARK)
    said, titles = page.locator("p[role=status]"), page.locator("main .card__title")
    digital = page.get_by_label("Digitalt", exact=False).first
    digital.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{live.url}/kalender?form=digitalt")
    expect(titles).to_have_text(["Hybrid"])
    expect(page.locator(":focus")).to_have_id("form-digitalt")
    expect(said).to_have_text("1 tillfälle")

    page.get_by_label("Sök i programmet").fill("finns inte alls")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live.url}/kalender?ord=finns+inte+alls&form=digitalt")
    expect(said).to_have_text("Inga tillfällen")
    expect(page.locator(":focus")).to_have_text("Inga tillfällen")

    page.get_by_role("link", name="Ta bort filtret: ”finns inte alls”").click()
    expect(page).to_have_url(f"{live.url}/kalender?form=digitalt")
    expect(page).to_have_title("Kalender: Digitalt – Demokrativeckan")
    page.go_back()
    expect(page).to_have_url(f"{live.url}/kalender?ord=finns+inte+alls&form=digitalt")
    expect(said).to_have_text("Inga tillfällen")
    assert page.evaluate(STAYS), "a whole new page was loaded"


def test_who_goes_on_while_the_answer_is_under_way_is_not_called_back(
    programme: None, visit: Callable[..., Page]
) -> None:
    def ask() -> Page:
        page = visit("/kalender")
        page.evaluate(ANSWERS_WAIT)
        page.get_by_label("Digitalt", exact=False).first.focus()
        page.keyboard.press("Space")
        return page

    def answer(page: Page) -> None:
        page.evaluate("answer()")
        expect(page.locator("main .card__title")).to_have_text(["Hybrid"])
        expect(page.locator("main:not([aria-busy])")).to_be_visible()

    page = ask()
    page.keyboard.press("Tab")
    next_choice = page.evaluate("document.activeElement.id")
    answer(page)
    assert next_choice not in ("", "form-digitalt")
    expect(page.locator(":focus")).to_have_id(next_choice)

    page = ask()
    page.get_by_label("Sök i programmet").press_sequentially("halvskriv")
    answer(page)
    page.keyboard.type("et")
    expect(page.get_by_label("Sök i programmet")).to_have_value("halvskrivet")

    page = ask()
    page.locator("#filter-sprak > summary").focus()
    answer(page)
    expect(page.locator("#filter-sprak > summary")).to_be_focused()

    page = ask()
    page.evaluate(MARK)
    page.locator(".edition-switch > summary").focus()
    answer(page)
    expect(page.locator(":focus")).to_have_id("form-digitalt")
    assert page.evaluate(STAYS), "what has no name is looked for in vain, which is no reason to load a whole new page"


def test_what_cannot_be_put_in_place_is_opened_as_a_page(
    live: Live, programme: None, visit: Callable[..., Page]
) -> None:
    page = visit("/kalender")
    page.get_by_label("Sök i programmet").evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("Sök i programmet").fill("x" * 101)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sökningen går inte att läsa")


def test_the_way_to_the_content_leaves_what_has_been_typed(
    live: Live, programme: None, visit: Callable[..., Page]
) -> None:
    page = visit("/kalender")
    page.get_by_label("Sök i programmet").fill("halvskriv")
    page.keyboard.press("Tab")
    page.evaluate("location.hash = '#innehall'")
    expect(page).to_have_url(f"{live.url}/kalender#innehall")
    page.go_back()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Sök i programmet")).to_have_value("halvskriv")
