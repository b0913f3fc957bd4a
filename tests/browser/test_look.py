"""The shared parts of every page in a real browser: all components stand on /om/design, in every state."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import faults_on

PAGES = [
    "/om/design",
    "/om",
    "/tillganglighet",
    "/integritet",
    "/tillganglighet/hinder",
    "/finns-inte",
    "/en/om/design",
]
NARROW, WIDE = 320, 1280


def scrolls_sideways(page: Page) -> bool:
    wider: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Callable[..., Page], path: str) -> None:
    """Before there is anything to show, on a phone in the dark and on a desk; with a week, see test_languages.py."""
    assert list(faults_on(visit(path))) == []


def test_four_times_the_size_still_fits(visit: Callable[..., Page]) -> None:
    """400 % zoom of a 1280 px window is a window of 320 px; twice the text alone must fit too (WCAG 1.4.4, 1.4.10)."""
    page = visit("/om/design", width=NARROW, height=256)
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": WIDE // 2, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(page)


def test_nothing_moves_for_whoever_has_asked_for_that(visit: Callable[..., Page]) -> None:
    page = visit("/om/design")
    moving = """() => [...document.querySelectorAll('*')].filter(element => ['', '::before', '::after'].some(part => {
        const {transitionDuration, animationName} = getComputedStyle(element, part);
        return animationName !== 'none' || transitionDuration.split(',').some(time => parseFloat(time) > 0);
    })).map(element => element.outerHTML.slice(0, 100))"""
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) != []
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == []
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/")
    assert page.evaluate(moving) == []


def test_paper_has_the_matter_alone_in_black_on_white(visit: Callable[..., Page]) -> None:
    """A4 with margins of 10 mm is 718 px wide; whoever reads in dark colours does not print them."""
    page = visit("/om", width=718)
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate("[getComputedStyle(document.body)].flatMap(body => [body.backgroundColor, body.color])")
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    for hidden in (".site-header", ".site-footer", ".skip-link"):
        assert not page.locator(hidden).is_visible(), hidden
    link = page.locator(".prose a[href^='https://']").first
    assert "https://" in link.evaluate("link => getComputedStyle(link, '::after').content")
    page.goto("/om/design")
    assert not scrolls_sideways(page)
    pale = """() => [...document.querySelectorAll('main :is(h1, h2, p, label, td, th, dt, dd)')].filter(part =>
        getComputedStyle(part).color.match(/[0-9]+/g).slice(0, 3).every(shade => shade > 128))"""
    assert page.evaluate(f"({pale})().map(part => part.outerHTML)") == []


def test_forced_colours_keep_the_edges_of_fields_and_buttons(visit: Callable[..., Page]) -> None:
    page = visit("/om/design")
    page.emulate_media(forced_colors="active")
    for selector in ("#title", ".button[data-variant=primary]", ".card"):
        width = page.locator(selector).first.evaluate("element => getComputedStyle(element).borderTopWidth")
        assert width != "0px", selector


def test_forced_colours_show_what_is_chosen(visit: Callable[..., Page]) -> None:
    alike = """() => [...document.querySelectorAll('a[aria-current]:not(svg a)')].filter(chosen => {
        const other = chosen.closest('ul').querySelector('a:not([aria-current])');
        const colours = link => [getComputedStyle(link).backgroundColor, getComputedStyle(link).color].join();
        return colours(chosen) === colours(other);
    }).map(chosen => chosen.outerHTML)"""
    page = visit("/om/design/kalendern")
    page.emulate_media(forced_colors="active")
    assert page.locator("a[aria-current]:not(svg a)").count() > 2
    assert page.evaluate(alike) == []
    page.evaluate("document.querySelectorAll('style, link[rel=stylesheet]').forEach(sheet => sheet.remove())")
    assert page.evaluate(alike) != []


def test_the_first_stop_of_the_keyboard_leads_to_the_content(visit: Callable[..., Page]) -> None:
    page = visit("/om")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    box = page.locator(".skip-link").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#innehall")).to_be_focused()


def test_every_stop_of_the_keyboard_can_be_seen(visit: Callable[..., Page]) -> None:
    page = visit("/om/design")
    hidden = []
    for _stop in range(60):
        page.keyboard.press("Tab")
        hidden += page.evaluate(
            """() => {
                const element = document.activeElement;
                // A card, or the row of a tick, wears the ring for what it holds.
                const around = [element, element.closest('.card'), element.closest('.option')];
                const shown = around.some(part => part && getComputedStyle(part).outlineStyle !== 'none');
                return shown || element === document.body ? [] : [element.outerHTML.slice(0, 120)];
            }"""
        )
    assert hidden == []


def test_targets_are_large_enough(visit: Callable[..., Page]) -> None:
    """At least 24 px each way, except links inside a sentence (WCAG 2.5.8)."""
    page = visit("/om/design", width=NARROW)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
            .filter(element => element.offsetParent)
            .filter(element => !element.closest('p, .prose, .summary, .skip-link, .card__title'))
            .map(element => [element.outerHTML.slice(0, 100), element.getBoundingClientRect()])
            .filter(([_html, box]) => box.width < 24 || box.height < 24)
            .map(([html, box]) => `${Math.round(box.width)} × ${Math.round(box.height)} ${html}`)"""
    )
    assert small == []


def test_the_error_summary_takes_the_focus_and_leads_to_its_fields(visit: Callable[..., Page]) -> None:
    page = visit("/tillganglighet/hinder", width=360)
    page.get_by_role("button", name="Skicka rapporten").click()
    expect(page).to_have_title("Fel: Rapportera ett hinder – Demokrativeckan")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Skriv vad som hindrade dig.").click()
    expect(page.locator("#what")).to_be_focused()


def test_a_form_works_without_javascript(visit: Callable[..., Page]) -> None:
    page = visit("/en/tillganglighet/hinder", javascript=False)
    page.get_by_label("What stopped you?").fill("Ingen text på knappen")
    page.get_by_role("button", name="Send the report").click()
    assert page.locator("h1").text_content() == "Thank you for your report"


def test_a_form_is_sent_once_however_often_its_button_is_pressed(visit: Callable[..., Page]) -> None:
    page = visit("/tillganglighet/hinder")
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.get_by_label("Vad hindrade dig?").fill("Texten är för liten.")
    page.get_by_role("button", name="Skicka rapporten").dblclick()
    page.wait_for_url("**/tack")
    assert len(posts) == 1


def test_nothing_moves_when_the_font_arrives(visit: Callable[..., Page]) -> None:
    page = visit("/om", width=360)
    shift = page.evaluate(
        """() => new Promise(resolve => {
            let total = 0;
            new PerformanceObserver(list => list.getEntries().forEach(entry => { total += entry.value; }))
                .observe({type: 'layout-shift', buffered: true});
            document.fonts.ready.then(() => setTimeout(() => resolve(total), 300));
        })"""
    )
    assert shift < 0.02


def test_an_anonymous_visitor_leaves_with_nothing(visit: Callable[..., Page]) -> None:
    page = visit("/om")
    for path in ("/tillganglighet", "/integritet", "/om/design", "/finns-inte", "/en/om"):
        page.goto(path)
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
