"""Looking a page over: what axe finds at a width, and whether anything makes the page scroll sideways."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Error, Page, Response, ViewportSize

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """rules => axe.run({
    runOnly: rules, resultTypes: ["violations"], selectors: false, preload: false,
}).then(result =>
    result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`)))"""
SIDEWAYS = """() => {
    const {scrollWidth, clientWidth} = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > clientWidth);
    const inmost = wide.filter(element => !wide.some(other => other !== element && element.contains(other)));
    return [`is ${scrollWidth} px wide: ${inmost.map(element => element.outerHTML.slice(0, 100)).slice(0, 3)}`];
}"""
SHOW_ALL = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { content-visibility: visible !important }");
    document.adoptedStyleSheets.push(sheet);
}"""
"""What stands below the first screen is laid out when one comes near it; whoever judges a page wants all of it."""
PHONE, DESK = 360, 1280
ZOOMED = ViewportSize(width=320, height=256)
"""A window of 1280 × 1024 px at 400 %: what WCAG 1.4.10 asks for, and as wide as the narrowest phone."""


def open_page(page: Page, path: str) -> Response | None:
    """Go there; nothing comes back when it is a file to save or a text to read, not a page."""
    if path.partition("?")[0].endswith((".png", ".xml", ".pdf")):
        return None  # the browser's own viewers style themselves inline, which our policy forbids
    try:
        answer = page.goto(path, wait_until="load")
    except Error as error:
        if "Download is starting" in str(error):
            return None
        raise
    return answer if answer and "text/html" in answer.headers.get("content-type", "") else None


def bring_axe(page: Page) -> None:
    """Let axe be on every page that is opened from now on: to send it anew for each takes longer."""
    # Not in the frames of a page: what they show is looked at by itself.
    page.add_init_script(f"if (window === top) {{ {AXE}\n}}")


def faults_on(page: Page, widths: Iterable[int] = (PHONE, DESK)) -> Iterator[str]:
    """What is wrong with the page that is open, in dark colours on a phone and in light ones on a desk."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.evaluate(SHOW_ALL)
    page.set_viewport_size(ZOOMED)
    yield from (f"{fault} (at {ZOOMED['width']} px)" for fault in page.evaluate(SIDEWAYS))
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    for width in widths:
        page.set_viewport_size(ViewportSize(width=width, height=900))
        page.emulate_media(color_scheme="dark" if width == PHONE else "light", reduced_motion="reduce")
        yield from (f"{fault} (at {width} px)" for fault in page.evaluate(RUN_AXE, RULES))
