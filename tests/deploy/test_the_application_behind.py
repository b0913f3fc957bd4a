"""nginx in front of the application says what the application says, in every variant, and writes down nobody."""

import gzip
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from flask import Flask
from werkzeug.routing import Rule

from planner.web.access import Level
from planner.web.shared_caches import FOR_SHARED_CACHES
from tests import databases
from tests.browsing import cookie_of
from tests.deploy.asking import VISITOR, Answer, ask, kept, until
from tests.deploy.conftest import Shipped
from tools import stack
from tools.services import free_ports

ROOT = Path(__file__).parents[2]
ADDRESSES = [
    "/",
    "/kalender",
    "/en/kalender",
    "/kalender.ics",
    "/kommuner/karlstad.ics",
    "/kalender?kommun=1780",
    "/om",
    "/inbaddat?visa=dagar",
]
WAYS = ["identity", "gzip", "gzip, deflate, br"]
UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
OF_THE_CONNECTION = {"server", "date", "connection", "transfer-encoding", "content-length"}
FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("static/**/*.*") if path.is_file())
SECRET = "en-hemlighet-som-ingen-far-skriva"


def told(answer: Answer) -> dict[str, str]:
    """What an answer says of itself, beside what belongs to its way here."""
    names = [name for name in answer.headers if name.lower() not in OF_THE_CONNECTION]
    return {name.lower(): answer[name].replace(FOR_SHARED_CACHES, "") for name in names}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_answer_is_the_applications_own(shipped: Shipped, address: str, way: str) -> None:
    own = shipped.ask_application(address, {"Accept-Encoding": way})
    for _time in range(2):
        answer = shipped.ask(address, {"Accept-Encoding": way})
        assert (answer.status, answer.body, told(answer)) == (200, own.body, told(own))
        assert "s-maxage" not in answer["Cache-Control"]
    plain = shipped.ask(address).body
    assert UNPACK[answer["Content-Encoding"]](answer.body) == plain


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_the_answer_is_told_so_in_each_encoding(shipped: Shipped, address: str, way: str) -> None:
    whole = shipped.ask(address, {"Accept-Encoding": way})
    etag = whole["ETag"]
    assert etag.startswith('"')
    for condition in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = shipped.ask(address, {"Accept-Encoding": way, "If-None-Match": condition})
        assert (again.status, again.body) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary"):
            assert again[name] == whole[name]
    assert shipped.ask(address, {"Accept-Encoding": way, "If-None-Match": '"other"'}).body == whole.body
    head = shipped.ask(address, {"Accept-Encoding": way}, method="HEAD")
    assert (head.status, head.body, told(head)) == (200, b"", told(whole))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_two_encodings_share_a_name(shipped: Shipped, address: str) -> None:
    answers = [shipped.ask(address, {"Accept-Encoding": way}) for way in WAYS]
    tags = {answer["ETag"] for answer in answers}
    assert len(tags) == len({answer["Content-Encoding"] for answer in answers}) == 3
    assert shipped.ask(address, {"Accept-Encoding": "gzip", "If-None-Match": answers[0]["ETag"]}).status == 200


def test_a_feed_is_compared_by_its_date_too(shipped: Shipped) -> None:
    whole = shipped.ask("/kalender.ics")
    date = whole["Last-Modified"]
    for later in (date, "Fri, 31 Dec 2100 23:00:00 GMT"):
        assert shipped.ask("/kalender.ics", {"If-Modified-Since": later}).status == 304
    for older in ("Thu, 01 Jan 1970 00:00:00 GMT", "igår", "0", ""):
        assert shipped.ask("/kalender.ics", {"If-Modified-Since": older}).body == whole.body
    assert shipped.ask("/kalender.ics", {"If-None-Match": '"other"', "If-Modified-Since": date}).status == 200


@pytest.mark.parametrize("spans", ["bytes=0-9", "bytes=-5", "bytes=0-0,5-9", "bytes=junk", "lines=1-2"])
def test_a_range_of_a_feed_is_the_whole_feed(shipped: Shipped, spans: str) -> None:
    whole = shipped.ask("/kalender.ics")
    assert (shipped.ask("/kalender.ics", {"Range": spans}).body, whole.status) == (whole.body, 200)


def test_a_person_who_has_signed_in_is_served_by_the_application(shipped: Shipped, database: str) -> None:
    app = databases.application(database)
    cookie = {"Cookie": "=".join(cookie_of(app, shipped.world.member))}
    shipped.ask("/kalender")
    before = len(kept(shipped.log))
    assert shipped.ask("/kalender", cookie).status == 200
    inside = shipped.ask("/arbetsyta", cookie)
    assert (inside.status, inside["Cache-Control"]) == (200, "private, no-store")
    assert shipped.ask("/arbetsyta").status == 303
    until(lambda: len(kept(shipped.log)) >= before + 3, 60)
    assert kept(shipped.log)[before:] == ["BYPASS", "", ""]


