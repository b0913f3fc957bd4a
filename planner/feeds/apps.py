"""What calendar apps do with an entry: the habits that organisers have to know of.

Only Thunderbird has been run; the rest is from the makers' own pages and from what users report. Docs/feeds.md says
which is which. Looks differ between versions, so the drawings show what is there and not how it is painted.
"""

from dataclasses import dataclass

from planner.core.text import N_


@dataclass(frozen=True)
class App:
    """One app: what it shows of an entry beside title, time, place and text, and what it does with the rest.

    ``place``, ``categories``, ``cancelled`` and ``refresh`` are told to organisers in whole sentences.
    """

    key: str
    name: str
    shows_map: bool
    shows_page: bool
    shows_categories: bool
    shows_status: bool
    strikes_cancelled: bool
    hides_cancelled: bool
    place: str
    categories: str
    cancelled: str
    refresh: str


APPS = (
    App(
        key="google",
        name=N_("Google Kalender"),
        shows_map=False,
        shows_page=False,
        shows_categories=False,
        shows_status=False,
        strikes_cancelled=False,
        hides_cancelled=True,
        place=N_("En adress leder till en karta, en länk går att trycka på. Ingen egen rad för programpunktens sida."),
        categories=N_("Syns inte."),
        cancelled=N_("Försvinner på webben. I mobilen står den kvar som vanligt, med INSTÄLLT i rubriken."),
        refresh=N_("Efter 8–24 timmar. Ingen kan skynda på det."),
    ),
    App(
        key="apple",
        name=N_("Apple Kalender"),
        shows_map=True,
        shows_page=True,
        shows_categories=False,
        shows_status=False,
        strikes_cancelled=True,
        hides_cancelled=False,
        place=N_("Karta, om platsen har koordinater. En länk går att trycka på. Programpunktens sida har en egen rad."),
        categories=N_("Syns inte."),
        cancelled=N_("Står kvar, med överstruken rubrik."),
        refresh=N_("Så ofta som den som prenumererar har valt: från var femte minut till en gång i veckan."),
    ),
    App(
        key="outlook",
        name="Outlook",
        shows_map=False,
        shows_page=False,
        shows_categories=True,
        shows_status=False,
        strikes_cancelled=False,
        hides_cancelled=False,
        place=N_("Adressen står som text, en länk går att trycka på. Ingen egen rad för programpunktens sida."),
        categories=N_("Blir Outlooks kategorier, som kan ha färger."),
        cancelled=N_("Räkna med att den syns som vanligt: det är INSTÄLLT i rubriken som märks."),
        refresh=N_("Ungefär var tredje timme, ibland först efter ett dygn."),
    ),
    App(
        key="thunderbird",
        name="Thunderbird",
        shows_map=False,
        shows_page=True,
        shows_categories=True,
        shows_status=True,
        strikes_cancelled=True,
        hides_cancelled=False,
        place=N_("Adressen står som text, en länk går att trycka på. Programpunktens sida har en egen rad."),
        categories=N_("Står som text, och ger färg åt den som har valt en."),
        cancelled=N_("Står kvar, med överstruken rubrik."),
        refresh=N_("Var trettionde minut."),
    ),
)
