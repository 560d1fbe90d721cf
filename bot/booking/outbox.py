"""What must be told about an appointment, written in the transaction that changes it.

A message is one row, and its event, version and channel stand in a unique key: it can be written once only. Who sends
it, and in what words, is in `bot.messaging`.
"""

from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.booking.history import Actor
from bot.booking.models import OutboxMessage, Rdv
from bot.booking.moments import Present
from bot.booking.reminders import reminder_due
from bot.directory.phones import is_mobile

Event = Literal["confirmation", "change", "cancellation", "reminder", "earlier_slot"]
Channel = Literal["sms", "email"]
CHANNELS: frozenset[Channel] = frozenset(("sms", "email"))
SUPERSEDED = "superseded"


def announce(session: Session, rdv: Rdv, event: Event, present: Present, *, silent: bool, by: Actor) -> None:
    """Write what must be told of the appointment as it now stands, and drop what is no longer true.

    Nothing is ever told of a silent motif, nor by us of an appointment kept elsewhere, whose keeper tells it.
    """
    session.flush()
    if event != "confirmation":
        _drop_unsent(session, rdv, present)
    if silent or rdv.backend != "local":
        return
    for channel in channels(rdv):
        if not (event == "cancellation" and by == "resident" and channel == "sms"):  # they know: a text costs money
            write(session, rdv, event, rdv.sequence, channel, present.epoch)
        due = reminder_due(rdv.starts_at, present.epoch)
        if event != "cancellation" and due is not None:
            write(session, rdv, "reminder", rdv.sequence, channel, due)


def write(session: Session, rdv: Rdv, event: Event, version: int, channel: Channel, due_at: int) -> None:
    """Add one message, unless it was written before; a transaction that changes `rdv` holds its row."""
    key = {"rdv_id": rdv.id, "event": event, "version": version, "channel": channel}
    written = select(OutboxMessage.id).filter_by(**key)
    if session.scalar(written) is None:
        session.add(OutboxMessage(**key, due_at=due_at))
        session.flush()


def channels(rdv: Rdv) -> list[Channel]:
    """How its owner can be written to."""
    reached: dict[Channel, bool] = {"sms": bool(rdv.phone and is_mobile(rdv.phone)), "email": bool(rdv.email)}
    return [channel for channel, reaches in reached.items() if reaches]


def _drop_unsent(session: Session, rdv: Rdv, present: Present) -> None:
    unsent = update(OutboxMessage).where(OutboxMessage.rdv_id == rdv.id, OutboxMessage.state == "to_send")
    dropped = unsent.values(state="dropped", reason=SUPERSEDED, settled_at=present.real)
    session.execute(dropped, execution_options={"synchronize_session": False})
