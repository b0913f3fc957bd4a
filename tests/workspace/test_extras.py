"""Bild och fler språk: pictures are drawn anew and shown to whom the event is shown; texts in other languages."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from planner.core.errors import Invalid
from planner.events.models import Event, EventStatus
from planner.workspace.images import is_stored, redraw_image, store_image
from tests.browsing import Browser
from tests.factories import make_hosting, make_organisation, make_user
from tests.reading import errors_of, fields_of
from tests.workspace.conftest import SignIn, at, whole


def picture(width: int = 40, height: int = 30, kind: str = "JPEG", mode: str = "RGB", **options: object) -> BytesIO:
    """An image file."""
    file = BytesIO()
    Image.new(mode, (width, height), "seagreen").save(file, kind, **options)
    file.seek(0)
    return file


def camera_picture() -> BytesIO:
    """A picture taken with the camera on its side, with where and by whom."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x013B] = "Anna Andersson"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


def test_picture_is_drawn_anew_upright_and_without_metadata() -> None:
    original = camera_picture()
    drawn = redraw_image(original)
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (30, 40), {})
    assert b"Anna" in original.getvalue()
    assert b"Anna" not in drawn


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_every_kind_is_read(kind: str, mode: str) -> None:
    with Image.open(BytesIO(redraw_image(picture(kind=kind, mode=mode)))) as image:
        assert (image.format, image.size) == ("WEBP", (40, 30))


def test_large_picture_is_made_smaller() -> None:
    with Image.open(BytesIO(redraw_image(picture(3000, 1000)))) as image:
        assert image.size == (1600, 533)


@pytest.mark.parametrize(
    "content",
    [b"", b"hej", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(40), picture().getvalue()[:200]],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="ingen bild som vi kan läsa"):
        redraw_image(BytesIO(content))


@pytest.mark.parametrize("side", [7_200, 20_000])
def test_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    with pytest.raises(Invalid, match="för stor"):
        redraw_image(picture(side, side, kind="PNG", mode="1"))


def test_only_our_own_names_are_stored_pictures(tmp_path: Path) -> None:
    name = store_image(tmp_path / "uploads", b"bild")
    assert is_stored(tmp_path / "uploads", name)
    for other in ("", "../secret_key", f"../uploads/{name}", "a" * 32 + ".webp", f"{name}/", name.upper()):
        assert not is_stored(tmp_path / "uploads", other)


def upload(browser: Browser, event: Event, file: BytesIO | None = None, **typed: str) -> object:
    fields = fields_of(browser.get(at(event, "/bild-och-sprak")))
    data = {**fields, "image": (file or picture(), "bild.jpg"), **typed}
    return browser.post(at(event, "/bild-och-sprak"), data=data)


def test_image_is_saved_with_its_words(session: Session, hers: Browser, draft: Event, app: Flask) -> None:
    upload(hers, draft, image_alt="En grön ruta", image_credit="Eva Ek, CC BY 4.0")
    saved = whole(session, draft)
    assert (saved.image_alt, saved.image_credit) == ("En grön ruta", "Eva Ek, CC BY 4.0")
    assert is_stored(Path(app.config["INSTANCE"]) / "uploads", saved.image_file)
    upload_again = fields_of(hers.get(at(draft, "/bild-och-sprak")))
    hers.post(at(draft, "/bild-och-sprak"), data={**upload_again, "remove": "1"})
    assert whole(session, draft).image_file == ""


def test_picture_of_a_draft_is_shown_to_its_hosts_only(
    session: Session, hers: Browser, stranger: Browser, client: Browser, draft: Event
) -> None:
    upload(hers, draft, image_alt="En ruta")
    file = whole(session, draft).image_file
    with hers.get(f"/arbetsyta/bilder/{file}") as own:
        assert (own.status_code, own.mimetype, own.headers["Cache-Control"]) == (200, "image/webp", "private, no-store")
    assert stranger.get(f"/arbetsyta/bilder/{file}").status_code == 404
    for visitor in (client, hers):
        assert visitor.get(f"/bilder/{file}").status_code == 404


def test_picture_of_a_public_event_is_for_everybody_and_kept(
    session: Session, hers: Browser, client: Browser, published: Event
) -> None:
    upload(hers, published, image_alt="En ruta")
    file = whole(session, published).image_file
    shown = client.get(f"/evenemang/{published.slug}").get_data(as_text=True)
    assert f'<img src="/bilder/{file}" alt="En ruta">' in shown
    with client.get(f"/bilder/{file}") as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=31536000")
        assert "Set-Cookie" not in answer.headers
    published_again = whole(session, published)
    published_again.status = EventStatus.WITHDRAWN
    session.commit()
    assert client.get(f"/bilder/{file}").status_code == 404