def addresses_of_visits(app: Flask, shipped: Shipped) -> Iterator[tuple[Rule, str]]:
    """Every address that belongs to a visit or a person, and may be fetched."""
    for rule in app.url_map.iter_rules():
        level = getattr(app.view_functions[rule.endpoint], "access", None)
        if level is not Level.ANYONE and "GET" in (rule.methods or set()):
            for values in shipped.world.arguments_of(rule):
                with app.test_request_context():
                    yield rule, app.url_for(rule.endpoint, **values)


def test_of_what_belongs_to_a_visit_nothing_is_kept(shipped: Shipped, database: str) -> None:
    """Every door of the site is tried twice, by somebody without a cookie: the second time nothing is there yet."""
    before = len(kept(shipped.log))
    addresses = [address for _rule, address in addresses_of_visits(databases.application(database), shipped)]
    for address in [*addresses, *addresses]:
        answer = shipped.ask(address)
        assert "public" not in answer["Cache-Control"], address
    until(lambda: len(kept(shipped.log)) >= before + 2 * len(addresses), 60)
    assert set(kept(shipped.log)[before:]) <= {"", "MISS"}
    assert len(addresses) > 60


def test_the_application_knows_who_knocks_and_how(shipped: Shipped) -> None:
    """Behind one proxy of ours: who signs in too often is stopped alone."""
    fields = {"Content-Type": "application/x-www-form-urlencoded"}
    statuses = [shipped.ask("/konto/logga-in", fields, method="POST", body=b"x=1").status for _time in range(12)]
    assert 500 not in statuses


def test_the_logs_hold_neither_visitors_nor_secrets(shipped: Shipped) -> None:
    for address in (f"/konto/in/{SECRET}", f"/svar/{SECRET}", f"/mitt-program/{SECRET}.ics", f"/kalender?ord={SECRET}"):
        shipped.ask(address, {"Referer": f"https://x.example/{SECRET}", "User-Agent": SECRET})
    shipped.ask(f"/static/{SECRET}.css")
    before = len(kept(shipped.log))
    shipped.ask("/om")
    until(lambda: len(kept(shipped.log)) > before, 60)
    written = "".join(path.read_text(encoding="utf-8", errors="replace") for path in shipped.folder.rglob("*.log"))
    assert '"kind":"personal"' in written
    assert SECRET not in written
    assert VISITOR not in written


@pytest.mark.parametrize("path", FILES)
def test_a_file_from_the_disk_is_what_the_application_would_send(shipped: Shipped, path: str) -> None:
    version = shipped.ask_application(f"/{path}")["ETag"].strip('"')
    for address in (f"/{path}", f"/{path}?v={version}"):
        own, answer = shipped.ask_application(address), shipped.ask(address)
        assert (answer.status, answer.body) == (200, own.body)
        for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Vary"):
            assert answer[name] == own[name].replace(FOR_SHARED_CACHES, ""), name
        assert shipped.ask(address, {"If-None-Match": answer["ETag"]}).status == 304
        packed = shipped.ask(address, {"Accept-Encoding": "gzip"})
        assert UNPACK[packed["Content-Encoding"]](packed.body) == own.body


@pytest.mark.parametrize(
    "path", ["static/", "static/../pyproject.toml", "static/%2e%2e/pyproject.toml", "deploy/nginx.conf", "wsgi.py"]
)
def test_nothing_else_of_the_disk_is_served(shipped: Shipped, path: str) -> None:
    assert shipped.ask(f"/{path}").status in (400, 403, 404)


def test_only_our_own_name_is_answered(shipped: Shipped) -> None:
    with pytest.raises(ConnectionError):
        shipped.ask("/kalender", host="otherwise.example")


def test_over_tls_as_in_production(nginx_is_here: None, shipped: Shipped, tmp_path: Path) -> None:
    """The shipped lines for TLS, with a certificate of the test's own; what came without is led there."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=demokrativeckan.example"
    subprocess.run(
        [*words.split(), "-keyout", key, "-out", certificate, "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True,
        capture_output=True,
    )
    ports = free_ports()
    secure, plain = next(ports), next(ports)
    lines = {
        "certificate": f"ssl_certificate {certificate};",
        "key": f"ssl_certificate_key {key};",
        "listen": f"listen 127.0.0.1:{secure} ssl http2;",
        "listen_otherwise": f"listen 127.0.0.1:{secure} ssl http2 default_server;",
        "listen_http": f"listen 127.0.0.1:{plain};",
        "listen_http_otherwise": f"listen 127.0.0.1:{plain} default_server;",
    }
    nginx = stack.nginx(tmp_path / "nginx", secure, shipped.application.port, lines=lines)
    try:
        nginx.start()
        tls = ssl.create_default_context(cafile=str(certificate))
        assert ask(secure, "/kalender.ics", tls=tls).status == 200
        assert ask(secure, "/static/js/main.js", tls=tls)["Strict-Transport-Security"] != ""
        led = ask(plain, "/kalender?kommun=1780")
        assert (led.status, led["Location"]) == (301, "https://demokrativeckan.example/kalender?kommun=1780")
    finally:
        nginx.stop()
