"""Sets of ids do what Python's own sets do, wherever their ids lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.idset import IdSet, intersection, union

IDS = st.sets(st.one_of(st.integers(0, 300), st.integers(4_000, 4_200), st.integers(1_000_000, 1_009_000)), max_size=30)


@given(IDS, IDS)
def test_they_are_what_sets_of_numbers_are(one: set[int], other: set[int]) -> None:
    ours, theirs = IdSet.of(one), IdSet.of(other)
    assert (list(ours), len(ours), bool(ours)) == (sorted(one), len(one), bool(one))
    assert ours & theirs == intersection([ours, theirs]) == IdSet.of(one & other)
    assert ours | theirs == union([ours, theirs]) == IdSet.of(one | other)
    assert ours - theirs == IdSet.of(one - other)
    assert IdSet.unpack(ours.pack()) == ours


@pytest.mark.parametrize("ids", [range(100_000), range(7, 1_000_000, 11)])
def test_packed_they_take_no_more_than_a_bit_for_each_id_between_the_first_and_the_last(ids: range) -> None:
    assert len(IdSet.of(ids).pack()) <= 8 + (ids[-1] - ids[0]) // 8 + 2
