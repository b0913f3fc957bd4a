"""The words that events are described with. Values of Form, Audience and ActivityKind stand in public addresses."""

from enum import StrEnum

from planner.core.text import N_


class Form(StrEnum):
    """How an occurrence is attended, derived from its places (schema.org eventAttendanceMode). Never stored."""

    ONSITE = "pa-plats"
    ONLINE = "digitalt"
    HYBRID = "hybrid"
    UNKNOWN = "okand"

    @property
    def label(self) -> str:
        return {
            Form.ONSITE: N_("På plats"),
            Form.ONLINE: N_("Digitalt"),
            Form.HYBRID: N_("På plats och digitalt"),
            Form.UNKNOWN: N_("Formen är inte bestämd"),
        }[self]


class TimeKind(StrEnum):
    """The five kinds of knowledge about a time (design idea 5)."""

    START_AND_END = "start_and_end"
    START_ONLY = "start_only"
    OPENING_HOURS = "opening_hours"
    WITHIN_SPAN = "within_span"
    ON_BOOKING = "on_booking"

    @property
    def label(self) -> str:
        return {
            TimeKind.START_AND_END: N_("Start- och sluttid"),
            TimeKind.START_ONLY: N_("Bara starttid"),
            TimeKind.OPENING_HOURS: N_("Hela dagar eller öppettider"),
            TimeKind.WITHIN_SPAN: N_("Någon gång under dagen eller perioden"),
            TimeKind.ON_BOOKING: N_("Tid efter bokning"),
        }[self]

    @property
    def has_clock_time(self) -> bool:
        return self in (TimeKind.START_AND_END, TimeKind.START_ONLY)


class OccurrenceState(StrEnum):
    """What has become of an occurrence (schema.org eventStatus)."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    MOVED_ONLINE = "moved_online"

    @property
    def label(self) -> str:
        return {
            OccurrenceState.SCHEDULED: N_("Planerat"),
            OccurrenceState.CANCELLED: N_("Inställt"),
            OccurrenceState.POSTPONED: N_("Uppskjutet"),
            OccurrenceState.MOVED_ONLINE: N_("Flyttat till digitalt"),
        }[self]

    @property
    def takes_place(self) -> bool:
        return self in (OccurrenceState.SCHEDULED, OccurrenceState.MOVED_ONLINE)


class EventStatus(StrEnum):
    """The workflow: draft → submitted → returned, rejected or published → cancelled, withdrawn or archived."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REJECTED = "rejected"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        return {
            EventStatus.DRAFT: N_("Utkast"),
            EventStatus.SUBMITTED: N_("Insänd"),
            EventStatus.RETURNED: N_("Behöver kompletteras"),
            EventStatus.REJECTED: N_("Avslagen"),
            EventStatus.PUBLISHED: N_("Publicerad"),
            EventStatus.CANCELLED: N_("Inställd"),
            EventStatus.WITHDRAWN: N_("Avpublicerad"),
            EventStatus.ARCHIVED: N_("Arkiverad"),
        }[self]

    @property
    def is_public(self) -> bool:
        return self in (EventStatus.PUBLISHED, EventStatus.CANCELLED, EventStatus.ARCHIVED)


class Visibility(StrEnum):
    """Whether the public may see it; a closed one is counted but in no public representation."""

    PUBLIC = "public"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {Visibility.PUBLIC: N_("Öppen för alla"), Visibility.CLOSED: N_("Sluten grupp")}[self]


class SignUp(StrEnum):
    """How one signs up."""

    NONE = "none"
    EXTERNAL = "external"
    CONTACT = "contact"
    UNSTATED = "unstated"

    @property
    def label(self) -> str:
        return {
            SignUp.NONE: N_("Ingen anmälan"),
            SignUp.EXTERNAL: N_("Anmälan på en annan webbplats"),
            SignUp.CONTACT: N_("Anmälan per telefon eller e-post"),
            SignUp.UNSTATED: N_("Inte angivet"),
        }[self]


