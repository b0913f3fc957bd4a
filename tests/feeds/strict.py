"""An iCalendar reader that forgives nothing, written from RFC 5545, 7986 and 6868 and not from any library.

``read`` takes the bytes of a file and returns its VCALENDAR, or fails with the first thing that some known client would
stumble over. Beside the grammar it demands what docs/feeds.md adds to it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

CSS3_NAMES = frozenset({"teal", "navy", "green", "olive", "maroon", "purple", "gray", "black", "silver", "aqua"})
ONCE = {
    "VCALENDAR": {
        "VERSION": True,
        "PRODID": True,
        "CALSCALE": False,
        "NAME": False,
        "DESCRIPTION": False,
        "X-WR-CALNAME": False,
        "X-WR-CALDESC": False,
        "X-WR-TIMEZONE": False,
        "REFRESH-INTERVAL": False,
        "X-PUBLISHED-TTL": False,
        "SOURCE": False,
        "URL": False,
        "COLOR": False,
    },
    "VEVENT": {
        "UID": True,
        "DTSTAMP": True,
        "LAST-MODIFIED": True,
        "CREATED": True,
        "SEQUENCE": True,
        "DTSTART": True,
        "DTEND": True,
        "SUMMARY": True,
        "DESCRIPTION": True,
        "URL": True,
        "STATUS": True,
        "TRANSP": True,
        "CLASS": True,
        "LOCATION": False,
        "GEO": False,
        "CATEGORIES": False,
        "CONFERENCE": False,
        "X-APPLE-STRUCTURED-LOCATION": False,
    },
    "VTIMEZONE": {"TZID": True, "X-LIC-LOCATION": False},
    "STANDARD": dict.fromkeys(("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE"), True),
    "DAYLIGHT": dict.fromkeys(("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE"), True),
}
"""What may stand in each component, at most once; True for what must."""

CHILDREN = {"VCALENDAR": {"VTIMEZONE", "VEVENT"}, "VTIMEZONE": {"STANDARD", "DAYLIGHT"}}
TEXTS = frozenset(
    {"VERSION", "PRODID", "CALSCALE", "NAME", "DESCRIPTION", "SUMMARY", "LOCATION", "UID", "TZID", "TZNAME"}
)
TEXTS |= {"X-WR-CALNAME", "X-WR-CALDESC", "X-WR-TIMEZONE", "X-LIC-LOCATION"}
URIS = frozenset({"URL", "SOURCE", "CONFERENCE"})
STAMPS = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED"})
ONE_OF = {
    "STATUS": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "TRANSP": {"OPAQUE", "TRANSPARENT"},
    "CLASS": {"PUBLIC"},
    "COLOR": CSS3_NAMES,
    "VERSION": {"2.0"},
    "CALSCALE": {"GREGORIAN"},
}
PARAMETERS = {
    "DTSTART": {"VALUE", "TZID"},
    "DTEND": {"VALUE", "TZID"},
    "REFRESH-INTERVAL": {"VALUE"},
    "SOURCE": {"VALUE"},
    "CONFERENCE": {"VALUE", "FEATURE", "LABEL"},
    "X-APPLE-STRUCTURED-LOCATION": {"VALUE", "X-ADDRESS", "X-APPLE-RADIUS", "X-TITLE"},
}
REQUIRED_PARAMETERS = {
    "SOURCE": {"VALUE": ["URI"]},
    "CONFERENCE": {"VALUE": ["URI"]},
    "X-APPLE-STRUCTURED-LOCATION": {"VALUE": ["URI"]},
    "REFRESH-INTERVAL": {"VALUE": ["DURATION"]},
}
REFRESH = r"PT(1[5-9]|[2-5]\d)M|PT([1-9]|1\d|2[0-4])H|P1D"
FORMS = {
    "SEQUENCE": r"\d{1,10}",
    "REFRESH-INTERVAL": REFRESH,
    "X-PUBLISHED-TTL": REFRESH,
    "GEO": r"-?\d{1,2}\.\d{1,6};-?\d{1,3}\.\d{1,6}",
    "X-APPLE-STRUCTURED-LOCATION": r"geo:-?\d{1,2}\.\d{1,6},-?\d{1,3}\.\d{1,6}",
}

_NAME = re.compile(r"[A-Z][A-Z0-9-]*")
_PARAMETER = re.compile(r';([A-Z][A-Z0-9-]*)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_ESCAPED = re.compile(r"\\([\\;,nN])")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_LEFT_OVER = re.compile(r"&(?:amp|lt|gt|quot|#\d+);|</?(?:p|br|a|strong|em|li|ul)\b|\bNone\b|Ã[¥¤¶]")


class Refused(AssertionError):
    """What is wrong with the file."""


def demand(condition: object, problem: str) -> None:
    """Refuse the file unless the condition holds."""
    if not condition:
        raise Refused(problem)


@dataclass(frozen=True)
class Property:
    """One content line: the value as it stands, and its parameters with their values separated and unquoted."""

    name: str
    parameters: dict[str, list[str]]
    value: str

    @property
    def text(self) -> str:
        """The value of a TEXT, without its escapes."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)

    @property
    def texts(self) -> list[str]:
        """The values of a list of TEXT."""
        parts = re.findall(r"(?:\\.|[^,\\])+", self.value)
        return [Property(self.name, {}, part).text for part in parts]

    @property
    def moment(self) -> date | datetime:
        """The value of a DATE (a date), of a UTC time (aware), or of a local time (naive; its zone is a parameter)."""
        if self.parameters.get("VALUE") == ["DATE"]:
            demand(re.fullmatch(r"\d{8}", self.value), f"{self.name} is no DATE: {self.value!r}")
            return date(int(self.value[:4]), int(self.value[4:6]), int(self.value[6:]))
        demand(re.fullmatch(r"\d{8}T\d{6}Z?", self.value), f"{self.name} is no DATE-TIME: {self.value!r}")
        digits = [int(self.value[i:j]) for i, j in ((0, 4), (4, 6), (6, 8), (9, 11), (11, 13), (13, 15))]
        return datetime(*digits, tzinfo=UTC if self.value.endswith("Z") else None)  # type: ignore[arg-type, misc]


