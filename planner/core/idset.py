"""Sets of ids, united, intersected and counted a hundred thousand at a time: Roaring bitmaps.

A set takes no more than two bytes for each id and no more than a bit for each that lies between them, so that a few
among many are as little work as a few among few.
"""

from collections.abc import Iterable

from pyroaring import FrozenBitMap as IdSet

__all__ = ["IdSet", "intersection", "union", "unpacked"]


def union(sets: Iterable[IdSet]) -> IdSet:
    """What is in any of them."""
    return IdSet.union(IdSet(), *sets)


def intersection(sets: Iterable[IdSet]) -> IdSet:
    """What is in every one of them, of which there is at least one."""
    return IdSet.intersection(*sets)


def unpacked(packed: bytes) -> IdSet:
    """What a database holds of one."""
    return IdSet.deserialize(packed)
