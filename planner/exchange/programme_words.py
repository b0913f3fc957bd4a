"""The words of the programme of 2021 in the words of the model, and what the model has no word for."""

from typing import Any

from planner.core.text import N_
from planner.events.models import ActivityKind, Audience

_ACTIVITIES = {
    "samtal": ActivityKind.TALK,
    "boksamtal": ActivityKind.TALK,
    "föreläsning": ActivityKind.LECTURE,
    "seminarium": ActivityKind.SEMINAR,
    "frukostseminarium": ActivityKind.SEMINAR,
    "utbildning": ActivityKind.SEMINAR,
    "panelsamtal": ActivityKind.PANEL,
    "frågestund": ActivityKind.QUESTION_TIME,
    "workshop": ActivityKind.WORKSHOP,
    "utställning": ActivityKind.EXHIBITION,
    "visning": ActivityKind.EXHIBITION,
    "teater": ActivityKind.THEATRE,
    "film": ActivityKind.FILM,
    "studiebesök": ActivityKind.STUDY_VISIT,
    "tipspromenad": ActivityKind.QUIZ_WALK,
    "quiz": ActivityKind.QUIZ,
    "öppet hus": ActivityKind.OPEN_HOUSE,
    "monter": ActivityKind.OPEN_HOUSE,
    "mötesplats": ActivityKind.OPEN_HOUSE,
    "möte med förtroendevalda": ActivityKind.MEET_ELECTED,
    "medborgardialog": ActivityKind.PUBLIC_DIALOGUE,
    "medborgarförslag": ActivityKind.PUBLIC_DIALOGUE,
    "undervisning": ActivityKind.SCHOOL_ACTIVITY,
    "bokcirkel": ActivityKind.BOOK_CIRCLE,
    "invigning": ActivityKind.OPENING,
    "temadag": ActivityKind.THEME_DAY,
    "utdelning": ActivityKind.OFFER,
    "utlåning": ActivityKind.OFFER,
    "boktips": ActivityKind.OFFER,
}
_AUDIENCES = {
    "allmänhet": Audience.EVERYBODY,
    "alla åldrar": Audience.EVERYBODY,
    "privatpersoner": Audience.EVERYBODY,
    "barn": Audience.CHILDREN,
    "familjer": Audience.CHILDREN,
    "unga": Audience.YOUTH,
    "unga 16–25 år": Audience.YOUTH,
    "inbjudna ungdomar": Audience.YOUTH,
    "förstagångsväljare": Audience.FIRST_TIME_VOTERS,
    "gymnasieelever": Audience.UPPER_SECONDARY,
    "gymnasieungdomar": Audience.UPPER_SECONDARY,
    "gymnasieelever årskurs 3": Audience.UPPER_SECONDARY,
    "elever": Audience.SCHOOL_CLASSES,
    "elever årskurs 6": Audience.SCHOOL_CLASSES,
    "grundskoleelever": Audience.SCHOOL_CLASSES,
    "skolor": Audience.SCHOOL_CLASSES,
    "politiker": Audience.ELECTED,
    "inbjudna förtroendevalda": Audience.ELECTED,
    "inbjudna förtroendevalda och chefer": Audience.ELECTED,
    "tjänstepersoner": Audience.OFFICIALS,
    "chefer": Audience.OFFICIALS,
    "kommuner": Audience.OFFICIALS,
    "föreningar": Audience.ASSOCIATIONS,
    "föreningsaktiva": Audience.ASSOCIATIONS,
    "föreningsengagerade": Audience.ASSOCIATIONS,
    "nationella minoriteter": Audience.NATIONAL_MINORITIES,
}


def activity_of(word: str) -> str:
    """The kind of activity; ``annat`` for a word that the model has none for (it then stands in the source note)."""
    return _ACTIVITIES.get(word, ActivityKind.OTHER).value


def audiences_of(words: list[str]) -> list[str]:
    """The audiences that the words name, in the model's order."""
    found = {_AUDIENCES[word] for word in words if word in _AUDIENCES}
    return [audience.value for audience in Audience if audience in found]


def is_closed(row: dict[str, Any]) -> bool:
    """Whether the source says that the public may not come."""
    return any("stängd för allmänheten" in words for words in row["uncertainty"])


def source_note(row: dict[str, Any]) -> str:
    """Everything of a row that the model keeps only in words, a line each, the sources last."""
    unmapped = [word for word in row["audiences"] if word not in _AUDIENCES]
    lines = [
        _line("I källan", row["activity_type"]),
        _line("För", ", ".join(unmapped)),
        _line("Del av", row["part_of"] if row["series"] else None),
        _line("Enhet", row["host_unit"]),
        _line("Innehåll från", ", ".join(row["content_provider"])),
        _line("Läge i källan", None if row["status"] == "planerad" else row["status"]),
        None if row["recorded"] is None else ("Spelas in." if row["recorded"] else "Spelas inte in."),
        None if row["title_as_published"] else "Rubriken är vår, källan beskriver bara programpunkten.",
        None if row["host_stated"] else "Arrangören är antagen.",
        None if row["format_stated"] else "Formen är okänd eller antagen.",
        *(f"Osäkert: {words}." for words in row["uncertainty"]),
        *(f"Källa: {address}" for address in row["source"]),
    ]
    return "\n".join(line for line in lines if line)


def open_questions(row: dict[str, Any], occurrences: list[dict[str, Any]]) -> list[str]:
    """What the source left open, in words, for the import's report; empty when the row is complete."""
    kinds = {occurrence["time_kind"] for occurrence in occurrences}
    physical = row["format"] in ("physical", "hybrid")
    checks = {
        N_("datum saknas"): row["date"] is None,
        N_("starttid saknas"): "within_span" in kinds and row["date"] is not None,
        N_("sluttid saknas"): "start_only" in kinds,
        N_("slutdatum saknas"): any(occurrence.get("is_open_ended") for occurrence in occurrences),
        N_("formen är okänd"): row["format"] is None,
        N_("formen är antagen"): row["format"] is not None and not row["format_stated"],
        N_("platsen saknas"): physical and not row["venue"] and not row["venues"],
        N_("länk eller plattform saknas"): row["format"] in ("digital", "hybrid") and not row["platform"],
        N_("arrangören saknas"): row["host"] is None,
        N_("arrangören är antagen"): row["host"] is not None and not row["host_stated"],
    }
    return [words for words, is_open in checks.items() if is_open]


def _line(label: str, words: str | None) -> str | None:
    return f"{label}: {words}" if words else None
