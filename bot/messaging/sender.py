"""Who may send: the one place whose mark the database bears.

A backup restored elsewhere would send again what was sent since it was made. So the database bears the mark of the
place that sends, that place can tell its own mark, and where the two differ nothing leaves until somebody says so.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, String
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Mapped, Session

from bot.booking.moments import Present
from bot.database import Base, exclusive
from bot.settings import VAR, Settings, SettingsError, kept

MACHINE_ID = Path("/etc/machine-id")
"""Made once for each system (machine-id(5)); containers seldom have one."""
THE_ONE = 1


class Sender(Base):
    """The place that sends the messages of this database: one row, or none before the first start."""

    __tablename__ = "sender"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False)
    mark: Mapped[str] = Column(String(64), nullable=False)
    taken_at: Mapped[int] = Column(BigInteger, nullable=False)
    """Real time."""


def mark_of_this_place(settings: Settings, keep: Callable[[str], str] = kept) -> str:
    """What tells this place from any other: its name, its machine and folder, and where its database is.

    Its name is SENDER_ID, or one made on the first run and kept in var/; the folder and the machine count too, because
    var/ may be copied with the database it holds. Raises SettingsError where neither can be had.
    """
    url = make_url(settings.database_url)  # whose user and password may change
    where = [url.host or "", str(url.port or ""), url.database or "", repr(sorted(url.query.items()))]
    own = [settings.sender_id] if settings.sender_id else [_kept_name(keep), _machine(), str(VAR)]
    return sha256("\n".join([*own, *where]).encode()).hexdigest()


def mark_of(session: Session) -> str | None:
    """The mark the database bears, None when no place ever sent for it."""
    sender: Sender | None = session.get(Sender, THE_ONE)
    return None if sender is None else sender.mark


def take_if_free(session: Session, mark: str, present: Present) -> None:
    """Put this mark on a database that bears none."""
    exclusive(session, "sender of messages")
    if mark_of(session) is None:
        session.add(Sender(id=THE_ONE, mark=mark, taken_at=present.real))


def take(session: Session, mark: str, present: Present) -> None:
    """Put this mark in the place of any other."""
    exclusive(session, "sender of messages")
    session.merge(Sender(id=THE_ONE, mark=mark, taken_at=present.real))


def _kept_name(keep: Callable[[str], str]) -> str:
    try:
        return keep("sender_id")
    except OSError as error:
        raise SettingsError("SENDER_ID manque : sans disque où écrire, donnez un nom au lieu d'envoi.") from error


def _machine() -> str:
    return MACHINE_ID.read_text(encoding="utf-8").strip() if MACHINE_ID.exists() else ""
