"""What the pages themselves remember for a day: forms that came too late, and what a form led to."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Base, primary_key


class KeptForm(Base):
    """What somebody typed and posted after their session had ended: kept until they have signed in again.

    Found only by its token, of which a hash is stored. ``fields`` holds (name, value) pairs in the order of the form.
    """

    __tablename__ = "kept_form"

    id: Mapped[primary_key]
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    path: Mapped[str] = mapped_column(sa.String(500))
    fields: Mapped[list[list[str]]] = mapped_column(sa.JSON)
    had_files: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class FormReceipt(Base):
    """That a rendering of a form has been used, and the page that it led to: a second click leads there too."""

    __tablename__ = "form_receipt"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    location: Mapped[str] = mapped_column(sa.String(500), default="")
    expires_at: Mapped[datetime] = mapped_column(index=True)