@dataclass
class Component:
    """One component, with its properties and the components inside it, in order; ``source`` are its bytes."""

    name: str
    properties: list[Property] = field(default_factory=list)
    children: list["Component"] = field(default_factory=list)
    source: bytes = b""

    def all(self, name: str) -> list[Property]:
        """Every property of a name."""
        return [each for each in self.properties if each.name == name]

    def get(self, name: str) -> Property | None:
        """The property of a name, if there is one."""
        return next(iter(self.all(name)), None)

    def __getitem__(self, name: str) -> Property:
        found = self.get(name)
        assert found is not None, f"{self.name} has no {name}"
        return found

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def text(self, name: str) -> str:
        """The text of a property, "" if it is not there."""
        found = self.get(name)
        return found.text if found else ""

    @property
    def events(self) -> list["Component"]:
        return [child for child in self.children if child.name == "VEVENT"]

    @property
    def uids(self) -> list[str]:
        return [event.text("UID") for event in self.events]


def read(source: bytes, *, any_words: bool = False) -> Component:
    """The calendar of a file. ``any_words``: people may have written ``None`` or ``&amp;`` themselves.

    Raises:
        Refused: some client would stumble over it.
    """
    calendar = _tree(list(_lines(source)))
    _check(calendar)
    for component in () if any_words else (calendar, *calendar.children):
        for each in component.properties:
            demand(not _LEFT_OVER.search(each.text), f"{each.name} has HTML, None or mojibake: {each.value!r}")
    zones = {child.text("TZID") for child in calendar.children if child.name == "VTIMEZONE"}
    order = [child.name for child in calendar.children]
    demand(order == sorted(order, reverse=True), "a VEVENT stands before the VTIMEZONE")
    demand(order.count("VTIMEZONE") == 1, "not exactly one VTIMEZONE")
    for event in calendar.events:
        _check_event(event, zones)
    repeated = [uid for uid, count in Counter(calendar.uids).items() if count > 1]
    demand(not repeated, f"the UIDs {repeated} stand more than once")
    return calendar


