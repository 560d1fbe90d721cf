"""The rows of the outbox, as the worker takes and settles them.

Every function is one transaction, over before or begun after the message leaves. A row goes from `to_send` to `sending`
by an UPDATE that only one worker can win; from there it goes to its end, or back to `to_send` when it surely did not
leave. A worker that dies leaves it `sending`: nobody knows, so it ends as `uncertain`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import and_, case, func, not_, or_, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select
from sqlalchemy.sql.elements import ColumnElement

from bot.booking.models import Attente, OutboxMessage, Rdv
from bot.booking.moments import Present, paris_moment
from bot.booking.motifs import Motifs, is_silent
from bot.booking.outbox import SUPERSEDED, Channel, Event, channels
from bot.booking.reminders import TOO_LATE_S, is_decent
from bot.booking.transactions import in_reading, in_transaction
from bot.booking.views import RdvView, view_of
from bot.messaging import sender

Result = TypeVar("Result")

RETRY_AFTER_S = (60, 300, 1800, 7200, 21_600, 43_200)
"""Real time between one attempt and the next: an outage of a day is outlived, then the message is given up."""
MAX_ATTEMPTS = len(RETRY_AFTER_S) + 1
LEFT_BEHIND_S = 600
"""A message claimed for longer than that, in real time, was left by a worker that died: sending has time-outs."""
MAX_PER_MINUTE = 120
"""Messages of all workers together: whatever goes wrong, it is no storm."""
MINUTE_S = 60
EXPECTED_S = 3600
"""An answer to what somebody just did may come at night; later than that it waits for the morning."""
AT_ONCE = ("confirmation", "change", "cancellation")
_UNSEEN = {"synchronize_session": False}


class NotTheSender(Exception):
    """The database bears the mark of another place: nothing may leave from here."""


class EnoughForNow(Exception):
    """As many messages as may leave in a minute have left."""


@dataclass(frozen=True)
class Offer:
    """An earlier slot held for whoever waits for one."""

    start: datetime
    until: datetime


@dataclass(frozen=True)
class Told:
    """A message claimed: what it tells, as it stood when it was claimed."""

    id: int
    event: Event
    channel: Channel
    rdv: RdvView
    offer: Offer | None
    """For earlier_slot only."""
    attempt: int
    """1 the first time."""
    reference: str
    """The same at every attempt, unlike any other message, and telling nothing."""


@dataclass(frozen=True)
class Dropped:
    """A message that will not be sent, and why in one word."""

    id: int
    reason: str


@dataclass(frozen=True)
class Outgoing:
    """The messages of one database, for one place that sends."""

    engine: Engine
    motifs: Motifs
    mark: str = field(repr=False)
    per_minute: int = MAX_PER_MINUTE

    def may_send(self, present: Present) -> bool:
        """Whether this place sends for this database; the first that asks does."""
        if in_reading(self.engine, sender.mark_of) is None:
            self._run(lambda session: sender.take_if_free(session, self.mark, present))
        return in_reading(self.engine, sender.mark_of) == self.mark

    def take_over(self, present: Present) -> int:
        """Become the place that sends; what should have left by now is set aside, because it may have left elsewhere.

        Returns how many messages were set aside.
        """
        return self._run(lambda session: _take_over(session, self.mark, present))

    def give_up_lost(self, present: Present) -> int:
        """Settle what was left half sent; returns how many there were."""
        in_hand = OutboxMessage.claimed_at.between(present.real - LEFT_BEHIND_S, present.real + LEFT_BEHIND_S)
        lost = and_(OutboxMessage.state == "sending", not_(in_hand))
        return self._run(lambda session: _set_aside(session, lost, "worker_lost", present))

    def ready(self, present: Present, limit: int) -> list[tuple[int, Channel]]:
        """The messages that may leave now, the oldest first: id and channel."""
        columns = select(OutboxMessage.id, OutboxMessage.channel)
        query = _may_leave(columns, present).order_by(OutboxMessage.due_at, OutboxMessage.id).limit(limit)
        return in_reading(self.engine, lambda session: [tuple(row) for row in session.execute(query)])

    def claim(self, message_id: int, present: Present, carried: Collection[Channel]) -> Told | Dropped | None:
        """Take a message that may leave, so that no other worker will; None when it may not, or no longer.

        Drops it when it is no longer true, or when nothing carries it. Raises NotTheSender or EnoughForNow.
        """
        return self._run(lambda session: self._claim(session, message_id, present, carried))

    def settle(self, told: Told, outcome: str, present: Present, reference: str | None, reason: str | None) -> None:
        """Write how it ended, or `to_send` when it surely did not leave; one given up meanwhile stays given up."""
        settled_at = None if outcome == "to_send" else present.real
        values = {"state": outcome, "settled_at": settled_at, "reference": reference, "reason": reason}
        self._run(lambda session: _move(session, told.id, "sending", **_cut(values)))

    def _run(self, work: Callable[[Session], Result]) -> Result:
        return in_transaction(self.engine, work)

    def _claim(
        self, session: Session, message_id: int, present: Present, carried: Collection[Channel]
    ) -> Told | Dropped | None:
        if sender.mark_of(session) != self.mark:
            raise NotTheSender
        rdv, message = _locked(session, message_id, present)
        if rdv is None or message is None:
            return None
        offer = _offer(session, message, present)
        reason = self._why_not(message, rdv, offer, carried)
        if reason is not None:
            _move(session, message_id, "to_send", state="dropped", reason=reason, settled_at=present.real)
            return Dropped(message_id, reason)
        if _left_lately(session, present) >= self.per_minute:
            raise EnoughForNow
        told = _told(message, rdv, offer)
        mine = {"state": "sending", "attempts": told.attempt, "claimed_at": present.real}
        return told if _move(session, message_id, "to_send", **mine) else None

    def _why_not(
        self, message: OutboxMessage, rdv: Rdv, offer: Offer | None, carried: Collection[Channel]
    ) -> str | None:
        """Why the message must not leave, in one word; None when it is still true, decent, and can be carried."""
        if is_silent(rdv.motif_code, self.motifs):
            return "silent"
        if (message.event == "cancellation") != (rdv.cancelled_at is not None) or rdv.backend != "local":
            return SUPERSEDED
        if message.event == "earlier_slot":
            if offer is None:
                return "slot_gone"
        elif message.version != rdv.sequence:
            return SUPERSEDED
        if message.channel not in carried:
            return "no_provider"
        return None if message.channel in channels(rdv) else "no_address"


def _locked(session: Session, message_id: int, present: Present) -> tuple[Rdv | None, OutboxMessage | None]:
    """A message that may leave and its appointment, which nobody changes until the transaction ends.

    The appointment first, then its messages: those who change it take them in this order too.
    """
    owner = select(OutboxMessage.rdv_id).where(OutboxMessage.id == message_id).scalar_subquery()
    rdv = session.scalars(select(Rdv).where(Rdv.id == owner).with_for_update(read=True)).one_or_none()
    query = _may_leave(select(OutboxMessage).where(OutboxMessage.id == message_id), present)
    return rdv, session.scalars(query).one_or_none()


def _move(session: Session, message_id: int, from_state: str, **values: object) -> bool:
    """Change a message that is in this state; False when it no longer is."""
    row = update(OutboxMessage).where(OutboxMessage.id == message_id, OutboxMessage.state == from_state)
    return bool(session.execute(row.values(**values), execution_options=_UNSEEN).rowcount)


def _may_leave(query: Select, present: Present) -> Select:
    """Of the messages of a query, those whose hour this is.

    One whose appointment has begun is left as it is rather than dropped: a clock that was wrong for an hour, and is put
    right, has lost nothing.
    """
    nearest = case((OutboxMessage.event == "reminder", TOO_LATE_S), else_=0)
    return (
        query.join(Rdv, Rdv.id == OutboxMessage.rdv_id)
        .where(OutboxMessage.state == "to_send", OutboxMessage.due_at <= present.epoch)
        .where(Rdv.starts_at > present.epoch + nearest, _rested(present), _decent(present))
    )


def _rested(present: Present) -> ColumnElement:
    """What was tried and did not leave waits longer each time; not for a clock that was wrong when it was tried."""
    tried = (
        and_(OutboxMessage.attempts == number, OutboxMessage.claimed_at <= present.real - delay)
        for number, delay in enumerate(RETRY_AFTER_S, start=1)
    )
    put_back = and_(OutboxMessage.attempts < MAX_ATTEMPTS, OutboxMessage.claimed_at > present.real)
    return or_(OutboxMessage.attempts == 0, put_back, *tried)


def _decent(present: Present) -> ColumnElement:
    """Whether a telephone may ring for it now: at night, only to answer what somebody just did."""
    if is_decent(present.epoch):
        return OutboxMessage.id.is_not(None)
    return and_(OutboxMessage.event.in_(AT_ONCE), OutboxMessage.due_at > present.epoch - EXPECTED_S)


def _left_lately(session: Session, present: Present) -> int:
    """How many messages were claimed in the last minute, by whomever."""
    lately = OutboxMessage.claimed_at.between(present.real - MINUTE_S, present.real)
    return int(session.scalar(select(func.count()).select_from(OutboxMessage).where(lately)) or 0)


def _offer(session: Session, message: OutboxMessage, present: Present) -> Offer | None:
    """The earlier slot the message tells of, while it is held."""
    if message.event != "earlier_slot":
        return None
    place = session.get(Attente, message.rdv_id)
    if place is None or place.notices != message.version or (place.offered_until or 0) <= present.real:
        return None
    return Offer(paris_moment(place.offered_start), paris_moment(place.offered_until))


def _told(message: OutboxMessage, rdv: Rdv, offer: Offer | None) -> Told:
    reference = f"{rdv.created_at}-{message.id}"
    return Told(message.id, message.event, message.channel, view_of(rdv), offer, message.attempts + 1, reference)


def _take_over(session: Session, mark: str, present: Present) -> int:
    sender.take(session, mark, present)
    waiting = and_(OutboxMessage.state == "to_send", OutboxMessage.due_at <= present.epoch)
    return _set_aside(session, or_(waiting, OutboxMessage.state == "sending"), "restored", present)


def _set_aside(session: Session, which: ColumnElement, reason: str, present: Present) -> int:
    values = {"state": "uncertain", "reason": reason, "settled_at": present.real}
    return int(session.execute(update(OutboxMessage).where(which).values(**values), execution_options=_UNSEEN).rowcount)


def _cut(values: Mapping[str, object]) -> dict[str, object]:
    """The values, cut to their columns."""
    columns = OutboxMessage.__table__.c
    return {
        name: value[: columns[name].type.length] if isinstance(value, str) else value for name, value in values.items()
    }