def test_picture_that_was_read_need_not_be_sent_twice(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/bild-och-sprak")))
    data = {**fields, "image": (picture(), "bild.jpg"), "image_alt": "å" * 251}
    answer = hers.post(at(draft, "/bild-och-sprak"), data=data)
    assert [link for link, _message in errors_of(answer)] == ["#image_alt"]
    again = {**fields_of(answer), "image_alt": "En grön ruta"}
    assert hers.post(at(draft, "/bild-och-sprak"), data=again).status_code == 303
    assert whole(session, draft).image_file == again["kept_file"][0]


def test_kept_name_that_leads_elsewhere_is_not_believed(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/bild-och-sprak")))
    hers.post(at(draft, "/bild-och-sprak"), data={**fields, "kept_file": "../secret_key"})
    assert whole(session, draft).image_file == ""


def test_junk_instead_of_a_picture_is_refused_at_its_field(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/bild-och-sprak")))
    data = {**fields, "image": (BytesIO(b"MZ"), "virus.jpg"), "image_alt": "Kvar"}
    answer = hers.post(at(draft, "/bild-och-sprak"), data=data)
    assert [link for link, _message in errors_of(answer)] == ["#image"]
    assert fields_of(answer)["image_alt"] == ["Kvar"]


def test_texts_in_another_language_are_saved_and_taken_away(session: Session, hers: Browser, draft: Event) -> None:
    path = at(draft, "/sprak/sv-lattlast")
    typed = {"title": "Vi pratar", "summary": "Kom hit.", "description": "Det är *roligt*."}
    assert hers.post(path, data={**fields_of(hers.get(path)), **typed}).location == at(draft, "/bild-och-sprak")
    [text] = whole(session, draft).texts
    assert (text.language, text.title, text.description_html) == (
        "sv-lattlast",
        "Vi pratar",
        "<p>Det är <em>roligt</em>.</p>",
    )
    assert "Finns" in hers.get(at(draft, "/bild-och-sprak")).get_data(as_text=True)
    hers.post(path, data={**fields_of(hers.get(path)), "title": "", "summary": "", "description": ""})
    assert whole(session, draft).texts == []


def test_two_languages_at_once_do_not_disturb_each_other(
    session: Session, hers: Browser, sign_in: SignIn, draft: Event
) -> None:
    petra = make_user(session, "Petra")
    make_hosting(session, draft, make_organisation(session, "Partnern", members=[petra]))
    theirs = sign_in(petra)
    finnish, english = at(draft, "/sprak/fi"), at(draft, "/sprak/en")
    mine, other = fields_of(hers.get(finnish)), fields_of(theirs.get(english))
    theirs.post(english, data={**other, "title": "Talk"})
    assert hers.post(finnish, data={**mine, "title": "Puhe"}).status_code == 303
    assert {text.language: text.title for text in whole(session, draft).texts} == {"en": "Talk", "fi": "Puhe"}


def test_same_language_saved_twice_is_a_conflict(session: Session, hers: Browser, draft: Event) -> None:
    path = at(draft, "/sprak/en")
    old = fields_of(hers.get(path))
    hers.post(path, data={**old, "title": "Talk", "summary": "Come"})
    conflict = hers.post(path, data={**old, "title": "Conversation"})
    assert conflict.status_code == 409
    for words in ("Talk", "Conversation"):
        assert words in conflict.get_data(as_text=True)
    assert hers.post(path, data={**fields_of(conflict), "choose_title": "mine"}).status_code == 303
    [text] = whole(session, draft).texts
    assert (text.title, text.summary) == ("Conversation", "Come")


def test_too_long_and_unknown_languages_are_refused(hers: Browser, draft: Event) -> None:
    path = at(draft, "/sprak/en")
    answer = hers.post(path, data={**fields_of(hers.get(path)), "title": "x" * 101})
    assert [link for link, _message in errors_of(answer)] == ["#title"]
    for language in ("sv", "tlh", "en-GB"):
        assert hers.get(at(draft, f"/sprak/{language}")).status_code == 404
        assert hers.post(at(draft, f"/sprak/{language}")).status_code == 404
