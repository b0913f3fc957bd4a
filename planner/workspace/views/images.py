"""The image of an event: uploaded, described, and shown to whom the event is shown."""

from pathlib import Path

from flask import current_app, flash, render_template, send_from_directory, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.core.errors import Invalid, NotFound, StaleVersion
from planner.events.models import Event
from planner.events.models.vocabulary import LANGUAGES, TEXT_LANGUAGES
from planner.organisations.login import current_actor
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.limits import limiter
from planner.workspace.forms.extras import ImageForm
from planner.workspace.images import is_stored, redraw_image, store_image
from planner.workspace.queries import event_with_image, is_public_image
from planner.workspace.rules import may_open_event
from planner.workspace.steps import EXTRAS, step_states
from planner.workspace.views.blueprint import blueprint, edited_event
from planner.workspace.views.conflict import show_event_conflict
from planner.workspace.views.steps import onwards, opened_form, save_fields

Answer = str | Response | tuple[str, int]
A_YEAR = 365 * 24 * 3600


@blueprint.get("/arbetsyta/evenemang/<number>/bild-och-sprak")
@access(Level.MEMBER)
def edit_image(number: str) -> str:
    """The image with its description, and the languages that the texts are given in."""
    event = edited_event(number)
    form = opened_form(ImageForm, event, {})
    return _render(event, form)


@blueprint.post("/arbetsyta/evenemang/<number>/bild-och-sprak")
@access(Level.MEMBER)
@limiter.limit("60 per hour")
def update_image(number: str) -> Answer:
    """Save the image and its description. A picture that was read stays even if something else is wrong."""
    event, form = edited_event(number), ImageForm()
    form.validate_on_submit()
    _take_upload(form)
    if form.has_errors:
        return _render(event, form), 422
    fields = form.fields(event)
    try:
        save_fields(event, form, fields)
    except Invalid as invalid:
        form.add_problems(invalid.problems)
        return _render(event, form), 422
    except StaleVersion:
        return show_event_conflict(event, form, fields, url_for("workspace.update_image", number=number), EXTRAS)
    db.session.commit()
    flash(_("Sparat."), "success")
    return onwards(EXTRAS, event)


@blueprint.get("/bilder/<file>")
@access(Level.ANYONE)
def image(file: str) -> Response:
    """A picture of a public event. Its name is random and never used again, so it may be kept for a year."""
    if not is_stored(_uploads(), file) or not is_public_image(db.session(), file):
        raise NotFound
    return send_from_directory(_uploads(), file, mimetype="image/webp", max_age=A_YEAR)


@blueprint.get("/arbetsyta/bilder/<file>")
@access(Level.MEMBER)
def draft_image(file: str) -> Response:
    """A picture of an event that the person may open, public or not."""
    event = event_with_image(db.session(), file) if is_stored(_uploads(), file) else None
    if event is None or not may_open_event(current_actor(), event):
        raise NotFound
    answer = send_from_directory(_uploads(), file, mimetype="image/webp")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _take_upload(form: ImageForm) -> None:
    """Redraw and store what was uploaded; remember its name in the form so that it need not be sent twice."""
    if form.kept_file.data and not is_stored(_uploads(), form.kept_file.data):
        form.kept_file.data = ""
    if form.image.data is None or form.remove.data:
        return
    try:
        form.kept_file.data = store_image(_uploads(), redraw_image(form.image.data.stream))
    except Invalid as invalid:
        form.add_problems(invalid.problems)


def _uploads() -> Path:
    return Path(current_app.config["INSTANCE"]) / "uploads"


def language_name(code: str) -> str:
    """The name of a language that texts can be given in."""
    return str(_("Lättläst svenska") if code == "sv-lattlast" else _(LANGUAGES[code]).capitalize())


def _render(event: Event, form: ImageForm) -> str:
    given = {row.language for row in event.texts}
    return render_template(
        "workspace/image.html",
        event=event,
        form=form,
        states=step_states(event),
        step=EXTRAS,
        languages=[(code, language_name(code), code in given) for code in TEXT_LANGUAGES],
    )
