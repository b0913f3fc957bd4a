"""Everything that is kept of a person, for the person (GDPR article 15)."""

from typing import Any

from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.accounts.queries import letters_to, log_entries_by, roles_of
from planner.accounts.signals import personal_data_asked


def personal_data(session: Session, user: User) -> dict[str, Any]:
    """The person's data as plain JSON values, with what the features above add. No secret is in it."""
    data: dict[str, Any] = {
        "account": {
            "name": user.name,
            "email": user.email,
            "has_password": user.password_hash is not None,
            "created_at": user.created_at.isoformat(),
            "last_signed_in_at": user.last_signed_in_at.isoformat() if user.last_signed_in_at else None,
        },
        "coordinates": [
            {"kommun_code": role.kommun_code, "since": role.since.isoformat()} for role in roles_of(session, user)
        ],
        "letters": [
            {"subject": letter.subject, "written_at": letter.created_at.isoformat()}
            for letter in letters_to(session, user.email)
        ],
        "log": [
            {"at": entry.at.isoformat(), "action": entry.action, "subject": entry.subject_name, "reason": entry.reason}
            for entry in log_entries_by(session, user.id)
        ],
    }
    personal_data_asked.send(user, session=session, data=data)
    return data
