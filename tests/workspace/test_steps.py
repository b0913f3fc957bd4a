"""The steps that are one form each: saved, refused with what was typed, overtaken by somebody else."""

from datetime import date

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.accounts.models import User
from planner.core.clock import utc_now
from planner.editions.models import Edition
from planner.events.actions import create_draft
from planner.events.actions.event_fields import stated
from planner.events.models import (
    ActivityKind,
    Audience,
    Event,
    EventStatus,
    LanguageUse,
    SignUp,
    Visibility,
)
from planner.organisations.models import Organisation
from planner.organisations.rules import SYSTEM
from planner.venues.models import Answer, Feature
from planner.workspace.steps import STEPS, Step
from tests import markup
from tests.browsing import Browser
from tests.factories import make_event, make_hosting, make_organisation, make_user
from tests.reading import errors_of, fields_of, heading
from tests.workspace.conftest import SignIn, at, whole


def test_basics_are_saved_and_lead_on(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vad")))
    typed = {
        "title": "  Lunchsamtal om   val ",
        "activity": "lunchsamtal",
        "summary": "Kom och prata.",
        "description": "Vi äter **soppa**.",
        "series": "Beredskapsveckan",
        "do": "next",
    }
    answer = hers.post(at(draft, "/vad"), data={**fields, **typed})
    assert (answer.status_code, answer.location) == (303, at(draft, "/tillfallen"))
    saved = whole(session, draft)
    assert (saved.title, saved.activity, saved.summary, saved.series, saved.version) == (
        "Lunchsamtal om val",
        ActivityKind.LUNCH_TALK,
        "Kom och prata.",
        "Beredskapsveckan",
        2,
    )
    assert saved.description_html == "<p>Vi äter <strong>soppa</strong>.</p>"


def test_save_stays_on_the_step_and_says_so(hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vad")))
    answer = hers.post(at(draft, "/vad"), data={**fields, "title": "Ny", "do": "stay"})
    assert answer.location == at(draft, "/vad")
    assert "Sparat." in hers.get(answer.location).get_data(as_text=True)


def test_basics_without_title_keep_what_was_typed(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vad")))
    answer = hers.post(at(draft, "/vad"), data={**fields, "title": " ", "summary": "Kvar", "description": "Också kvar"})
    assert answer.status_code == 422
    assert errors_of(answer) == [("#title", "Skriv en rubrik.")]
    assert fields_of(answer) | {"title": ["x"]} == {
        **fields,
        "title": ["x"],
        "summary": ["Kvar"],
        "description": ["Också kvar"],
    }
    assert whole(session, draft).title == "Samtal om demokrati"


def test_too_long_texts_say_how_long(hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vad")))
    answer = hers.post(at(draft, "/vad"), data={**fields, "summary": "å" * 301})
    assert errors_of(answer) == [("#summary", "Texten får vara högst 300 tecken. Den är 301 tecken nu.")]


def test_event_becomes_part_of_another_of_ours_but_not_of_the_neighbours(
    session: Session, hers: Browser, draft: Event
) -> None:
    organiser, edition = draft.organiser, draft.edition
    festival = make_event(session, "Festival", organiser=organiser, edition=edition, status=EventStatus.DRAFT)
    foreign = make_event(session, "Främmande", organiser=make_organisation(session, "Andra"), edition=edition)
    festival_id, foreign_id = festival.id, foreign.id
    fields = fields_of(hers.get(at(draft, "/vad")))
    assert hers.post(at(draft, "/vad"), data={**fields, "part_of": str(foreign_id)}).status_code == 422
    assert hers.post(at(draft, "/vad"), data={**fields, "part_of": str(festival_id)}).status_code == 303
    assert whole(session, draft).part_of_id == festival_id


def test_audience_step_is_saved(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vilka")))
    typed = {
        "audiences": ["unga", "larare"],
        "age_from": "13",
        "age_to": "25",
        "themes": [str(draft.edition.themes[0].theme_id)],
        "spoken": ["sv", "fi"],
        "interpreted": ["ar"],
        "kommuner": ["1780", "1730"],
        "visibility": "closed",
    }
    assert hers.post(at(draft, "/vilka"), data={**fields, **typed}).status_code == 303
    saved = whole(session, draft)
    assert [row.audience for row in saved.audiences] == [Audience.TEACHERS, Audience.YOUTH]
    assert (saved.age_from, saved.age_to, saved.visibility) == (13, 25, Visibility.CLOSED)
    assert [theme.name for theme in saved.themes] == ["Mänskliga rättigheter"]
    assert {(row.code, row.use) for row in saved.languages} == {
        ("sv", LanguageUse.SPOKEN),
        ("fi", LanguageUse.SPOKEN),
        ("ar", LanguageUse.INTERPRETED),
    }
    assert [row.kommun_code for row in saved.kommuner] == ["1730", "1780"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"age_from": "gammal"}, "#age_from"),
        ({"age_from": "130"}, "#age_from"),
        ({"age_from": "40", "age_to": "20"}, "#age_to"),
        ({"audiences": ["marsianer"]}, "#audiences"),
        ({"kommuner": ["0180"]}, "#kommuner"),
        ({"spoken": ["tlh"]}, "#spoken"),
    ],
)
def test_audience_junk_is_refused_at_its_field(typed: dict[str, str], field: str, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vilka")))
    answer = hers.post(at(draft, "/vilka"), data={**fields, **typed})
    assert answer.status_code == 422
    assert [link for link, _message in errors_of(answer)] == [field]


def test_practical_step_is_saved(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/praktiskt")))
    typed = {
        "feature_sign_language": "yes",
        "feature_captions": "no",
        "accessibility_note": "Hör av dig.",
        "sign_up": "external",
        "sign_up_url": "kommun.se/anmal",
        "sign_up_by": "2027-09-10",
        "is_free": "nej",
        "price": "50 kronor",
        "contact_email": "bibliotek@arvika.se",
        "contact_phone": "0570-816 00",
    }
    assert hers.post(at(draft, "/praktiskt"), data={**fields, **typed}).status_code == 303
    saved = whole(session, draft)
    assert {row.feature: row.answer for row in saved.features} == {
        Feature.SIGN_LANGUAGE: Answer.YES,
        Feature.CAPTIONS: Answer.NO,
    }
    assert (saved.sign_up, saved.sign_up_url, saved.sign_up_by) == (
        SignUp.EXTERNAL,
        "https://kommun.se/anmal",
        date(2027, 9, 10),
    )
    assert (saved.is_free, saved.price, saved.contact_phone) == (False, "50 kronor", "+4657081600")


def test_answer_can_be_taken_back_to_not_known(session: Session, hers: Browser, draft: Event) -> None:
    for answer in ("yes", "unknown"):
        fields = fields_of(hers.get(at(draft, "/praktiskt")))
        hers.post(at(draft, "/praktiskt"), data={**fields, "feature_easy_read": answer})
    assert [(row.feature, row.answer) for row in whole(session, draft).features] == [
        (Feature.EASY_READ, Answer.UNKNOWN)
    ]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"sign_up_url": "http://osakert.se"}, "#sign_up_url"),
        ({"sign_up_url": "javascript:alert(1)"}, "#sign_up_url"),
        ({"sign_up_by": "snart"}, "#sign_up_by"),
        ({"contact_email": "ingen"}, "#contact_email"),
        ({"contact_phone": "12"}, "#contact_phone"),
    ],
)
def test_practical_junk_is_refused_and_kept(typed: dict[str, str], field: str, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/praktiskt")))
    answer = hers.post(at(draft, "/praktiskt"), data={**fields, **typed})
    assert answer.status_code == 422
    assert [link for link, _message in errors_of(answer)] == [field]
    assert fields_of(answer) == {**fields, **{name: [value] for name, value in typed.items()}}


def test_published_event_cannot_lose_what_it_needs(session: Session, hers: Browser, published: Event) -> None:
    fields = fields_of(hers.get(at(published, "/vad")))
    answer = hers.post(at(published, "/vad"), data={**fields, "summary": ""})
    assert errors_of(answer) == [("#summary", "Skriv kort vad som händer: en eller två meningar.")]


@pytest.fixture
def petra(session: Session, sign_in: SignIn, draft: Event) -> Browser:
    """An accepted partner who may edit."""
    user = make_user(session, "Petra Persson")
    make_hosting(session, draft, make_organisation(session, "Partnern", members=[user]))
    return sign_in(user)


def test_two_saving_the_same_field_see_both_versions(
    session: Session, hers: Browser, petra: Browser, draft: Event
) -> None:
    mine, theirs = fields_of(hers.get(at(draft, "/vad"))), fields_of(petra.get(at(draft, "/vad")))
    petra.post(at(draft, "/vad"), data={**theirs, "title": "Petras rubrik", "summary": "Petras sammanfattning"})
    answer = hers.post(at(draft, "/vad"), data={**mine, "title": "Annas rubrik", "series": "Annas serie"})
    assert (answer.status_code, heading(answer)) == (409, "Någon annan sparade samtidigt")
    assert whole(session, draft).title == "Petras rubrik"
    offered = fields_of(answer)
    # Both changed the title: nothing is chosen for her. Only one changed each of the others: that one is proposed.
    assert offered["resolving"] == ["title summary series"]
    assert {name: values for name, values in offered.items() if name.startswith("choose_")} == {
        "choose_summary": ["theirs"],
        "choose_series": ["mine"],
    }
    for words in ("Annas rubrik", "Petras rubrik", "Petras sammanfattning", "Petra Persson sparade"):
        assert words in answer.get_data(as_text=True)


def test_conflict_is_settled_field_by_field(session: Session, hers: Browser, petra: Browser, draft: Event) -> None:
    mine, theirs = fields_of(hers.get(at(draft, "/vad"))), fields_of(petra.get(at(draft, "/vad")))
    petra.post(at(draft, "/vad"), data={**theirs, "title": "Petras rubrik", "summary": "Petras sammanfattning"})
    conflict = hers.post(
        at(draft, "/vad"), data={**mine, "title": "Annas rubrik", "series": "Annas serie", "do": "next"}
    )
    chosen = {**fields_of(conflict), "choose_title": "mine"}
    answer = hers.post(at(draft, "/vad"), data=chosen)
    assert (answer.status_code, answer.location) == (303, at(draft, "/tillfallen"))
    saved = whole(session, draft)
    assert (saved.title, saved.summary, saved.series) == ("Annas rubrik", "Petras sammanfattning", "Annas serie")


def test_conflict_on_an_english_page_speaks_english_but_for_what_people_wrote(
    hers: Browser, petra: Browser, draft: Event
) -> None:
    path = "/en" + at(draft, "/vilka")
    mine, theirs = fields_of(hers.get(path)), fields_of(petra.get(path))
    petra.post(path, data={**theirs, "audiences": ["unga"], "kommuner": ["1715"], "interpreted": ["en"]})
    answer = hers.post(path, data={**mine, "audiences": ["unga", "aldre"], "spoken": ["sv", "fi"]})
    assert both_versions(answer) == {
        "Audiences": ("Older people, Young people (13–25)", "Young people (13–25)"),
        "Language": ("Finnish, Swedish", "interpreted into English"),
        "Municipalities": ("(empty)", "Kil"),
    }
    assert languages_of_texts(answer) == {None}


def test_conflict_on_an_english_page_marks_what_people_wrote_as_swedish(
    hers: Browser, petra: Browser, draft: Event
) -> None:
    path = "/en" + at(draft, "/vad")
    mine, theirs = fields_of(hers.get(path)), fields_of(petra.get(path))
    petra.post(path, data={**theirs, "title": "Petras rubrik"})
    answer = hers.post(path, data={**mine, "title": "Annas rubrik"})
    assert both_versions(answer) == {"Title": ("Annas rubrik", "Petras rubrik")}
    assert languages_of_texts(answer) == {"sv"}


def both_versions(answer: TestResponse) -> dict[str, tuple[str, str]]:
    """For each field of a conflict page: what this person typed, and what is saved now."""
    page = markup.parse(answer.get_data(as_text=True))
    found = {}
    for field in page.iter("fieldset"):
        mine, theirs = (side.text for side in field.findall(".//div[@class='clash__text']"))
        found[field.findtext("legend")] = (mine, theirs)
    return found


def languages_of_texts(answer: TestResponse) -> set[str | None]:
    """The languages that a conflict page marks its texts with."""
    page = markup.parse(answer.get_data(as_text=True))
    return {side.get("lang") for side in page.findall(".//div[@class='clash__text']")}


def test_conflict_without_a_choice_is_asked_again(
    session: Session, hers: Browser, petra: Browser, draft: Event
) -> None:
    mine, theirs = fields_of(hers.get(at(draft, "/vad"))), fields_of(petra.get(at(draft, "/vad")))
    petra.post(at(draft, "/vad"), data={**theirs, "title": "Petras rubrik"})
    conflict = hers.post(at(draft, "/vad"), data={**mine, "title": "Annas rubrik"})
    answer = hers.post(at(draft, "/vad"), data=fields_of(conflict))
    assert answer.status_code == 409
    assert errors_of(answer) == [("#title-mine", "Välj vilken version som ska gälla för varje fält.")]
    assert fields_of(answer)["title"] == ["Annas rubrik"]
    assert whole(session, draft).title == "Petras rubrik"


def test_a_third_save_during_the_choice_is_a_new_conflict(
    session: Session, hers: Browser, petra: Browser, draft: Event
) -> None:
    mine, theirs = fields_of(hers.get(at(draft, "/vad"))), fields_of(petra.get(at(draft, "/vad")))
    petra.post(at(draft, "/vad"), data={**theirs, "title": "Petras rubrik"})
    conflict = hers.post(at(draft, "/vad"), data={**mine, "title": "Annas rubrik"})
    again = fields_of(petra.get(at(draft, "/vad")))
    petra.post(at(draft, "/vad"), data={**again, "title": "Petras nya rubrik"})
    answer = hers.post(at(draft, "/vad"), data={**fields_of(conflict), "choose_title": "mine"})
    assert answer.status_code == 409
    assert "Petras nya rubrik" in answer.get_data(as_text=True)
    assert whole(session, draft).title == "Petras nya rubrik"


def test_saves_of_different_steps_do_not_disturb_each_other(
    session: Session, hers: Browser, petra: Browser, draft: Event
) -> None:
    mine = fields_of(hers.get(at(draft, "/vad")))
    theirs = fields_of(petra.get(at(draft, "/vilka")))
    petra.post(at(draft, "/vilka"), data={**theirs, "audiences": ["alla"]})
    assert hers.post(at(draft, "/vad"), data={**mine, "title": "Annas rubrik"}).status_code == 303
    saved = whole(session, draft)
    assert (saved.title, [row.audience for row in saved.audiences]) == ("Annas rubrik", [Audience.EVERYBODY])


def test_back_button_and_an_old_page_do_not_overwrite(session: Session, hers: Browser, draft: Event) -> None:
    old = fields_of(hers.get(at(draft, "/vad")))
    hers.post(at(draft, "/vad"), data={**old, "title": "Andra rubriken"})
    assert hers.post(at(draft, "/vad"), data={**old, "title": "Tredje rubriken"}).status_code == 409
    assert whole(session, draft).title == "Andra rubriken"


def test_double_click_saves_once(session: Session, hers: Browser, draft: Event) -> None:
    fields = {**fields_of(hers.get(at(draft, "/vad"))), "title": "En gång"}
    assert [hers.post(at(draft, "/vad"), data=fields).status_code for _ in range(2)] == [303, 303]
    assert whole(session, draft).version == 2


def test_broken_version_never_overwrites(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vad")))
    for version, base in (("", ""), ("x", "[]"), ("-1", "{"), ("99", '{"title":7}')):
        typed = {**fields, "version": version, "base": base, "title": "Överskriven"}
        assert hers.post(at(draft, "/vad"), data=typed).status_code == 409
    assert whole(session, draft).title == "Samtal om demokrati"


def test_every_kind_of_field_is_told_in_words(session: Session, hers: Browser, petra: Browser, draft: Event) -> None:
    for path, first, second in (
        ("/vilka", {"audiences": ["alla"], "spoken": ["sv"]}, {"audiences": ["barn"], "spoken": ["fi"]}),
        (
            "/praktiskt",
            {"feature_captions": "yes", "sign_up_by": "2027-09-01", "is_free": "ja"},
            {"feature_captions": "no", "sign_up_by": "2027-09-02", "is_free": "nej"},
        ),
    ):
        mine, theirs = fields_of(hers.get(at(draft, path))), fields_of(petra.get(at(draft, path)))
        assert petra.post(at(draft, path), data={**theirs, **first}).status_code == 303
        answer = hers.post(at(draft, path), data={**mine, **second})
        assert answer.status_code == 409
        text = answer.get_data(as_text=True)
        told = (
            ("Alla", "Barn", "svenska", "finska") if path == "/vilka" else ("Textad sändning: Ja", "1 september 2027")
        )
        assert [words for words in told if words not in text] == []


def test_stated_values_survive_a_save_without_changes(session: Session, hers: Browser, draft: Event) -> None:
    before = stated(whole(session, draft))
    for path in ("/vad", "/vilka", "/praktiskt", "/bild-och-sprak"):
        assert hers.post(at(draft, path), data=fields_of(hers.get(at(draft, path)))).status_code == 303
    saved = whole(session, draft)
    assert (stated(saved), saved.version) == (before, 1)


def test_whoever_saved_last_is_named(session: Session, hers: Browser, draft: Event, anna: User) -> None:
    fields = fields_of(hers.get(at(draft, "/vad")))
    hers.post(at(draft, "/vad"), data={**fields, "title": "Ny"})
    assert "Sparades senast av Anna Andersson" in hers.get(at(draft)).get_data(as_text=True)


def buttons_of(response: TestResponse) -> dict[str, str]:
    """The steps that are buttons of the form: value and state."""
    page = markup.parse(response.get_data(as_text=True))
    [nav] = [one for one in page.iter("nav") if one.get("class") == "steps-nav"]
    return {
        button.get("value", ""): item.get("data-state", "")
        for item in nav.iter("li")
        for button in item.iter("button")
        if (button.get("form"), button.get("name"), button.get("type")) == ("steget", "vidare", "submit")
    }


def step_links(response: TestResponse) -> int:
    """How many steps are links."""
    page = markup.parse(response.get_data(as_text=True))
    return sum(len(list(nav.iter("a"))) for nav in page.iter("nav") if nav.get("class") == "steps-nav")


WITH_A_FORM = ("/vad", "/vilka", "/praktiskt", "/bild-och-sprak", "/sprak/en")


def test_where_a_form_is_open_the_steps_are_its_buttons_elsewhere_links(hers: Browser, draft: Event) -> None:
    every = [step.key for step in STEPS]
    shown = {path: hers.get(at(draft, path)) for path in (*WITH_A_FORM, "/tillfallen", "/arrangorer", "/skicka")}
    assert {path: (list(buttons_of(page)), step_links(page)) for path, page in shown.items()} == {
        **dict.fromkeys(WITH_A_FORM, (every, 0)),
        **dict.fromkeys(("/tillfallen", "/arrangorer", "/skicka"), ([], len(STEPS))),
    }
    assert 'value="vad" aria-current="step"' in shown["/vad"].get_data(as_text=True)
    assert {shown[path].get_data(as_text=True).count(' id="steget"') for path in WITH_A_FORM} == {1}


@pytest.mark.parametrize("path", WITH_A_FORM)
@pytest.mark.parametrize("goal", STEPS, ids=lambda step: step.key)
def test_leaving_a_step_saves_what_was_typed(
    session: Session, hers: Browser, draft: Event, path: str, goal: Step
) -> None:
    typed = {"/vad": "summary", "/vilka": "age_from", "/praktiskt": "price", "/bild-och-sprak": "image_credit"}
    name = typed.get(path, "title")
    fields = {**fields_of(hers.get(at(draft, path))), name: "12"}
    answer = hers.post(at(draft, path), data={**fields, "vidare": goal.key})
    assert (answer.status_code, answer.location) == (303, at(draft, f"/{goal.key}"))
    assert fields_of(hers.get(at(draft, path)))[name] == ["12"]


def test_leaving_a_step_with_something_wrong_shows_it_again(session: Session, hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vad")))
    answer = hers.post(at(draft, "/vad"), data={**fields, "title": "", "summary": "Kvar", "vidare": "vilka"})
    assert (answer.status_code, errors_of(answer)) == (422, [("#title", "Skriv en rubrik.")])
    assert fields_of(answer)["summary"] == ["Kvar"]


def test_enter_in_a_field_goes_on_rather_than_to_the_first_step(hers: Browser, draft: Event) -> None:
    page = markup.parse(hers.get(at(draft, "/vilka")).get_data(as_text=True))
    [form] = [one for one in page.iter("form") if one.get("id") == "steget"]
    own = [one for one in page.iter("button") if one.get("form") == "steget" or one in list(form.iter("button"))]
    assert (own[0].get("name"), own[0].get("value")) == ("do", "next")


def test_a_step_that_does_not_exist_leads_nowhere_else(hers: Browser, draft: Event) -> None:
    fields = fields_of(hers.get(at(draft, "/vad")))
    answer = hers.post(at(draft, "/vad"), data={**fields, "vidare": "https://ond.example"})
    assert answer.location == at(draft, "/vad")


def test_fresh_draft_is_not_alarming_until_it_is_to_be_sent_in(
    session: Session, hers: Browser, ours: Organisation, edition: Edition
) -> None:
    fresh = create_draft(session, edition, ours, "Ny", actor=SYSTEM, now=utc_now())
    session.commit()
    states = dict.fromkeys(("vad", "tillfallen", "vilka", "praktiskt"), "open")
    assert {key: state for key, state in buttons_of(hers.get(at(fresh, "/vad"))).items() if state} == states
    assert "något saknas" not in hers.get(at(fresh)).get_data(as_text=True)
    tried = hers.post(at(fresh, "/skicka"))
    assert tried.get_data(as_text=True).count('data-state="problem"') == 4
    fresh.status, fresh.submitted_at = EventStatus.RETURNED, utc_now()
    returned = buttons_of(hers.get(at(fresh, "/vad")))
    assert {key: state for key, state in returned.items() if state} == dict.fromkeys(states, "problem")
