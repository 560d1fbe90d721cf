"""Who was sent to RDV Service Public, and has no appointment that we know of yet (booking.md 3.6, `handed_over`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.models import Rdv
from bot.booking.moments import epoch_of, paris_moment
from bot.booking.transactions import in_reading, in_transaction
from bot.clock import Clock
from bot.database import exclusive
from bot.rdv_service_public.tables import NAME, HandedOverRow

EXPIRES_AFTER_S = 14 * 86_400
"""Two weeks: whoever has not chosen a time by then is looked after as if they had not been sent."""
_UNSEEN = {"synchronize_session": False}


@dataclass(frozen=True)
class HandedOver:
    """Somebody sent there: for what, where, when."""

    conversation_id: str | None
    motif: str
    lieu: str
    handed_at: datetime


class HandOvers:
    """Keeps who was sent there, until they have an appointment, or for two weeks."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def keep(self, conversation_id: str | None, motif: str, lieu: str, plan_id: int | None = None) -> None:
        """Remember that a conversation, or whom an agent helps by this plan, was sent there; sent again, anew."""

        def write(session: Session) -> None:
            exclusive(session, f"handed over {conversation_id or plan_id}")
            row = _row_of(session, conversation_id, motif, lieu) or HandedOverRow(
                conversation_id=conversation_id, motif_code=motif, lieu_id=lieu
            )
            row.handed_at = epoch_of(self._clock())
            row.expires_at = row.handed_at + EXPIRES_AFTER_S
            row.plan_id = plan_id or row.plan_id
            session.add(row)

        in_transaction(self._engine, write)

    def of_conversation(self, conversation_id: str) -> frozenset[tuple[str, str]]:
        """The motifs and lieux for which a conversation was sent there, of late."""
        query = select(HandedOverRow.motif_code, HandedOverRow.lieu_id).where(
            HandedOverRow.conversation_id == conversation_id, HandedOverRow.expires_at > epoch_of(self._clock())
        )
        return in_reading(self._engine, lambda session: frozenset(tuple(row) for row in session.execute(query)))

    def waiting(self) -> list[HandedOver]:
        """Everybody who was sent there and of whom nothing came yet, the oldest first."""
        now = epoch_of(self._clock())
        query = select(HandedOverRow).where(HandedOverRow.external_id.is_(None), HandedOverRow.expires_at > now)
        ordered = query.order_by(HandedOverRow.handed_at, HandedOverRow.id)
        return in_reading(self._engine, lambda session: [_view(row) for row in session.scalars(ordered)])

    def count(self) -> int:
        """How many they are."""
        now = epoch_of(self._clock())
        query = select(func.count()).where(HandedOverRow.external_id.is_(None), HandedOverRow.expires_at > now)
        return in_reading(self._engine, lambda session: int(session.scalar(query) or 0))

    def match(self, plan_id: int, external_id: str) -> None:
        """An appointment came of this plan: it belongs to the conversation that asked for it, now or once it is told.

        Under the lock of the webhooks of that appointment: whichever comes first, the other sees it.
        """

        def write(session: Session) -> None:
            exclusive(session, f"{NAME} Rdv {external_id}")
            rows = update(HandedOverRow).where(HandedOverRow.plan_id == plan_id, HandedOverRow.external_id.is_(None))
            session.execute(rows.values(external_id=external_id), execution_options=_UNSEEN)
            copies = select(Rdv).where(Rdv.backend == NAME, Rdv.external_id == external_id)
            copy = session.scalars(copies.with_for_update()).one_or_none()
            if copy is not None and copy.conversation_id is None:
                copy.conversation_id = conversation_sent_for(session, external_id)

        in_transaction(self._engine, write)

    def expire(self) -> int:
        """Forget those who were sent there too long ago; returns how many."""
        old = delete(HandedOverRow).where(HandedOverRow.expires_at <= epoch_of(self._clock()))
        return in_transaction(
            self._engine, lambda session: int(session.execute(old, execution_options=_UNSEEN).rowcount)
        )

    def forget(self, conversation_id: str) -> None:
        """Erase what is kept of a conversation."""
        in_transaction(self._engine, lambda session: forget_handed_over(session, [conversation_id]))


def forget_handed_over(session: Session, conversation_ids: Sequence[str]) -> None:
    """Erase where these conversations were sent."""
    rows = delete(HandedOverRow).where(HandedOverRow.conversation_id.in_(conversation_ids))
    session.execute(rows, execution_options=_UNSEEN)


def forget_all_but(session: Session, known: object) -> None:
    """Erase where conversations were sent that are no more; `known` selects the ids of those that are."""
    rows = delete(HandedOverRow).where(HandedOverRow.conversation_id.not_in(known))
    session.execute(rows, execution_options=_UNSEEN)


def conversation_sent_for(session: Session, external_id: str) -> str | None:
    """The conversation of whose plan this appointment came; None without an id that says so."""
    query = select(HandedOverRow.conversation_id).where(HandedOverRow.external_id == external_id)
    found: str | None = session.scalar(query)
    return found


def _row_of(session: Session, conversation_id: str | None, motif: str, lieu: str) -> HandedOverRow | None:
    if conversation_id is None:
        return None
    found: HandedOverRow | None = session.scalars(
        select(HandedOverRow).filter_by(conversation_id=conversation_id, motif_code=motif, lieu_id=lieu)
    ).one_or_none()
    return found


def _view(row: HandedOverRow) -> HandedOver:
    return HandedOver(row.conversation_id, row.motif_code, row.lieu_id, paris_moment(row.handed_at))
