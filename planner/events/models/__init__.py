"""The tables of the events feature."""

from planner.events.models.calendar import CalendarShelf, CalendarValue
from planner.events.models.event import (
    Event,
    EventAudience,
    EventFeature,
    EventKommun,
    EventLanguage,
    EventSlug,
    EventText,
    EventTheme,
)
from planner.events.models.handover import Ending, Handover
from planner.events.models.hosting import Hosting
from planner.events.models.news import NewsItem, NewsKind, NewsLine
from planner.events.models.occurrence import Occurrence, PreviousTime
from planner.events.models.search import SearchText
from planner.events.models.short_address import ShortAddress
from planner.events.models.vocabulary import (
    ActivityKind,
    Audience,
    Captions,
    EventStatus,
    Form,
    HostingRole,
    HostingState,
    LanguageUse,
    OccurrenceState,
    Permit,
    SignUp,
    TimeKind,
    Visibility,
)

__all__ = [
    "ActivityKind",
    "Audience",
    "CalendarShelf",
    "CalendarValue",
    "Captions",
    "Ending",
    "Event",
    "EventAudience",
    "EventFeature",
    "EventKommun",
    "EventLanguage",
    "EventSlug",
    "EventStatus",
    "EventText",
    "EventTheme",
    "Form",
    "Handover",
    "Hosting",
    "HostingRole",
    "HostingState",
    "LanguageUse",
    "NewsItem",
    "NewsKind",
    "NewsLine",
    "Occurrence",
    "OccurrenceState",
    "Permit",
    "PreviousTime",
    "SearchText",
    "ShortAddress",
    "SignUp",
    "TimeKind",
    "Visibility",
]
