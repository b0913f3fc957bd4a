"""Pages of a long list."""

import pytest
from flask import Flask

from planner.core.errors import NotFound
from planner.web.paging import Page, page_of, page_url


@pytest.mark.parametrize(
    ("total", "count", "first", "last"), [(0, 1, 0, 0), (1, 1, 1, 1), (20, 1, 1, 20), (21, 2, 1, 20)]
)
def test_a_page_knows_its_rows(total: int, count: int, first: int, last: int) -> None:
    page = Page(number=1, size=20, total=total)
    assert (page.count, page.first, page.last, page.offset) == (count, first, last, 0)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, [1, 2, None, 12]),
        (3, [1, 2, 3, 4, None, 12]),
        (4, [1, 2, 3, 4, 5, None, 12]),
        (6, [1, None, 5, 6, 7, None, 12]),
        (12, [1, None, 11, 12]),
    ],
)
def test_the_ends_and_the_neighbours_are_linked(number: int, shown: list[int | None]) -> None:
    assert Page(number=number, size=20, total=230).shown_numbers() == shown


@pytest.mark.parametrize("asked", ["0", "13", "-1", "två", "1.5", "١", "99999999999"])
def test_a_page_that_does_not_exist_is_not_found(app: Flask, asked: str) -> None:
    with app.test_request_context(f"/?sida={asked}"), pytest.raises(NotFound):
        page_of(230, 20)


def test_the_address_of_another_page_keeps_the_rest_of_the_query(app: Flask) -> None:
    with app.test_request_context("/kalender?kommun=1730&sida=3&kommun=1765"):
        assert page_of(230, 20).number == 3
        assert page_url(4) == "/kalender?kommun=1730&kommun=1765&sida=4"
        assert page_url(1) == "/kalender?kommun=1730&kommun=1765"