def _lines(source: bytes) -> Iterator[tuple[str, bytes]]:
    """The unfolded content lines, each with the bytes that it was made of (RFC 5545 3.1)."""
    demand(source, "the file is empty")
    demand(len(source) < 1_000_000, f"{len(source)} octets: Google stops at 1 MB")
    demand(not source.startswith(b"\xef\xbb\xbf"), "a BOM")
    demand(source.endswith(b"\r\n"), "the last line does not end")
    content, raw = "", b""
    for physical in source.removesuffix(b"\r\n").split(b"\r\n"):
        demand(b"\r" not in physical and b"\n" not in physical, f"a bare CR or LF in {physical!r}")
        demand(physical.strip(), "a blank line")
        demand(len(physical) <= 75, f"{len(physical)} octets in {physical!r}")
        line = _decoded(physical)
        demand(not _INVISIBLE.search(line), f"a control character in {line!r}")
        backslashes = len(line) - len(line.rstrip("\\"))
        demand(backslashes % 2 == 0, f"folded inside an escape: {line!r}")
        if line.startswith(" "):
            demand(content, "the first line is a continuation")
            content, raw = content + line[1:], raw + b"\r\n" + physical
        else:
            if content:
                yield content, raw + b"\r\n"
            content, raw = line, physical
    yield content, raw + b"\r\n"


def _decoded(physical: bytes) -> str:
    try:
        return physical.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise Refused(f"no UTF-8, or folded inside a character: {physical!r}") from error


def _tree(lines: list[tuple[str, bytes]]) -> Component:
    root = Component("")
    open_ones = [root]
    for line, raw in lines:
        found = _property(line)
        demand(len(open_ones) > 1 or found.name == "BEGIN", f"{line!r} stands outside of the calendar")
        if found.name == "BEGIN":
            demand(not found.parameters, f"parameters on {line!r}")
            open_ones.append(Component(found.value))
            open_ones[-2].children.append(open_ones[-1])
        elif found.name != "END":
            open_ones[-1].properties.append(found)
        for component in open_ones[1:]:
            component.source += raw
        if found.name == "END":
            demand(found.value == open_ones[-1].name, f"{line!r} ends {open_ones[-1].name}")
            open_ones.pop()
    demand(len(open_ones) == 1, f"{open_ones[-1].name} does not end")
    demand([child.name for child in root.children] == ["VCALENDAR"], "not exactly one VCALENDAR")
    return root.children[0]


def _property(line: str) -> Property:
    """A content line by the grammar of RFC 5545 3.1; parameter values by RFC 6868."""
    name = _NAME.match(line)
    demand(name, f"no property name in capitals: {line!r}")
    assert name is not None
    place, parameters = name.end(), {}
    while found := _PARAMETER.match(line, place):
        values = re.findall(r'"[^"]*"|[^,]+', found[2])
        demand(found[1] not in parameters, f"{found[1]} stands twice: {line!r}")
        parameters[found[1]] = [_parameter_value(value) for value in values]
        place = found.end()
    demand(line[place : place + 1] == ":", f"no value after the parameters: {line!r}")
    return Property(name[0], parameters, line[place + 1 :])


def _parameter_value(value: str) -> str:
    meaning = {"^^": "^", "^n": "\n", "^'": '"'}
    return re.sub(r"\^[\^n']", lambda found: meaning[found[0]], value.strip('"'))


def _check(component: Component) -> None:
    """The properties of a component and of those inside it: which, how many, and of what form."""
    demand(component.name in ONCE, f"a component {component.name}")
    known = ONCE[component.name]
    counts = Counter(each.name for each in component.properties)
    for name, count in counts.items():
        demand(name in known, f"{component.name} has {name}")
        demand(count == 1, f"{component.name} has {name} {count} times")
    for name, is_required in known.items():
        demand(not is_required or name in counts, f"{component.name} has no {name}")
    for each in component.properties:
        extra = set(each.parameters) - PARAMETERS.get(each.name, set())
        demand(not extra, f"{each.name} has the parameters {extra}")
        _check_value(each)
    demand(component.name != "VCALENDAR" or component.properties[0].name == "VERSION", "VERSION is not first")
    for child in component.children:
        demand(child.name in CHILDREN.get(component.name, ()), f"{child.name} inside {component.name}")
        _check(child)


