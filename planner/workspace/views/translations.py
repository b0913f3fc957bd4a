"""The texts of an event in other languages, one page for each; easy-to-read Swedish is one of them."""

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.clock import utc_now
from planner.core.errors import Invalid, NotFound, Problem, StaleVersion
from planner.events.actions import save_event
from planner.events.actions.event_fields import IN_LANGUAGES, stated
from planner.events.models import Event
from planner.events.models.vocabulary import RIGHT_TO_LEFT, TEXT_LANGUAGES
from planner.organisations.login import current_actor
from planner.web.access import Level, access
from planner.web.database import db
from planner.workspace.conflicts import InWords, differing
from planner.workspace.forms.extras import TranslationForm
from planner.workspace.forms.step import changed_since, fingerprints
from planner.workspace.steps import EXTRAS, step_states
from planner.workspace.views.blueprint import blueprint, edited_event
from planner.workspace.views.conflict import choices_made, left_open, show_conflict
from planner.workspace.views.images import language_name
from planner.workspace.views.steps import onwards

Answer = str | Response | tuple[str, int]
EMPTY = dict.fromkeys(IN_LANGUAGES, "")


@blueprint.get("/arbetsyta/evenemang/<number>/sprak/<language>")
@access(Level.MEMBER)
def edit_texts(number: str, language: str) -> str:
    """The texts in one language, beside the Swedish ones."""
    event = edited_event(number)
    now_saved = _saved(event, _known(language))
    form = TranslationForm(
        formdata=None,
        data={**now_saved, "version": str(event.version), "base": fingerprints(now_saved)},
    )
    return _render(event, language, form)


@blueprint.post("/arbetsyta/evenemang/<number>/sprak/<language>")
@access(Level.MEMBER)
def update_texts(number: str, language: str) -> Answer:
    """Save the texts in one language; an emptied language is taken away."""
    event, form = edited_event(number), TranslationForm()
    if not form.validate_on_submit():
        return _render(event, _known(language), form), 422
    try:
        _save(event, _known(language), form)
    except Invalid as invalid:
        form.add_problems(Problem(one.field.split(".")[-1], one.message, one.values) for one in invalid.problems)
        return _render(event, language, form), 422
    except StaleVersion:
        return _conflict(event, language, form)
    db.session.commit()
    flash(_("Sparat."), "success")
    return onwards(EXTRAS, event)


def _save(event: Event, language: str, form: TranslationForm) -> None:
    """Save one language among the others; what others saved in other languages or steps is no conflict."""
    now_saved = _saved(event, language)
    chosen = choices_made()
    is_overtaken = bool(changed_since(form.base.data, now_saved)) and form.expected_version != event.version
    if left_open() or (is_overtaken and differing(now_saved, form.texts())):
        raise StaleVersion(event.version)
    typed = {key: value for key, value in form.texts().items() if chosen.get(key) != "theirs"}
    texts: Any = {**stated(event)["texts"], language: {**now_saved, **typed}}
    save_event(
        db.session(),
        event,
        {"texts": texts},
        expected_version=event.version,
        actor=current_actor(),
        now=utc_now(),
    )


def _conflict(event: Event, language: str, form: TranslationForm) -> tuple[str, int]:
    theirs, mine = _saved(event, language), form.texts()
    lang = _written_in(language)
    words = {key: InWords(_(form[key].label.text), theirs[key], mine[key], lang) for key in differing(theirs, mine)}
    action = url_for("workspace.update_texts", number=event.number.lower(), language=language)
    return show_conflict(
        event, theirs, mine, form.base.data, words, str(event.version), action, language_name(language)
    )


def _known(language: str) -> str:
    if language not in TEXT_LANGUAGES:
        raise NotFound
    return language


def _written_in(language: str) -> str:
    """The language as HTML knows it: easy-to-read Swedish is Swedish."""
    return "sv" if language == "sv-lattlast" else language


def _saved(event: Event, language: str) -> dict[str, str]:
    texts: dict[str, str] = stated(event)["texts"].get(language, EMPTY)
    return dict(texts)


def _render(event: Event, language: str, form: TranslationForm) -> str:
    return render_template(
        "workspace/texts.html",
        event=event,
        form=form,
        states=step_states(event),
        step=EXTRAS,
        language=language,
        language_name=language_name(language),
        lang=_written_in(language),
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
    )
