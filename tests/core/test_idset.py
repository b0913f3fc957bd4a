"""Sets of ids do what Python's own sets do, wherever their ids lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.idset import IdSet, intersection, union

IDS = st.sets(st.one_of(st.integers(0, 300), st.integers(4_000, 4_200), st.integers(1_000_000, 1_009_000)), max_size=30)


@given(IDS, IDS)
def test_they_are_what_sets_of_numbers_are(one: set[int], other: set[int]) -> None:
    ours, theirs = IdSet(one), IdSet(other)
    assert (list(ours), len(ours), bool(ours)) == (sorted(one), len(one), bool(one))
    assert ours & theirs == intersection([ours, theirs]) == IdSet(one & other)
    assert ours | theirs == union([ours, theirs]) == IdSet(one | other)
    assert ours - theirs == IdSet(one - other)
    assert IdSet.deserialize(ours.serialize()) == ours


@pytest.mark.parametrize("ids", [range(100_000), range(7, 1_000_000, 11), range(7, 1_000_000, 3_000)])
def test_packed_they_take_two_bytes_for_each_id_or_a_bit_for_each_between(ids: range) -> None:
    parts = ids[-1] // 65_536 + 1
    assert len(IdSet(ids).serialize()) <= 8 * (parts + 1) + min(2 * len(ids), 65_536 // 8 * parts)