def _check_value(each: Property) -> None:
    name, value = each.name, each.value
    demand(value, f"{name} is empty")
    demand(name not in ONE_OF or value in ONE_OF[name], f"{name} is {value!r}")
    demand(name not in FORMS or re.fullmatch(FORMS[name], value), f"{name} is {value!r}")
    for parameter, values in REQUIRED_PARAMETERS.get(name, {}).items():
        demand(each.parameters.get(parameter) == values, f"{name} without {parameter}={values}")
    for feature in each.parameters.get("FEATURE", []):
        demand(feature in {"AUDIO", "CHAT", "FEED", "MODERATOR", "PHONE", "SCREEN", "VIDEO"}, f"FEATURE is {feature!r}")
    demand("\n" not in "".join(map("".join, each.parameters.values())), f"a line break in a parameter of {name}")
    if name in TEXTS:
        _check_text(name, value, may_list=False)
    if name == "CATEGORIES":
        _check_text(name, value, may_list=True)
        demand(all(text.strip() for text in each.texts), f"a blank category: {value!r}")
        demand(len(set(each.texts)) == len(each.texts), f"a category stands twice: {value!r}")
    if name in URIS:
        _check_uri(name, value)
    if name in STAMPS:
        demand(isinstance(each.moment, datetime) and value.endswith("Z"), f"{name} is not in UTC: {value!r}")
    demand(name != "SEQUENCE" or int(value) <= 2**31, f"SEQUENCE is {value!r}")


def _check_text(name: str, value: str, *, may_list: bool) -> None:
    bare = _ESCAPED.sub("", value)
    demand("\\" not in bare, f"{name} has an unknown escape: {value!r}")
    demand(";" not in bare, f"{name} has a bare semicolon: {value!r}")
    demand(may_list or "," not in bare, f"{name} has a bare comma: {value!r}")
    demand(name == "DESCRIPTION" or "\\n" not in value.replace("\\\\", "").lower(), f"{name} has several lines")


def _check_uri(name: str, value: str) -> None:
    parts = urlsplit(value)
    demand(value.isascii() and not re.search(r'[\s<>"{}|\\^`]', value), f"{name} is no URI: {value!r}")
    demand(parts.scheme in ("http", "https") and parts.netloc, f"{name} is not absolute: {value!r}")


def _check_event(event: Component, zones: set[str]) -> None:
    start, end = event["DTSTART"], event["DTEND"]
    for each in (start, end):
        is_date = each.parameters.get("VALUE") == ["DATE"]
        demand(is_date or "VALUE" not in each.parameters, f"VALUE of {each.name}")
        for zone in each.parameters.get("TZID", []):
            demand(zone in zones, f"the zone {zone!r} is defined nowhere")
            demand(not each.value.endswith("Z") and not is_date, f"{each.name} has a zone beside {each.value!r}")
        has_zone = "TZID" in each.parameters or each.value.endswith("Z")
        demand(is_date or has_zone, f"{each.name} floats: {each.value!r}")
    demand(type(start.moment) is type(end.moment), "DTSTART and DTEND are of different types")
    demand(start.parameters == end.parameters, "DTSTART and DTEND are in different zones")
    demand(end.moment > start.moment, f"{event['SUMMARY'].value} ends before it starts")
    uid = event["UID"].value
    demand(re.fullmatch(r"[!-~]+@[a-z0-9.-]+", uid) and len(uid) <= 202, f"the UID is {uid!r}")
    demand(event["DTSTAMP"].value == event["LAST-MODIFIED"].value, "DTSTAMP is not LAST-MODIFIED")
    demand(event["CREATED"].value <= event["LAST-MODIFIED"].value, "CREATED after LAST-MODIFIED")
    for name in ("SUMMARY", "LOCATION"):
        demand(len(event.text(name)) <= 255, f"{name} is too long for Outlook")
    demand(len(event.text("DESCRIPTION")) <= 8_000, "DESCRIPTION is too long for Google")
    if "GEO" in event and "X-APPLE-STRUCTURED-LOCATION" in event:
        point = event["X-APPLE-STRUCTURED-LOCATION"].value.removeprefix("geo:").replace(",", ";")
        demand(event["GEO"].value == point, "two points")


def instant_of(each: Property, offset: timedelta) -> datetime:
    """The instant of a local time under an offset, for comparing the file's zone with the world's."""
    moment = each.moment
    assert isinstance(moment, datetime)
    return (moment - offset).replace(tzinfo=UTC)
