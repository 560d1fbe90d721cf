"""The agenda of the pôle: list, book, cancel, find."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.backend import Capabilities
from bot.booking.codes import parse_code
from bot.booking.errors import MotifNotOffered, TooLateToCancel, TooLateToMove, UnknownMotif, UnknownRdv
from bot.booking.models import Rdv
from bot.booking.moments import epoch_of
from bot.booking.motifs import Motifs
from bot.booking.placing import Request, place, record, release, replace
from bot.booking.slots import Slot, bookable_slots
from bot.booking.transactions import in_reading, in_transaction
from bot.booking.views import RdvView, SlotTaken, view_of
from bot.clock import Clock

LISTING_STEP = timedelta(days=14)
"""Free slots are looked for two weeks at a time: the first weeks nearly always hold enough."""


class Agenda:
    """Appointments kept in the project's own database. Every method is one transaction."""

    name = "local"
    capabilities = Capabilities(lists_slots=True, books=True, cancels=True, sends_reminders=False)

    def __init__(self, engine: Engine, clock: Clock, motifs: Motifs) -> None:
        self._engine = engine
        self._clock = clock
        self._motifs = motifs

    def next_slots(self, motif: str, lieu: str, after: datetime | None = None, limit: int = 5) -> list[Slot]:
        """The first free slots that start after `after` (now unless given), one for each time.

        Raises UnknownMotif or MotifNotOffered.
        """
        self._check_offered(motif, lieu)
        now = self._clock()
        since = max(now, after) if after is not None else now
        return in_reading(self._engine, lambda session: self._first_slots(session, motif, lieu, since, limit, now))

    def coming(self, limit: int) -> list[RdvView]:
        """The appointments still to come, at every site, the next one first."""
        query = select(Rdv).where(Rdv.ends_at > epoch_of(self._clock())).order_by(Rdv.starts_at).limit(limit)
        return in_reading(self._engine, lambda session: [view_of(rdv) for rdv in session.scalars(query)])

    def book(
        self,
        motif: str,
        lieu: str,
        starts_at: datetime,
        conversation_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> RdvView | SlotTaken:
        """Book a listed slot, at once and for good; SlotTaken when somebody else was quicker.

        The same request again (same idempotency key, or same slot for the same conversation) gives the
        appointment it made the first time. Raises UnknownMotif, MotifNotOffered, SlotInThePast,
        SlotOutOfHorizon, SlotNeverOffered, AlreadyBooked, TooManyRdv, IdempotencyKeyReused or AgendaBusy.
        """
        self._check_offered(motif, lieu)
        request = Request(motif, lieu, epoch_of(starts_at), conversation_id, idempotency_key)
        rdv = in_transaction(self._engine, lambda session: self._place(session, request))
        return rdv or SlotTaken(motif, lieu, starts_at, tuple(self.next_slots(motif, lieu)))

    def cancel(self, code: str) -> RdvView:
        """Cancel for the resident and free the time; a cancelled appointment stays as it is.

        Raises UnknownRdv, or TooLateToCancel once it has begun.
        """
        return in_transaction(self._engine, lambda session: self._cancel(session, code))

    def move(self, code: str, lieu: str, starts_at: datetime) -> RdvView | SlotTaken:
        """Move a standing appointment to a listed slot of its motif, at once; its code stays the same.

        SlotTaken when somebody else was quicker: nothing has changed. Raises UnknownRdv, TooLateToMove once it has
        begun or is cancelled, MotifNotOffered, SlotInThePast, SlotOutOfHorizon, SlotNeverOffered or AgendaBusy.
        """
        standing = self.find(code)
        if standing is None:
            raise UnknownRdv(code)
        self._check_offered(standing.motif, lieu)
        try:
            return in_transaction(self._engine, lambda session: self._move(session, code, lieu, starts_at))
        except _Taken:
            return SlotTaken(standing.motif, lieu, starts_at, tuple(self.next_slots(standing.motif, lieu)))

    def find(self, code: str) -> RdvView | None:
        """The appointment of this code, however it is typed."""
        return in_reading(self._engine, lambda session: _view_or_none(_rdv(session, code)))

    def of_conversation(self, conversation_id: str) -> list[RdvView]:
        """The appointments booked in a conversation, cancelled ones too, in the order of booking."""
        query = select(Rdv).where(Rdv.conversation_id == conversation_id).order_by(Rdv.id)
        return in_reading(self._engine, lambda session: [view_of(rdv) for rdv in session.scalars(query)])

    def attach_contact(self, code: str, first_name: str | None, phone: str | None) -> RdvView:
        """Keep with the appointment what its reminder needs; None or blank erases it. Raises UnknownRdv."""
        return in_transaction(self._engine, lambda session: self._attach(session, code, first_name, phone))

    def forget_conversation(self, conversation_id: str) -> None:
        """Cut every appointment from the conversation it was made in; the appointments stand."""
        in_transaction(self._engine, lambda session: self._forget(session, conversation_id))

    def _check_offered(self, motif: str, lieu: str) -> None:
        if motif not in self._motifs:
            raise UnknownMotif(motif)
        if lieu not in self._motifs[motif].sites:
            raise MotifNotOffered(motif, lieu)

    def _first_slots(
        self, session: Session, motif: str, lieu: str, since: datetime, limit: int, now: datetime
    ) -> list[Slot]:
        by_time: dict[int, Slot] = {}
        for begins, ends in _steps(since, now + timedelta(days=self._motifs[motif].max_delay_days)):
            for slot in bookable_slots(session, motif, lieu, begins, ends, now):
                by_time.setdefault(slot.start, slot)
            if len(by_time) >= limit:
                break
        return list(by_time.values())[:limit]

    def _place(self, session: Session, request: Request) -> RdvView | None:
        return _view_or_none(place(session, request, self._clock()))

    def _cancel(self, session: Session, code: str) -> RdvView:
        rdv, now = _rdv_to_change(session, code), self._clock()
        if rdv.cancelled_at is not None:
            return view_of(rdv)
        if rdv.starts_at <= epoch_of(now):
            raise TooLateToCancel(rdv.code)
        rdv.status, rdv.cancelled_at, rdv.sequence = "excused", epoch_of(now), rdv.sequence + 1
        release(session, rdv)
        record(session, rdv, "cancelled", now)
        return view_of(rdv)

    def _move(self, session: Session, code: str, lieu: str, starts_at: datetime) -> RdvView:
        rdv, now = _rdv_to_change(session, code), self._clock()
        if rdv.cancelled_at is not None or rdv.starts_at <= epoch_of(now):
            raise TooLateToMove(rdv.code)
        if not replace(session, rdv, lieu, epoch_of(starts_at), now):
            raise _Taken
        session.flush()
        return view_of(rdv)

    def _attach(self, session: Session, code: str, first_name: str | None, phone: str | None) -> RdvView:
        rdv = _rdv_to_change(session, code)
        rdv.first_name = _kept_text(first_name, Rdv.__table__.c.first_name.type.length)
        rdv.phone = _kept_text(phone, Rdv.__table__.c.phone.type.length)
        record(session, rdv, "contact_attached", self._clock())
        return view_of(rdv)

    def _forget(self, session: Session, conversation_id: str) -> None:
        query = select(Rdv).where(Rdv.conversation_id == conversation_id).with_for_update()
        for rdv in session.scalars(query).all():
            rdv.conversation_id = None
            record(session, rdv, "conversation_forgotten", self._clock())


class _Taken(Exception):
    """Undoes the transaction that found the slot taken."""


def _steps(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Windows that follow each other from just after `since` to `until` included."""
    begins = since + timedelta(seconds=1)
    while begins <= until:
        yield begins, begins + LISTING_STEP
        begins += LISTING_STEP


def _rdv(session: Session, code: str, lock: bool = False) -> Rdv | None:
    query = select(Rdv).where(Rdv.code == parse_code(code))
    rdv: Rdv | None = session.scalars(query.with_for_update() if lock else query).one_or_none()
    return rdv


def _rdv_to_change(session: Session, code: str) -> Rdv:
    rdv = _rdv(session, code, lock=True)
    if rdv is None:
        raise UnknownRdv(code)
    return rdv


def _view_or_none(rdv: Rdv | None) -> RdvView | None:
    return None if rdv is None else view_of(rdv)


def _kept_text(text: str | None, length: int) -> str | None:
    """The text on one line, without control characters (PostgreSQL refuses NUL), cut to its column."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text or "").strip()[:length] or None
