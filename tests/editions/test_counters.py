"""The revision and the event number: one statement each, right whoever else counts at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from planner.editions.actions import raise_revision, take_event_number
from planner.editions.models import Edition
from tests.factories import make_edition

WORKERS, ROUNDS = 4, 10


def test_the_revision_rises_by_one_and_the_time_by_a_second_at_least(session: Session, now: datetime) -> None:
    edition = make_edition(session, changed_at=now - timedelta(days=1))

    seen = []
    for moment in (now, now, now - timedelta(hours=1), now + timedelta(minutes=1)):
        raise_revision(session, edition, now=moment)
        seen.append((edition.revision, edition.changed_at))

    assert seen == [
        (2, now),
        (3, now + timedelta(seconds=1)),
        (4, now + timedelta(seconds=2)),
        (5, now + timedelta(minutes=1)),
    ]
    session.expire_all()
    assert (edition.revision, edition.changed_at) == seen[-1]


def test_the_second_carries_over_midnight_and_new_year(session: Session) -> None:
    edition = make_edition(session, changed_at=datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC))

    raise_revision(session, edition, now=datetime(2027, 1, 1, tzinfo=UTC))

    session.expire_all()
    assert edition.changed_at == datetime(2028, 1, 1, tzinfo=UTC)


def test_event_numbers_follow_each_other(session: Session) -> None:
    edition = make_edition(session, next_number=9_999)

    assert [take_event_number(session, edition) for _ in range(2)] == ["DV27-9999", "DV27-10000"]
    assert edition.next_number == 10_001


def test_many_at_once_get_numbers_and_revisions_of_their_own(own_engine: Engine, loopback: None, now: datetime) -> None:
    with Session(own_engine) as session:
        edition_id = make_edition(session, changed_at=now).id
        session.commit()

    def work(_worker: int) -> list[tuple[str, int]]:
        got = []
        for _round in range(ROUNDS):
            with Session(own_engine) as session:
                edition = session.get_one(Edition, edition_id)
                number = take_event_number(session, edition)
                raise_revision(session, edition, now=now)
                got.append((number, edition.revision))
                session.commit()
        return got

    with ThreadPoolExecutor(WORKERS) as pool:
        got = [pair for pairs in pool.map(work, range(WORKERS)) for pair in pairs]

    total = WORKERS * ROUNDS
    assert sorted(number for number, _revision in got) == [f"DV27-{n:04d}" for n in range(1, total + 1)]
    assert sorted(revision for _number, revision in got) == list(range(2, total + 2))
    with Session(own_engine) as session:
        edition = session.get_one(Edition, edition_id)
        assert edition.changed_at == now + timedelta(seconds=total)
