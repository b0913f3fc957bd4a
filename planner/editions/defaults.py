"""What a new edition begins with: themes, criteria and terms, to be changed by the coordinator.

The themes are those of domain.md §5. The criteria follow Almedalsveckan's published ones (societal matter, open to all,
free), turned to what this week is for. The terms are the declaration's values.
"""

from typing import TypedDict


class CriterionFields(TypedDict):
    """One criterion as it is given to ``create_edition``; ``code`` is what decisions point at."""

    code: str
    title: str
    text: str


THEMES = (
    "Val och rösträtt",
    "Mänskliga rättigheter",
    "Barnrätt",
    "Funktionsrätt",
    "Jämställdhet",
    "Kultur",
    "Civilsamhälle och tillit",
    "Extremism och hot mot demokratin",
    "Medier och källkritik",
    "Miljö",
    "Samtalsklimat",
    "Lokal demokrati",
    "Minoriteter",
    "Historia",
)

CRITERIA: tuple[CriterionFields, ...] = (
    {
        "code": "amne",
        "title": "Handlar om demokrati eller mänskliga rättigheter",
        "text": "Programpunkten ger kunskap om demokratin, får fler att delta eller stärker samtalet mellan människor.",
    },
    {
        "code": "oppet",
        "title": "Öppen för alla, eller tydligt för en viss grupp",
        "text": "Alla är välkomna. Är den bara för en viss grupp, till exempel en skolklass, ska det stå.",
    },
    {
        "code": "avgift",
        "title": "Kostar inget, eller lite",
        "text": "Det ska gå att delta utan att betala. En låg avgift kan godtas om det står varför den behövs.",
    },
    {
        "code": "varden",
        "title": "Följer deklarationens värden",
        "text": "Alla människors lika värde, fri- och rättigheter och rättsstaten. Ingen diskriminering, extremism, "
        "främlingsfientlighet, korruption eller rasism.",
    },
    {
        "code": "saklighet",
        "title": "Saklig och tydlig",
        "text": "Texten är korrekt och går att förstå. Det syns vem som arrangerar och vilka som medverkar. "
        "Partier deltar på lika villkor.",
    },
    {
        "code": "tillganglighet",
        "title": "Tillgängligheten är angiven",
        "text": "Det står vad som är tillgängligt, vad som inte är det och vad ni ännu inte vet.",
    },
    {
        "code": "ordning",
        "title": "Inte reklam eller försäljning",
        "text": "Programpunkten får inte ha som huvudsyfte att sälja något eller att värva till en enda organisation.",
    },
)

INTRO = (
    "Under Demokrativeckan uppmärksammar hela Värmland demokrati och mänskliga rättigheter, på teman som rör och berör "
    "länets invånare. Programmet görs gemensamt av kommuner, Länsstyrelsen, Region Värmland, föreningar och "
    "studieförbund."
)

TERMS = (
    "Vi står bakom värdena i Deklaration för en stark demokrati: alla människors lika värde, grundläggande fri- och "
    "rättigheter och rättsstaten. Vi tar avstånd från diskriminering, extremism, främlingsfientlighet, korruption och "
    "rasism. Vi svarar för att våra programpunkter följer lagen och upplagans kriterier."
)
