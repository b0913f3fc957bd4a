"""The browser itself: that it would see what it is there to see."""

from collections.abc import Callable

from playwright.sync_api import Page


def test_axe_finds_an_image_without_text(visit: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = visit("/static/css/main.css")
    page.set_content("<html lang=sv><title>Bild</title><main><h1>Bild</h1><img></main></html>")
    assert [fault.split(":")[0] for fault in axe(page)] == ["image-alt"]