class HostingRole(StrEnum):
    """What an organisation is in somebody else's event."""

    CO_ORGANISER = "co_organiser"
    PARTICIPANT = "participant"
    VENUE_HOST = "venue_host"
    SUPPORTER = "supporter"

    @property
    def label(self) -> str:
        return {
            HostingRole.CO_ORGANISER: N_("Medarrangör"),
            HostingRole.PARTICIPANT: N_("Medverkande"),
            HostingRole.VENUE_HOST: N_("Upplåter plats"),
            HostingRole.SUPPORTER: N_("Stödjer"),
        }[self]


class HostingState(StrEnum):
    """Where the consent stands. Only an accepted organisation's name is shown."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            HostingState.ASKED: N_("Väntar på svar"),
            HostingState.ACCEPTED: N_("Har tackat ja"),
            HostingState.DECLINED: N_("Har tackat nej"),
            HostingState.WITHDRAWN: N_("Har dragit sig ur"),
        }[self]


class LanguageUse(StrEnum):
    """Whether a language is spoken at the event or interpreted to."""

    SPOKEN = "spoken"
    INTERPRETED = "interpreted"


class Captions(StrEnum):
    """Whether a recording is captioned; one that stays up must be, in practice within 14 days (domain.md A-9)."""

    YES = "yes"
    NO = "no"
    COMING = "coming"

    @property
    def label(self) -> str:
        return {Captions.YES: N_("Textad"), Captions.NO: N_("Inte textad"), Captions.COMING: N_("Textas senare")}[self]


class Permit(StrEnum):
    """The police permit for a gathering on a public place outdoors (ordningslag 1993:1617)."""

    NOT_NEEDED = "not_needed"
    TO_APPLY = "to_apply"
    APPLIED = "applied"
    GRANTED = "granted"

    @property
    def label(self) -> str:
        return {
            Permit.NOT_NEEDED: N_("Behövs inte"),
            Permit.TO_APPLY: N_("Ska sökas"),
            Permit.APPLIED: N_("Sökt"),
            Permit.GRANTED: N_("Beviljat"),
        }[self]


class Audience(StrEnum):
    """Whom an event is for; several at once."""

    EVERYBODY = "alla"
    CHILDREN = "barn"
    YOUTH = "unga"
    UPPER_SECONDARY = "gymnasieelever"
    FIRST_TIME_VOTERS = "forstagangsvaljare"
    FOREIGN_BORN = "utrikesfodda"
    NEWLY_ARRIVED = "nyanlanda"
    OLDER = "aldre"
    DISABILITY = "funktionsnedsattning"
    NATIONAL_MINORITIES = "nationella-minoriteter"
    ASSOCIATIONS = "foreningar"
    ELECTED = "fortroendevalda"
    OFFICIALS = "tjanstepersoner"
    SCHOOL_CLASSES = "skolklasser"
    TEACHERS = "larare"

    @property
    def label(self) -> str:
        return _AUDIENCE_LABELS[self]


_AUDIENCE_LABELS = {
    Audience.EVERYBODY: N_("Alla"),
    Audience.CHILDREN: N_("Barn"),
    Audience.YOUTH: N_("Unga (13–25 år)"),
    Audience.UPPER_SECONDARY: N_("Gymnasieelever"),
    Audience.FIRST_TIME_VOTERS: N_("Förstagångsväljare"),
    Audience.FOREIGN_BORN: N_("Utrikesfödda"),
    Audience.NEWLY_ARRIVED: N_("Nyanlända"),
    Audience.OLDER: N_("Äldre"),
    Audience.DISABILITY: N_("Personer med funktionsnedsättning"),
    Audience.NATIONAL_MINORITIES: N_("Nationella minoriteter"),
    Audience.ASSOCIATIONS: N_("Föreningar"),
    Audience.ELECTED: N_("Förtroendevalda"),
    Audience.OFFICIALS: N_("Tjänstepersoner"),
    Audience.SCHOOL_CLASSES: N_("Skolklasser"),
    Audience.TEACHERS: N_("Lärare"),
}


class ActivityKind(StrEnum):
    """What kind of thing happens (domain.md §5, event_type)."""

    TALK = "samtal"
    LUNCH_TALK = "lunchsamtal"
    LECTURE = "forelasning"
    SEMINAR = "seminarium"
    PANEL = "panelsamtal"
    QUESTION_TIME = "fragestund"
    WORKSHOP = "workshop"
    EXHIBITION = "utstallning"
    THEATRE = "teater"
    FILM = "film"
    STUDY_VISIT = "studiebesok"
    QUIZ_WALK = "tipspromenad"
    QUIZ = "quiz"
    COMPETITION = "tavling"
    OPEN_HOUSE = "oppet-hus"
    MEET_ELECTED = "mot-fortroendevalda"
    PUBLIC_DIALOGUE = "medborgardialog"
    SCHOOL_ACTIVITY = "skolaktivitet"
    BOOK_CIRCLE = "bokcirkel"
    STUDY_CIRCLE = "studiecirkel"
    OPENING = "invigning"
    NETWORKING = "natverkstraff"
    THEME_DAY = "temadag"
    OFFER = "erbjudande"
    OTHER = "annat"

    @property
    def label(self) -> str:
        return _ACTIVITY_LABELS[self]


_ACTIVITY_LABELS = {
    ActivityKind.TALK: N_("Samtal"),
    ActivityKind.LUNCH_TALK: N_("Lunchsamtal"),
    ActivityKind.LECTURE: N_("Föreläsning"),
    ActivityKind.SEMINAR: N_("Seminarium"),
    ActivityKind.PANEL: N_("Panelsamtal eller debatt"),
    ActivityKind.QUESTION_TIME: N_("Frågestund"),
    ActivityKind.WORKSHOP: N_("Workshop"),
    ActivityKind.EXHIBITION: N_("Utställning"),
    ActivityKind.THEATRE: N_("Teater"),
    ActivityKind.FILM: N_("Film med samtal"),
    ActivityKind.STUDY_VISIT: N_("Studiebesök"),
    ActivityKind.QUIZ_WALK: N_("Tipspromenad"),
    ActivityKind.QUIZ: N_("Quiz"),
    ActivityKind.COMPETITION: N_("Tävling"),
    ActivityKind.OPEN_HOUSE: N_("Öppet hus"),
    ActivityKind.MEET_ELECTED: N_("Möt förtroendevalda"),
    ActivityKind.PUBLIC_DIALOGUE: N_("Medborgardialog"),
    ActivityKind.SCHOOL_ACTIVITY: N_("Skolaktivitet"),
    ActivityKind.BOOK_CIRCLE: N_("Bokcirkel"),
    ActivityKind.STUDY_CIRCLE: N_("Studiecirkel"),
    ActivityKind.OPENING: N_("Invigning"),
    ActivityKind.NETWORKING: N_("Nätverksträff"),
    ActivityKind.THEME_DAY: N_("Temadag"),
    ActivityKind.OFFER: N_("Erbjudande utan bestämd tid"),
    ActivityKind.OTHER: N_("Annat"),
}

LANGUAGES = {
    "sv": N_("svenska"),
    "en": N_("engelska"),
    "fi": N_("finska"),
    "fit": N_("meänkieli"),
    "se": N_("samiska"),
    "rom": N_("romani chib"),
    "yi": N_("jiddisch"),
    "no": N_("norska"),
    "ar": N_("arabiska"),
    "so": N_("somaliska"),
    "fa": N_("persiska"),
    "prs": N_("dari"),
    "ti": N_("tigrinja"),
    "uk": N_("ukrainska"),
    "th": N_("thailändska"),
}
"""Languages that an event can be held in, by BCP 47 code, with their Swedish names."""

TEXT_LANGUAGES = ("sv-lattlast", *(code for code in LANGUAGES if code != "sv"))
"""Languages that an event's texts can be given in beside Swedish; ``sv-lattlast`` is easy-to-read Swedish."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "yi"})
