"""The steps of registering an event: what each is called, which fields live in it, and whether it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.core.errors import Problem
from planner.core.text import N_
from planner.events.models import Event, EventStatus, SignUp
from planner.events.rules import missing_for_submission


class Progress(StrEnum):
    """How far a step has come."""

    DONE = "done"
    UNFINISHED = "unfinished"
    MISSING = "missing"
    OPTIONAL = "optional"

    @property
    def label(self) -> str:
        return {
            Progress.DONE: N_("klart"),
            Progress.UNFINISHED: N_("inte klart"),
            Progress.MISSING: N_("något saknas"),
            Progress.OPTIONAL: N_("frivilligt"),
        }[self]


@dataclass(frozen=True)
class Step:
    """One step: the last part of its address, its title, and the fields whose problems are mended there."""

    key: str
    title: str
    fields: tuple[str, ...]
    endpoint: str


@dataclass(frozen=True)
class StepState:
    """A step as the navigation shows it for one event."""

    step: Step
    progress: Progress
    missing: Sequence[Problem]


WHAT = Step(
    "vad", N_("Vad"), ("title", "activity", "summary", "description", "part_of_id", "series"), "workspace.edit_basics"
)
WHEN = Step("tillfallen", N_("När och var"), ("occurrences",), "workspace.occurrences")
WHO = Step(
    "vilka",
    N_("Vilka"),
    ("audiences", "age_from", "age_to", "themes", "languages", "kommuner", "is_countywide", "visibility"),
    "workspace.edit_audience",
)
PRACTICAL = Step(
    "praktiskt",
    N_("Tillgänglighet och anmälan"),
    (
        "features",
        "accessibility_note",
        "sign_up",
        "sign_up_url",
        "sign_up_note",
        "sign_up_by",
        "is_free",
        "price",
        "contact_name",
        "contact_email",
        "contact_phone",
    ),
    "workspace.edit_practical",
)
PARTNERS = Step("arrangorer", N_("Arrangörer"), ("hostings",), "workspace.hostings")
EXTRAS = Step(
    "bild-och-sprak",
    N_("Bild och fler språk"),
    ("image_file", "image_alt", "image_credit", "texts"),
    "workspace.edit_image",
)
REVIEW = Step("skicka", N_("Granska och skicka"), (), "workspace.review")

STEPS = (WHAT, WHEN, WHO, PRACTICAL, PARTNERS, EXTRAS, REVIEW)


def step_of(field: str) -> Step:
    """The step where a problem with this field is mended."""
    return next((step for step in STEPS if field.split(".")[0] in step.fields), WHAT)


def step_named(key: str) -> Step | None:
    """The step whose address ends so."""
    return next((step for step in STEPS if step.key == key), None)


def next_step(step: Step) -> Step:
    """The step that "Spara och fortsätt" leads to; the last leads to itself."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def step_states(event: Event, *, is_tried: bool = False) -> list[StepState]:
    """Every step but the last with how far it has come. Needs the whole event loaded.

    What a fresh draft lacks is only not done yet; it is wrong from when somebody tries to send it in (``is_tried``).
    """
    is_fresh = event.status is EventStatus.DRAFT and event.submitted_at is None and not is_tried
    lacking = Progress.UNFINISHED if is_fresh else Progress.MISSING
    missing = missing_for_submission(event)
    return [_state_of(step, event, missing, lacking) for step in STEPS if step is not REVIEW]


def _state_of(step: Step, event: Event, missing: Sequence[Problem], lacking: Progress) -> StepState:
    problems = [problem for problem in missing if step_of(problem.field) is step]
    if problems:
        return StepState(step, lacking, problems)
    return StepState(step, Progress.DONE if _holds_something(step, event) else Progress.OPTIONAL, [])


def _holds_something(step: Step, event: Event) -> bool:
    """Whether anything at all has been stated in a step that lacks nothing."""
    if step is PRACTICAL:
        has_contact = event.contact_email or event.contact_phone or event.contact_name
        return bool(event.features or event.sign_up is not SignUp.UNSTATED or has_contact)
    if step is PARTNERS:
        return bool(event.hostings)
    if step is EXTRAS:
        return bool(event.image_file or event.texts)
    return True
