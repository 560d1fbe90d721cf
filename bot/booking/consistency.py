"""What must agree in the agenda, whatever was booked, moved, cancelled, killed or restored.

Read only, in one snapshot: it may run while people book. Operators run it after restoring a backup
(`python -m bot check-agenda`), and the tests of races and crashes end with it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, or_, select, union_all
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.models import CELL_SECONDS, Attente, OutboxMessage, Rdv, RdvEvent, Seance, SlotClaim
from bot.booking.transactions import in_snapshot

SHOWN = 5
"""Ids named in the line of a fault: enough to look into it."""
_LIVE = Rdv.cancelled_at.is_(None)
_LOCAL = Rdv.backend == "local"
_ALONE = and_(_LIVE, _LOCAL, Rdv.seance_id.is_(None))


@dataclass(frozen=True)
class Fault:
    """Rows that contradict each other."""

    what: str
    """In French, plural."""
    ids: tuple[int, ...]
    """Ids of what is wrong, in the table that `what` names."""

    def __str__(self) -> str:
        named = ", ".join(map(str, self.ids[:SHOWN])) + (", …" if len(self.ids) > SHOWN else "")
        return f"{self.what} : {len(self.ids)} (numéros {named})"


@dataclass(frozen=True)
class Counts:
    """How much an agenda holds: a backup restored elsewhere holds as much."""

    rdv: int
    live: int
    claims: int
    events: int
    messages: int
    seances: int
    waiting: int


def faults(engine: Engine) -> list[Fault]:
    """Everything that does not agree; an empty list when the agenda is sound."""
    return in_snapshot(engine, _faults)


def counts(engine: Engine) -> Counts:
    """How many rows there are of each kind, at one moment."""
    return in_snapshot(engine, _counts)


def _faults(session: Session) -> list[Fault]:
    found = [Fault(what, tuple(session.scalars(rule))) for what, rule in _RULES.items()]
    return [*_damage(session), *(fault for fault in found if fault.ids)]


def _damage(session: Session) -> list[Fault]:
    """What SQLite says of its own file; PostgreSQL checks its pages as it reads them."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    said = [row[0] for row in session.connection().exec_driver_sql("PRAGMA integrity_check")]
    return [] if said == ["ok"] else [Fault("Pages abîmées du fichier de la base", tuple(range(1, len(said) + 1)))]


def _counts(session: Session) -> Counts:
    def count(table: Any, *conditions: Any) -> int:
        return int(session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0)

    return Counts(
        rdv=count(Rdv),
        live=count(Rdv, _LIVE),
        claims=count(SlotClaim),
        events=count(RdvEvent),
        messages=count(OutboxMessage),
        seances=count(Seance),
        waiting=count(Attente),
    )


def _claims_amiss(owner: Any, column: Any, owns: Any) -> Any:
    """The owners whose claims are not exactly their cells, or who have claims without being due any."""
    due = case((owns, (owner.ends_at - owner.starts_at) / CELL_SECONDS), else_=0)
    elsewhere = or_(
        func.min(SlotClaim.cell) != owner.starts_at / CELL_SECONDS,
        func.max(SlotClaim.cell) != owner.ends_at / CELL_SECONDS - 1,
        func.min(SlotClaim.agent_id) != owner.agent_id,
        func.max(SlotClaim.agent_id) != owner.agent_id,
    )
    joined = select(owner.id).outerjoin(SlotClaim, column == owner.id).group_by(owner.id)
    return joined.having(or_(func.count(SlotClaim.cell) != due, elsewhere)).order_by(owner.id)


def _agents_taken_twice() -> Any:
    """The agents who have an appointment, or a session, that begins before an earlier one ends."""
    columns = "agent_id", "starts_at", "ends_at"
    alone = select(*(getattr(Rdv, name) for name in columns)).where(_ALONE)
    together = select(*(getattr(Seance, name) for name in columns)).where(Seance.cancelled_at.is_(None))
    taken = union_all(alone, together).subquery()
    earlier = func.max(taken.c.ends_at).over(
        partition_by=taken.c.agent_id, order_by=(taken.c.starts_at, taken.c.ends_at), rows=(None, -1)
    )
    beside = select(taken.c.agent_id, taken.c.starts_at, earlier.label("busy_until")).subquery()
    return select(beside.c.agent_id).where(beside.c.starts_at < beside.c.busy_until).distinct()


def _agents_with_a_cell_twice() -> Any:
    """The agents of whom one cell has two owners; only without the primary key of the claims."""
    cells = select(SlotClaim.agent_id).group_by(SlotClaim.agent_id, SlotClaim.cell, SlotClaim.seat)
    return select(cells.having(func.count() > 1).subquery().c.agent_id).distinct()


