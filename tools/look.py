"""Take pictures of pages as they look on a phone, a tablet and a desk, by day and by night, and let axe judge them.

    python tools/look.py [--out FOLDER] [--widths 360,1280] [--schemes light,dark] [--as EMAIL] PATH …

Serves the application with the settings of the environment (PLANNER_INSTANCE chooses the database).
"""

import argparse
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from planner import create_app
from planner.accounts.queries import user_by_email
from planner.core.clock import utc_now
from planner.web.database import db
from tests import parts
from tests.browser.looking import SHOW_ALL

ROOT = Path(__file__).parents[1]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def served(application: Flask) -> Iterator[str]:
    """The application on a free port of this machine; its address."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()


def session_of(application: Flask, email: str) -> str:
    """The session cookie of somebody who has just signed in."""
    with application.app_context():
        user = user_by_email(db.session(), email)
        if user is None:
            sys.exit(f"there is nobody with the address {email}")
        serializer: Any = SecureCookieSessionInterface().get_signing_serializer(application)
        now = utc_now().isoformat()
        return str(serializer.dumps({"_user_id": user.session_key, "_fresh": True, "signed_in_at": now}))


def look(browser: Browser, url: str, width: int, scheme: Any, cookies: Any, out: Path) -> list[str]:
    """One picture of one page; returns what is wrong with it."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    context.add_cookies(cookies)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    path = urlsplit(url)._replace(scheme="", netloc="").geturl()
    name = path.strip("/").replace("/", "_").replace("?", "_") or "start"
    page.evaluate(SHOW_ALL)
    page.screenshot(path=str(out / f"{name}-{width}-{scheme}.png"), full_page=True)
    problems += judge(page)
    context.close()
    return [f"{path} {width} {scheme}: {problem}" for problem in problems]


def judge(page: Page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways."""
    page.add_script_tag(path=str(ROOT / "tests" / "vendor" / "axe.min.js"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", AXE_TAGS)
    problems = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        problems.append("scrolls sideways")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "test-results" / "look")
    parser.add_argument("--widths", default="360,768,1280")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--as", dest="email", default="")
    options = parser.parse_args()
    application = create_app()
    name = application.config["SESSION_COOKIE_NAME"]
    options.out.mkdir(parents=True, exist_ok=True)
    problems = []
    with served(application) as address, sync_playwright() as playwright:
        value = session_of(application, options.email) if options.email else ""
        cookies = [{"name": name, "value": value, "url": address}] if value else []
        browser = playwright.chromium.launch(executable_path=parts.CHROMIUM, args=FLAGS)
        for path in options.paths:
            for width in map(int, options.widths.split(",")):
                for scheme in options.schemes.split(","):
                    problems += look(browser, address + path, width, scheme, cookies, options.out)
    print("\n".join(problems) or "nothing to remark")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
