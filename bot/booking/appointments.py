"""The agenda of the pôle: list, hold, book, move, cancel, find, wait."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking import waiting
from bot.booking.backend import BookingBackend, Capabilities
from bot.booking.cancelling import call_off
from bot.booking.caps import check_phone
from bot.booking.claims import release_hold
from bot.booking.codes import parse_code
from bot.booking.errors import (
    BookingError,
    MotifNotOffered,
    NothingOffered,
    TooEarlyToMark,
    TooLateToCancel,
    TooLateToMove,
    UnknownMotif,
    UnknownRdv,
)
from bot.booking.history import Actor, record
from bot.booking.holds import Hold, hold_slot
from bot.booking.kept_text import kept_text
from bot.booking.models import Attente, Rdv
from bot.booking.moments import Present, epoch_of, paris_day, paris_moment
from bot.booking.motifs import Motifs, is_silent
from bot.booking.outbox import CHANNELS, Channel, announce, channels
from bot.booking.placing import Request, place, replace
from bot.booking.slots import Asker, Slot, bookable_slots
from bot.booking.transactions import in_reading, in_transaction
from bot.booking.views import RdvView, SlotTaken, Status, Waiting, view_of
from bot.clock import Clock

FIRST_STEP = timedelta(days=2)
"""Free slots are looked for in two days, then in the four that follow, the next eight…: the first nearly always do."""


class Agenda(BookingBackend):
    """Appointments kept in the project's own database. Every method is one transaction."""

    name = "local"
    capabilities = Capabilities(lists_slots=True, books=True, cancels=True, sends_reminders=False)

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        motifs: Motifs,
        timer: Callable[[], float] = time.time,
        writes: frozenset[Channel] = CHANNELS,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._motifs = motifs
        self._timer = timer
        self.writes = writes
        """How this house can write to people: nobody waits for a message that cannot leave."""

    def next_slots(
        self,
        motif: str,
        lieu: str,
        after: datetime | None = None,
        limit: int = 5,
        asker: str | None = None,
        by: Actor = "resident",
    ) -> list[Slot]:
        """The first free slots that start after `after` (now unless given), one for each time.

        `asker` is the conversation that looks: what it holds is free for it. Raises UnknownMotif or MotifNotOffered.
        """
        self._check_offered(motif, lieu, by)
        present = self._present()
        since = max(present.calendar, after) if after is not None else present.calendar

        def list_them(session: Session) -> list[Slot]:
            return self._first_slots(session, motif, lieu, since, limit, present, asker)

        return in_reading(self._engine, list_them)

    def coming(self, limit: int) -> list[RdvView]:
        """The appointments still to come, at every site, the next one first."""
        query = select(Rdv).where(Rdv.ends_at > epoch_of(self._clock())).order_by(Rdv.starts_at).limit(limit)
        return in_reading(self._engine, lambda session: [view_of(rdv) for rdv in session.scalars(query)])

    def hold(self, motif: str, lieu: str, starts_at: datetime, conversation_id: str) -> Hold | SlotTaken:
        """Keep a listed slot for a conversation while it is asked for a yes; what it held before is free.

        Raises UnknownMotif, MotifNotOffered, SlotInThePast, SlotOutOfHorizon, SlotNeverOffered or AgendaBusy.
        """
        self._check_offered(motif, lieu, "resident")
        request = Request(motif, lieu, epoch_of(starts_at), conversation_id)
        held = in_transaction(self._engine, lambda session: hold_slot(session, request, self._present()))
        return held or SlotTaken(motif, lieu, starts_at)

    def let_go(self, conversation_id: str) -> None:
        """Free what a conversation holds: it was refused."""
        in_transaction(self._engine, lambda session: release_hold(session, conversation_id))

    def book(
        self,
        motif: str,
        lieu: str,
        starts_at: datetime,
        conversation_id: str | None = None,
        idempotency_key: str | None = None,
        by: Actor = "resident",
    ) -> RdvView | SlotTaken:
        """Book a listed slot, at once and for good; SlotTaken when somebody else was quicker.

        The same request again (same idempotency key, or same slot for the same conversation) gives the
        appointment it made the first time. Raises UnknownMotif, MotifNotOffered, SlotInThePast,
        SlotOutOfHorizon, SlotNeverOffered, AlreadyBooked, TooManyRdv, IdempotencyKeyReused or AgendaBusy.
        """
        self._check_offered(motif, lieu, by)
        request = Request(motif, lieu, epoch_of(starts_at), conversation_id, idempotency_key, by)
        rdv = in_transaction(self._engine, lambda session: _view_or_none(place(session, request, self._present())))
        return rdv or SlotTaken(motif, lieu, starts_at)

    def cancel(self, code: str, by: Actor = "resident") -> RdvView:
        """Cancel, for the resident or for the service, and free the time; a cancelled appointment stays as it is.

        Raises UnknownRdv, or TooLateToCancel once it has begun or when it is kept elsewhere.
        """
        return in_transaction(self._engine, lambda session: self._cancel(session, code, by))

    def move(self, code: str, lieu: str, starts_at: datetime, by: Actor = "resident") -> RdvView | SlotTaken:
        """Move a standing appointment to a listed slot of its motif, at once; its code stays the same.

        SlotTaken when somebody else was quicker: nothing has changed. Raises UnknownRdv, TooLateToMove once it has
        begun, is cancelled or is kept elsewhere, MotifNotOffered, SlotInThePast, SlotOutOfHorizon, SlotNeverOffered
        or AgendaBusy.
        """
        standing = self.find(code)
        if standing is None:
            raise UnknownRdv(code)
        self._check_offered(standing.motif, lieu, by)
        try:
            return in_transaction(self._engine, lambda session: self._move(session, code, lieu, starts_at, by))
        except _Taken:
            return SlotTaken(standing.motif, lieu, starts_at)

    def mark(self, code: str, status: Status, by: Actor = "agent") -> RdvView:
        """Say whether they came: seen or noshow, or unknown again. Raises UnknownRdv or TooEarlyToMark."""
        return in_transaction(self._engine, lambda session: self._mark(session, code, status, by))

    def find(self, code: str) -> RdvView | None:
        """The appointment of this code, however it is typed."""
        return in_reading(self._engine, lambda session: _view_or_none(_rdv(session, code)))

    def of_conversation(self, conversation_id: str) -> list[RdvView]:
        """The appointments booked in a conversation, cancelled ones too, in the order of booking."""
        query = select(Rdv).where(Rdv.conversation_id == conversation_id).order_by(Rdv.id)
        return in_reading(self._engine, lambda session: [view_of(rdv) for rdv in session.scalars(query)])

    def attach_contact(self, code: str, first_name: str | None, phone: str | None, email: str | None = None) -> RdvView:
        """Keep with the appointment what its messages need, and have it confirmed in writing; None or blank erases.

        `phone` in E.164. Raises UnknownRdv, or TooManyRdv when this telephone has too many: nothing is kept then.
        """
        contact = first_name, phone, email
        return in_transaction(self._engine, lambda session: self._attach(session, code, *contact))

    def forget_conversation(self, conversation_id: str) -> None:
        """Cut every appointment from the conversation it was made in; the appointments stand, what is held is free."""
        in_transaction(self._engine, lambda session: self._forget(session, conversation_id))

    def forget_contacts(self, days: int) -> int:
        """Erase who had the appointments that ended longer ago than that; returns how many. The appointments stay."""
        return in_transaction(self._engine, lambda session: self._forget_contacts(session, days))

    def waiting(self, code: str) -> Waiting:
        """Where the appointment stands on the waiting list. Raises UnknownRdv."""
        return in_reading(self._engine, lambda session: self._waiting(session, code))

    def join_waiting_list(self, code: str) -> None:
        """Have its owner told of earlier slots. Raises UnknownRdv or CannotWait."""
        in_transaction(self._engine, lambda session: self._join(session, code))

    def leave_waiting_list(self, code: str) -> None:
        """Tell its owner of nothing more. Raises UnknownRdv."""
        in_transaction(self._engine, lambda session: waiting.leave(session, _rdv_to_change(session, code)))

    def decline_earlier_slot(self, code: str) -> None:
        """Let go the earlier slot held for the appointment, which stays as it is and on the list. Raises UnknownRdv."""
        in_transaction(self._engine, lambda session: waiting.decline(session, _rdv_to_change(session, code)))

    def accept_earlier_slot(self, code: str) -> RdvView:
        """Move the appointment to the earlier slot held for it.

        Raises UnknownRdv, NothingOffered, TooLateToMove, or a SlotRefused when an absence has come since.
        """
        try:
            return in_transaction(self._engine, lambda session: self._accept(session, code))
        except _Taken as lost:
            raise NothingOffered(code) from lost

    def propose_earlier_slots(self) -> int:
        """Hold a slot that freed for each of those who wait for one, in their order; returns how many were proposed."""
        ids = in_reading(self._engine, lambda session: waiting.waiting_now(session, self._present()))
        return sum(self._propose(rdv_id) for rdv_id in ids)

    def _propose(self, rdv_id: int) -> bool:
        return in_transaction(self._engine, lambda session: waiting.propose(session, rdv_id, self._present()))

    def _present(self) -> Present:
        return Present(self._clock(), int(self._timer()))

    def _check_offered(self, motif: str, lieu: str, by: Actor) -> None:
        if motif not in self._motifs:
            raise UnknownMotif(motif)
        entry = self._motifs[motif]
        if (
            lieu not in entry.sites
            or entry.backend != self.name
            or (by == "resident" and entry.bookable_by == "agents")
        ):
            raise MotifNotOffered(motif, lieu)

    def _silent(self, rdv: Rdv) -> bool:
        return is_silent(rdv.motif_code, self._motifs)

    def _first_slots(
        self,
        session: Session,
        motif: str,
        lieu: str,
        since: datetime,
        limit: int,
        present: Present,
        asker: str | None,
    ) -> list[Slot]:
        by_time: dict[int, Slot] = {}
        looks = Asker(asker, present.real)
        for begins, ends in _steps(since, present.calendar + timedelta(days=self._motifs[motif].max_delay_days)):
            for slot in bookable_slots(session, motif, lieu, begins, ends, present.calendar, looks):
                by_time.setdefault(slot.start, slot)
            if len(by_time) >= limit:
                break
        return list(by_time.values())[:limit]

    def _cancel(self, session: Session, code: str, by: Actor) -> RdvView:
        rdv, present = _rdv_to_change(session, code), self._present()
        if rdv.cancelled_at is not None:
            return view_of(rdv)
        if rdv.starts_at <= present.epoch or rdv.backend != self.name:
            raise TooLateToCancel(rdv.code)
        call_off(session, rdv, present, silent=self._silent(rdv), by=by)
        return view_of(rdv)

    def _move(
        self, session: Session, code: str, lieu: str, starts_at: datetime, by: Actor, hold: bool = False
    ) -> RdvView:
        rdv, present = _rdv_to_change(session, code), self._present()
        if rdv.cancelled_at is not None or rdv.starts_at <= present.epoch or rdv.backend != self.name:
            raise TooLateToMove(rdv.code)
        asker = waiting.hold_of(rdv) if hold else rdv.conversation_id
        before = rdv.sequence
        if not replace(session, rdv, Request(rdv.motif_code, lieu, epoch_of(starts_at), asker, by=by), present):
            raise _Taken
        if rdv.sequence != before:
            waiting.decline(session, rdv)  # it was earlier than the time that is left
            announce(session, rdv, "change", present, silent=self._silent(rdv), by=by)
        session.flush()
        return view_of(rdv)

    def _mark(self, session: Session, code: str, status: Status, by: Actor) -> RdvView:
        rdv, present = _rdv_to_change(session, code), self._present()
        if status not in ("unknown", "seen", "noshow") or rdv.cancelled_at is not None:
            raise BookingError(status)
        if paris_day(rdv.starts_at) > present.calendar.date():
            raise TooEarlyToMark(rdv.code)
        if rdv.status != status:
            rdv.status, rdv.sequence = status, rdv.sequence + 1
            record(session, rdv, "status", present, by)
        return view_of(rdv)

    def _attach(
        self, session: Session, code: str, first_name: str | None, phone: str | None, email: str | None
    ) -> RdvView:
        rdv, present = _rdv_to_change(session, code), self._present()
        columns = Rdv.__table__.c
        rdv.first_name = kept_text(first_name, columns.first_name.type.length)
        rdv.phone = kept_text(phone, columns.phone.type.length)
        rdv.email = kept_text(email, columns.email.type.length)
        if rdv.phone:
            check_phone(session, rdv.phone, rdv, present.epoch)
        if not channels(rdv):
            waiting.leave(session, rdv)  # a slot would be held for somebody who is not told
        record(session, rdv, "contact_attached", present)
        if rdv.cancelled_at is None and rdv.starts_at > present.epoch:
            announce(session, rdv, "confirmation", present, silent=self._silent(rdv), by="resident")
        return view_of(rdv)

    def _forget(self, session: Session, conversation_id: str) -> None:
        release_hold(session, conversation_id)
        query = select(Rdv).where(Rdv.conversation_id == conversation_id).with_for_update()
        for rdv in session.scalars(query).all():
            rdv.conversation_id = None
            record(session, rdv, "conversation_forgotten", self._present())

    def _forget_contacts(self, session: Session, days: int) -> int:
        present = self._present()
        known = or_(*(column.isnot(None) for column in (Rdv.first_name, Rdv.phone, Rdv.email, Rdv.conversation_id)))
        over = select(Rdv).where(Rdv.ends_at < present.epoch - days * 86_400, known).with_for_update()
        forgotten = session.scalars(over).all()
        for rdv in forgotten:
            rdv.first_name = rdv.phone = rdv.email = rdv.conversation_id = None
            record(session, rdv, "contact_forgotten", present, "system")
        return len(forgotten)

    def _waiting(self, session: Session, code: str) -> Waiting:
        rdv, present = _known(_rdv(session, code), code), self._present()
        silent, offer = self._silent(rdv), waiting.offered_to(session, rdv, present)
        possible = waiting.can_wait(rdv, present, silent=silent, writes=self.writes)
        return Waiting(
            possible=possible,
            listed=session.get(Attente, rdv.id) is not None,
            lacks_contact=not possible and bool(self.writes) and waiting.may_come_earlier(rdv, present, silent=silent),
            offered=paris_moment(offer[0]) if offer else None,
            until=paris_moment(offer[1]) if offer else None,
        )

    def _join(self, session: Session, code: str) -> None:
        rdv = _rdv_to_change(session, code)
        waiting.join(session, rdv, self._present(), silent=self._silent(rdv), writes=self.writes)

    def _accept(self, session: Session, code: str) -> RdvView:
        rdv = _rdv_to_change(session, code)
        offer = waiting.offered_to(session, rdv, self._present())
        if offer is None:
            raise NothingOffered(code)
        moved = self._move(session, code, rdv.lieu_id, paris_moment(offer[0]), "resident", hold=True)
        waiting.leave(session, rdv)
        return moved


class _Taken(Exception):
    """Undoes the transaction that found the slot taken."""


def _steps(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Windows that follow each other from just after `since` to `until` included."""
    begins, step = since + timedelta(seconds=1), FIRST_STEP
    while begins <= until:
        yield begins, begins + step
        begins, step = begins + step, step * 2


def _rdv(session: Session, code: str, lock: bool = False) -> Rdv | None:
    query = select(Rdv).where(Rdv.code == parse_code(code))
    rdv: Rdv | None = session.scalars(query.with_for_update() if lock else query).one_or_none()
    return rdv


def _rdv_to_change(session: Session, code: str) -> Rdv:
    return _known(_rdv(session, code, lock=True), code)


def _known(rdv: Rdv | None, code: str) -> Rdv:
    if rdv is None:
        raise UnknownRdv(code)
    return rdv


def _view_or_none(rdv: Rdv | None) -> RdvView | None:
    return None if rdv is None else view_of(rdv)
