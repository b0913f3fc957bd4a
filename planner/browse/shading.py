"""How dark a kommun is on the map: nothing, and four steps of equal size up to the most that any has."""

from dataclasses import dataclass

STEPS = 4


@dataclass(frozen=True)
class Step:
    """One shade, 0 for nothing, and the numbers that have it."""

    number: int
    lowest: int
    highest: int

    @property
    def label(self) -> str:
        """``4–6``, or the one number."""
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest}–{self.highest}"


def steps_up_to(most: int) -> list[Step]:
    """The shades that are needed when no kommun has more than this."""
    size = max(1, -(-most // STEPS))
    shades = (Step(n, 1 + (n - 1) * size, min(n * size, most)) for n in range(1, STEPS + 1))
    return [Step(0, 0, 0), *(shade for shade in shades if shade.lowest <= most)]


def step_of(count: int, steps: list[Step]) -> int:
    """The number of the shade that a count has."""
    return next(step.number for step in steps if step.lowest <= count <= step.highest)
