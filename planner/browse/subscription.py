"""A feed as calendar apps want to be told of it (ical.md 63 and 69)."""

from collections.abc import Sequence

from planner.core.text import first_that_fit

LONGEST_ADDRESS = 256
"""Google Calendar fails on a longer one, without a word."""

ROOM = 20
"""Characters that are left for the ending of any feed and for what it may ask of its shape alone: a query is too long
for all of them or for none."""

LONGEST_SUBJECT = 100
PROGRAMME = "Demokrativeckan"


def fits(page_address: str, query: str) -> bool:
    """Whether the feeds of a page, narrowed to a query, have addresses that every app takes, also as webcal."""
    longest = f"webcal:{page_address.partition(':')[2]}{'.' * ROOM}?{query}"
    return len(longest) <= LONGEST_ADDRESS


def name_of(words: Sequence[str], more: str, programme: str = "") -> str:
    """What the calendar is called: "Demokrativeckan – Arvika, Digitalt".

    ``more`` says how many words are left out when they are too many: "och %(count)s till".
    """
    shown, left_out = first_that_fit(words, LONGEST_SUBJECT)
    subject = ", ".join(shown) + (f" {more % {'count': left_out}}" if left_out else "")
    return f"{programme or PROGRAMME} – {subject}" if subject else programme or PROGRAMME
