"""Sets of ids as the bits of one number: united, intersected and counted a hundred thousand at a time.

Python's own numbers do it in a few millionths of a second, so nothing has to be installed for it. A set is as long as
the ids in it lie apart, which for what one edition holds is about as many bits as it holds occurrences.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

A_PLACE = 4_096
"""Where a set begins: at a multiple of this, so that sets which are used together mostly begin at the same id."""
A_PART = 64
"""Bytes that are looked through at once for the ids in them."""
ONE = ord("1")
OF_THE_PLACE = 8
"""Bytes in front of the bits when a set is packed, which say where it begins."""


@dataclass(frozen=True, slots=True, eq=False)
class IdSet:
    """Some ids: the n-th lowest bit says whether ``first`` + n is one of them."""

    first: int = 0
    bits: int = 0

    @classmethod
    def of(cls, ids: Iterable[int]) -> Self:
        """The set of these."""
        listed = list(ids)
        if not listed:
            return cls()
        first = min(listed) // A_PLACE * A_PLACE
        digits = bytearray(b"0") * (max(listed) - first + 1)
        for each in listed:
            digits[each - first] = ONE
        digits.reverse()
        return cls(first, int(digits, 2))

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Read what ``pack`` has written."""
        return cls(int.from_bytes(packed[:OF_THE_PLACE], "little"), int.from_bytes(packed[OF_THE_PLACE:], "little"))

    def pack(self) -> bytes:
        """The set as bytes."""
        first = self.first.to_bytes(OF_THE_PLACE, "little")
        return first + self.bits.to_bytes((self.bits.bit_length() + 7) // 8, "little")

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return self.bits != 0

    def __iter__(self) -> Iterator[int]:
        """In order; whoever takes the first few makes no more than these."""
        packed = self.bits.to_bytes((self.bits.bit_length() + 7) // 8, "little")
        for start in range(0, len(packed), A_PART):
            flags = bin(int.from_bytes(packed[start : start + A_PART], "little"))[:1:-1]
            first, place = self.first + 8 * start, flags.find("1")
            while place >= 0:
                yield first + place
                place = flags.find("1", place + 1)

    def __and__(self, other: "IdSet") -> "IdSet":
        low, high = (self, other) if self.first <= other.first else (other, self)
        return IdSet(high.first, (low.bits >> (high.first - low.first)) & high.bits)

    def __or__(self, other: "IdSet") -> "IdSet":
        if not (self and other):
            return self or other
        low, high = (self, other) if self.first <= other.first else (other, self)
        return IdSet(low.first, low.bits | high.bits << (high.first - low.first))

    def __sub__(self, other: "IdSet") -> "IdSet":
        shared = self & other
        return IdSet(self.first, self.bits ^ shared.bits << (shared.first - self.first))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IdSet) and len(self) == len(other) == len(self & other)

    __hash__ = None  # type: ignore[assignment]  # nobody keys anything by a set


def union(sets: Iterable[IdSet]) -> IdSet:
    """What is in any of them."""
    found = IdSet()
    for each in sets:
        found |= each
    return found


def intersection(sets: Iterable[IdSet]) -> IdSet:
    """What is in every one of them, of which there is at least one."""
    first, *others = sets
    for each in others:
        first &= each
    return first
