"""Letters leave, each once, in their order; what cannot leave now is tried again, and in the end given up."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from planner.core.site import Site
from planner.mail.jobs import LEASE, PAUSES, forget_letters, send_letters
from planner.mail.models import Letter
from planner.mail.postman import FolderPostman, SmtpPostman
from tests.mail.post_office import PostOffice, free_port

SENDER = "Demokrativeckan <svara-inte@demokrativeckan.example>"
MakeLetter = Callable[..., Letter]


def test_a_letter_in_the_folder_can_be_read_by_a_person(
    session: Session, make_letter: MakeLetter, now: datetime, tmp_path: Path
) -> None:
    letter = make_letter(session, "Ni är välkomna till Årjäng", id=17)

    assert send_letters(session, FolderPostman(tmp_path), SENDER, now=now) == 1

    assert [file.name for file in tmp_path.iterdir()] == ["2027-08-20-081500-000017-sign_in_link.eml"]
    assert next(tmp_path.iterdir()).read_text(encoding="utf-8") == (
        "From: Demokrativeckan <svara-inte@demokrativeckan.example>\n"
        "To: anna@example.se\n"
        "Subject: Ni är välkomna till Årjäng\n"
        "Date: Fri, 20 Aug 2027 08:15:00 +0000\n"
        "Message-ID: <letter-17-20270820081500@demokrativeckan.example>\n"
        "Auto-Submitted: auto-generated\n"
        "MIME-Version: 1.0\n"
        'Content-Type: text/plain; charset="utf-8"\n'
        "Content-Transfer-Encoding: 8bit\n"
        "\n"
        "Hej på er i Årjäng!\n"
    )
    assert (letter.sent_at, letter.leased_until, letter.attempts) == (now, None, 1)


def test_letters_leave_by_smtp_in_order_over_one_connection(
    session: Session, make_letter: MakeLetter, office: PostOffice, now: datetime
) -> None:
    for subject in ("Först", "Därnäst", "Sist: å, ä och ö"):
        make_letter(session, subject)

    assert send_letters(session, SmtpPostman(office.url), SENDER, now=now) == 3

    assert office.subjects == ["Först", "Därnäst", "Sist: å, ä och ö"]
    assert [str(letter.get_content()).replace("\r\n", "\n") for letter in office.came] == ["Hej på er i Årjäng!\n"] * 3
    assert (office.came[0]["From"], office.came[0]["To"]) == (SENDER, "anna@example.se")
    assert office.connections == 1


def test_a_letter_that_is_not_due_stays(
    session: Session, make_letter: MakeLetter, now: datetime, tmp_path: Path
) -> None:
    make_letter(session, due_at=now + timedelta(seconds=1))
    assert send_letters(session, FolderPostman(tmp_path), SENDER, now=now) == 0
    assert send_letters(session, FolderPostman(tmp_path), SENDER, now=now + timedelta(seconds=1)) == 1


def test_more_letters_than_fit_in_one_round_all_leave(
    session: Session, make_letter: MakeLetter, now: datetime, tmp_path: Path
) -> None:
    for number in range(45):
        make_letter(session, f"Brev {number}")
    assert send_letters(session, FolderPostman(tmp_path), SENDER, now=now) == 45
    assert len(list(tmp_path.iterdir())) == 45


def test_what_is_refused_for_good_is_given_up_and_the_others_leave(
    session: Session, make_letter: MakeLetter, office: PostOffice, now: datetime
) -> None:
    office.answer_recipient = lambda address: "550 No such user" if address.startswith("borta") else "250 OK"
    office.answer = lambda message: "554 Spam" if message["Subject"] == "Skräp" else "250 OK"
    gone = make_letter(session, "Till ingen", to_address="borta@example.se")
    spam = make_letter(session, "Skräp")
    make_letter(session, "Till Anna")

    assert send_letters(session, SmtpPostman(office.url), SENDER, now=now) == 1

    assert office.subjects == ["Till Anna"]
    assert [letter.given_up_at for letter in (gone, spam)] == [now, now]
    assert ("No such user" in gone.last_error, "Spam" in spam.last_error) == (True, True)


def test_what_is_refused_for_now_is_tried_again_with_longer_and_longer_pauses_and_then_given_up(
    session: Session, make_letter: MakeLetter, office: PostOffice, now: datetime
) -> None:
    office.answer = lambda _message: "451 Come back later"
    letter = make_letter(session)

    waited = []
    while letter.given_up_at is None:
        assert send_letters(session, SmtpPostman(office.url), SENDER, now=letter.due_at) == 0
        waited.append(letter.due_at)

    pauses = [later - earlier for earlier, later in zip([now, *waited], waited, strict=False)]
    assert pauses == [*PAUSES, timedelta(0)]
    assert (letter.attempts, letter.sent_at) == (len(PAUSES) + 1, None)
    assert letter.given_up_at - now < timedelta(days=2)


def test_a_letter_that_is_refused_for_now_does_not_hold_up_the_others(
    session: Session, make_letter: MakeLetter, office: PostOffice, now: datetime
) -> None:
    office.answer = lambda message: "451 Later" if message["Subject"] == "Först" else "250 OK"
    make_letter(session, "Först")
    make_letter(session, "Sedan")
    assert send_letters(session, SmtpPostman(office.url), SENDER, now=now) == 1
    assert office.subjects == ["Sedan"]


def test_a_closed_post_office_loses_nothing(
    session: Session, make_letter: MakeLetter, loopback: None, now: datetime, office: PostOffice
) -> None:
    letters = [make_letter(session, subject) for subject in ("Ett", "Två")]

    assert send_letters(session, SmtpPostman(f"smtp://127.0.0.1:{free_port()}"), SENDER, now=now) == 0
    assert [(letter.attempts, letter.due_at, letter.leased_until) for letter in letters] == [
        (1, now + PAUSES[0], None)
    ] * 2

    assert send_letters(session, SmtpPostman(office.url), SENDER, now=now + PAUSES[0]) == 2
    assert office.subjects == ["Ett", "Två"]


def test_a_claimed_letter_is_left_alone_until_its_lease_is_over(
    session: Session, make_letter: MakeLetter, now: datetime, tmp_path: Path
) -> None:
    make_letter(session, leased_until=now + LEASE, attempts=1)
    assert send_letters(session, FolderPostman(tmp_path), SENDER, now=now + LEASE - timedelta(seconds=1)) == 0
    assert send_letters(session, FolderPostman(tmp_path), SENDER, now=now + LEASE) == 1


def test_workers_that_sweep_at_the_same_time_send_each_letter_once(
    own_engine: Engine, make_letter: MakeLetter, office: PostOffice, now: datetime, site: Site
) -> None:
    with Session(own_engine) as session:
        for number in range(60):
            make_letter(session, f"Brev {number}")
        session.commit()

    def sweep(_worker: int) -> int:
        with Session(own_engine, info={"site": site}) as session:
            return send_letters(session, SmtpPostman(office.url), SENDER, now=now)

    with ThreadPoolExecutor(3) as workers:
        sent = list(workers.map(sweep, range(3)))

    assert sum(sent) == 60
    assert sorted(office.subjects) == sorted(f"Brev {number}" for number in range(60))


def test_letters_are_forgotten_thirty_days_after_they_left_or_were_given_up(
    session: Session, make_letter: MakeLetter, now: datetime
) -> None:
    old = now - timedelta(days=30, seconds=1)
    make_letter(session, "Skickat", sent_at=old)
    make_letter(session, "Uppgivet", given_up_at=old)
    make_letter(session, "Nyss skickat", sent_at=now - timedelta(days=29))
    make_letter(session, "Väntar", created_at=old, due_at=old)

    assert forget_letters(session, now) == 2

    assert session.scalars(sa.select(Letter.subject).order_by(Letter.id)).all() == ["Nyss skickat", "Väntar"]


def test_a_file_that_was_already_written_is_written_again_in_the_same_place(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("Hej", cte="quoted-printable")
    for _attempt in range(2):
        with FolderPostman(tmp_path).round() as send:
            send(message, "brev")
    assert [file.name for file in tmp_path.iterdir()] == ["brev.eml"]
