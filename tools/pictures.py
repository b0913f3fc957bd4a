"""Take the README's pictures of a demonstration that runs at an address: ``tools/pictures.py URL INSTANCE``.

INSTANCE is its folder, where the demonstration's sign-ins stand. Needs the development requirements and Chromium.
"""

import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
PUBLIC = {
    "start": ("/", 1280, 900),
    "calendar": ("/kalender?kommun=1784&form=pa-plats", 1280, 900),
    "week": ("/kalender?kommun=1784&vy=vecka", 1280, 1200),
    "map": ("/kalender?vy=karta", 1280, 1330),
    "event-phone": ("/evenemang/invigning-av-demokrativeckan-2027", 390, 1000),
}
COORDINATOR = {
    "review": ("/samordning/granskning/dv27-0010", 1280, 1000),
    "overview": ("/samordning/oversikt", 1280, 900),
}
ORGANISER = {
    "desk": ("/arbetsyta", 1280, 900),
    "time-and-place-phone": ("/arbetsyta/evenemang/dv27-0001/tillfallen/ny", 390, 1000),
    "partners-phone": ("/arbetsyta/evenemang/dv27-0070/arrangorer", 390, 1000),
}


def main(url: str, instance: Path) -> None:
    lines = (instance / "demo-sign-ins.txt").read_text(encoding="utf-8").splitlines()
    password = next(line.partition(": ")[2] for line in lines if line.startswith("Lösenord"))
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        take(browser, url, PUBLIC)
        take(browser, url, COORDINATOR, ("samordnare@demo.example", password))
        take(browser, url, ORGANISER, ("arvika-kommun@demo.example", password))
        browser.close()


def take(
    browser: Browser, url: str, pictures: dict[str, tuple[str, int, int]], who: tuple[str, str] | None = None
) -> None:
    page = browser.new_page(base_url=url, locale="sv-SE")
    if who is not None:
        sign_in(page, *who)
    for name, (path, width, height) in pictures.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path)
        page.evaluate("document.fonts.ready")
        file = PICTURES / f"{name}.png"
        page.screenshot(path=file)
        Image.open(file).convert("RGB").quantize(128).save(file, optimize=True)
    page.close()


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/konto/logga-in/losenord")
    page.get_by_label("E-postadress").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("main form button").first.click()
    page.wait_for_url("**/arbetsyta")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
