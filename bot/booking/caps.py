"""How much one person may take, so that nobody fills an agenda (booking.md 6.6, 34 and 35)."""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.booking.errors import TooManyRdv
from bot.booking.models import Rdv
from bot.database import exclusive

MAX_LIVE = 3
"""Appointments to come, of one conversation or one telephone."""
MAX_LIVE_FOR_MOTIF = 2
"""Those of one telephone for the same motif: a parent and two children, say. A conversation has one."""
MAX_MADE_IN_A_DAY = 8
"""Appointments made in 24 hours by one conversation or one telephone, cancelled ones too."""
DAY_S = 86_400
MAY_BOOK = "may_book"
"""Key of a message's metadata: whether the gateway, which counts by address, lets an appointment be taken."""


def check_conversation(session: Session, conversation_id: str, live: Collection[Rdv], now: int) -> None:
    """Raise TooManyRdv when this conversation, whose live appointments are given, may book no other."""
    if len(live) >= MAX_LIVE or _made(session, Rdv.conversation_id == conversation_id, now) >= MAX_MADE_IN_A_DAY:
        raise TooManyRdv


def check_phone(session: Session, phone: str, rdv: Rdv, now: int) -> None:
    """Raise TooManyRdv when this telephone may not have this appointment as well.

    Those kept elsewhere fill no agenda of ours: they do not count.
    """
    exclusive(session, f"phone {phone}")
    others = select(Rdv.motif_code).where(Rdv.phone == phone, Rdv.id != rdv.id, Rdv.backend == "local")
    live = list(session.scalars(others.where(Rdv.cancelled_at.is_(None), Rdv.ends_at > now)))
    same = live.count(rdv.motif_code)
    made = _made(session, or_(Rdv.phone == phone, Rdv.id == rdv.id), now)
    if len(live) >= MAX_LIVE or same >= MAX_LIVE_FOR_MOTIF or made > MAX_MADE_IN_A_DAY:
        raise TooManyRdv


def _made(session: Session, whose: object, now: int) -> int:
    made = whose, Rdv.created_at > now - DAY_S, Rdv.backend == "local"
    query = select(func.count()).select_from(Rdv).where(*made)
    return int(session.scalar(query) or 0)
