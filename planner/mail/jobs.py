"""The letters leave. Each is claimed with a lease: a worker that dies loses nothing, and no two send the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from planner.core.site import site_of
from planner.mail.models import Letter
from planner.mail.postman import Postman, Send, Undeliverable

AT_A_TIME = 20
LEASE = timedelta(minutes=15)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]
"""How long to wait after each failure. After the last one the letter is given up."""
KEPT = timedelta(days=30)

log = structlog.get_logger(__name__)


def send_letters(session: Session, postman: Postman, sender: str, *, now: datetime) -> int:
    """Send every letter that is due; commits after each. Returns how many left.

    Between the server's receipt and our commit lies a moment in which a dying worker makes us send a letter again. It
    then has the same Message-ID, by which the receiving side knows it for the same.
    """
    sent = 0
    while letters := _claim(session, now):
        session.commit()
        try:
            with postman.round() as send:
                for letter in letters:
                    sent += _hand_over(letter, send, sender, site_of(session).uid_domain, now)
                    session.commit()
        except OSError as error:
            for letter in letters:
                if letter.leased_until is not None:
                    _try_later(letter, error, now)
            session.commit()
    return sent


def forget_letters(session: Session, now: datetime) -> int:
    """Delete letters that left, or were given up, thirty days ago: they hold addresses and names."""
    settled = sa.func.coalesce(Letter.sent_at, Letter.given_up_at)
    result = session.execute(
        sa.delete(Letter).where(settled < now - KEPT), execution_options={"synchronize_session": False}
    )
    session.commit()
    return int(result.rowcount)  # type: ignore[attr-defined]


def _claim(session: Session, now: datetime) -> Sequence[Letter]:
    """Take the next letters that are due and that nobody else is sending."""
    due = (
        sa.select(Letter.id)
        .where(
            Letter.sent_at.is_(None),
            Letter.given_up_at.is_(None),
            Letter.due_at <= now,
            sa.or_(Letter.leased_until.is_(None), Letter.leased_until <= now),
        )
        .order_by(Letter.due_at, Letter.id)
        .limit(AT_A_TIME)
        .with_for_update(skip_locked=True)
    )
    claim = (
        sa.update(Letter)
        .where(Letter.id.in_(due))
        .values(leased_until=now + LEASE, attempts=Letter.attempts + 1)
        .returning(Letter)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return sorted(session.scalars(claim), key=lambda letter: (letter.due_at, letter.id))


def _hand_over(letter: Letter, send: Send, sender: str, domain: str, now: datetime) -> bool:
    try:
        send(_message(letter, sender, domain), _name(letter))
    except Undeliverable as error:
        _give_up(letter, error, now)
    except OSError as error:
        _try_later(letter, error, now)
    else:
        letter.sent_at, letter.leased_until = now, None
    return letter.sent_at is not None


def _try_later(letter: Letter, error: OSError, now: datetime) -> None:
    if letter.attempts > len(PAUSES):
        _give_up(letter, error, now)
        return
    letter.leased_until = None
    letter.due_at = now + PAUSES[letter.attempts - 1]
    letter.last_error = str(error)[:500]
    log.warning("letter_delayed", letter=letter.id, attempts=letter.attempts, error=type(error).__name__)


def _give_up(letter: Letter, error: Exception, now: datetime) -> None:
    letter.given_up_at, letter.leased_until = now, None
    letter.last_error = str(error)[:500]
    log.error("letter_given_up", letter=letter.id, attempts=letter.attempts, error=type(error).__name__)


def _name(letter: Letter) -> str:
    return f"{letter.created_at:%Y-%m-%d-%H%M%S}-{letter.id:06}-{letter.name}"


def _message(letter: Letter, sender: str, domain: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to_address
    message["Subject"] = letter.subject
    message["Date"] = letter.created_at
    message["Message-ID"] = f"<letter-{letter.id}-{letter.created_at:%Y%m%d%H%M%S}@{domain}>"
    # RFC 3834: no holiday greeting answers a machine.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="quoted-printable")
    return message