def _agents_with_a_torn_hold() -> Any:
    """The agents of whom a hold has lost cells, or kept cells of another."""
    held = select(func.min(SlotClaim.agent_id).label("agent_id")).where(SlotClaim.hold_id.isnot(None))
    torn = func.max(SlotClaim.cell) - func.min(SlotClaim.cell) + 1 != func.count()
    of_two = func.min(SlotClaim.agent_id) != func.max(SlotClaim.agent_id)
    return select(held.group_by(SlotClaim.hold_id).having(or_(torn, of_two)).subquery().c.agent_id).distinct()


def _ownerless_claims() -> Any:
    lost = or_(
        and_(SlotClaim.rdv_id.isnot(None), Rdv.id.is_(None)),
        and_(SlotClaim.seance_id.isnot(None), Seance.id.is_(None)),
    )
    with_owner = select(SlotClaim.agent_id).outerjoin(Rdv, Rdv.id == SlotClaim.rdv_id)
    return with_owner.outerjoin(Seance, Seance.id == SlotClaim.seance_id).where(lost).distinct()


def _seats_amiss() -> Any:
    seated = select(func.count()).select_from(Rdv).where(Rdv.seance_id == Seance.id, _LIVE)
    return select(Seance.id).where(Seance.taken != seated.correlate(Seance).scalar_subquery())


def _out_of_their_session() -> Any:
    elsewhere = or_(
        Rdv.starts_at != Seance.starts_at,
        Rdv.ends_at != Seance.ends_at,
        Rdv.agent_id != Seance.agent_id,
        Seance.cancelled_at.isnot(None),
    )
    return select(Rdv.id).join(Seance, Seance.id == Rdv.seance_id).where(_LIVE, elsewhere)


def _changes(*kinds: str) -> Any:
    """How many times a change of these kinds is in the history of the appointment."""
    told = select(func.count()).select_from(RdvEvent).where(RdvEvent.rdv_id == Rdv.id, RdvEvent.kind.in_(kinds))
    return told.correlate(Rdv).scalar_subquery()


def _unlike_their_history() -> Any:
    """The appointments that do not stand where their last change left them; older changes did not say where."""
    last = select(func.max(RdvEvent.id)).where(RdvEvent.rdv_id == Rdv.id).correlate(Rdv).scalar_subquery()
    moved = or_(RdvEvent.agent_id != Rdv.agent_id, RdvEvent.starts_at != Rdv.starts_at, RdvEvent.ends_at != Rdv.ends_at)
    return select(Rdv.id).join(RdvEvent, RdvEvent.id == last).where(_LOCAL, or_(RdvEvent.status != Rdv.status, moved))


def _cancelled_by_half() -> Any:
    return select(Rdv.id).where(_LOCAL, Rdv.status.in_(("excused", "revoked")) == _LIVE)


def _of_a_later_version() -> Any:
    """The messages that tell of a change that was not made; those of earlier slots count notices instead."""
    told = select(OutboxMessage.id).join(Rdv, Rdv.id == OutboxMessage.rdv_id)
    return told.where(OutboxMessage.event != "earlier_slot", OutboxMessage.version > Rdv.sequence)


def _to_send_of_a_cancelled() -> Any:
    told = select(OutboxMessage.id).join(Rdv, Rdv.id == OutboxMessage.rdv_id).where(~_LIVE)
    return told.where(OutboxMessage.event != "cancellation", OutboxMessage.state == "to_send")


_RULES = {
    "Rendez-vous dont le temps réservé n'est pas le bon": _claims_amiss(Rdv, SlotClaim.rdv_id, _ALONE),
    "Séances dont le temps réservé n'est pas le bon": _claims_amiss(
        Seance, SlotClaim.seance_id, Seance.cancelled_at.is_(None)
    ),
    "Postes qui ont deux rendez-vous à la fois": _agents_taken_twice(),
    "Postes dont un même moment est réservé deux fois": _agents_with_a_cell_twice(),
    "Postes dont un créneau gardé est incomplet": _agents_with_a_torn_hold(),
    "Postes dont du temps est réservé pour rien": _ownerless_claims(),
    "Séances dont le nombre de places prises est faux": _seats_amiss(),
    "Rendez-vous dont la séance est à un autre moment ou annulée": _out_of_their_session(),
    "Rendez-vous sans trace de leur création, ou qui en ont deux": select(Rdv.id).where(
        _LOCAL, _changes("created") != 1
    ),
    "Rendez-vous changés sans trace dans leur historique": select(Rdv.id).where(
        _LOCAL, _changes("moved", "cancelled", "status") != Rdv.sequence
    ),
    "Rendez-vous qui ne sont pas comme leur historique les laisse": _unlike_their_history(),
    "Rendez-vous annulés à moitié": _cancelled_by_half(),
    "Rendez-vous annulés encore en liste d'attente": select(Attente.rdv_id)
    .join(Rdv, Rdv.id == Attente.rdv_id)
    .where(~_LIVE),
    "Messages qui parlent d'un changement jamais fait": _of_a_later_version(),
    "Messages encore à envoyer pour un rendez-vous annulé": _to_send_of_a_cancelled(),
}
"""What each rule finds, in the plural, and the query that finds it."""
