"""How the pages of the lists offer a shape to people."""

from collections.abc import Mapping
from dataclasses import dataclass

Options = Mapping[str, str]
"""What an address chooses of a shape's own options."""


@dataclass(frozen=True)
class Offer:
    """One way to fetch a shape: what the link says, in Swedish, and the shape's own options, if any: "blad=dag"."""

    label: str
    options: str = ""
