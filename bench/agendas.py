"""An agenda as large as a département's: fifty agents, eight hours a day, for months."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.models import Agent, PlageOuverture, Rdv, RdvEvent, SlotClaim
from bot.booking.motifs import load_motifs, sync_motifs
from bot.booking.slots import Slot
from bot.clock import PARIS
from bot.database import migrate

MOTIF, LIEU = "premiere_pesee", "pole-clichy"
AGENTS = 50
MONDAY_MORNING = datetime(2027, 1, 11, 8, tzinfo=PARIS)
HALF_DAYS = ((9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60 + 30))
Rows = list[dict[str, object]]


def standing_clock() -> datetime:
    """The moment at which everything is measured."""
    return MONDAY_MORNING


def open_agenda(url: str, engine: Engine) -> None:
    """Make AGENTS agents who receive for one motif at one lieu, Monday to Friday, every week."""
    migrate(url)
    with Session(engine, future=True) as session, session.begin():
        sync_motifs(session, load_motifs())
        agents = [Agent(lieu_id=LIEU, name=f"Poste {number}") for number in range(AGENTS)]
        session.add_all(agents)
        session.flush()
        session.add_all(_opening(agent.id, day, hours) for agent in agents for day in range(5) for hours in HALF_DAYS)


def fill(engine: Engine, slots: Sequence[Slot], first_id: int) -> None:
    """Write these slots as booked, without the agenda: only what is measured goes through it."""
    with engine.begin() as connection:
        for table, rows in rows_of(slots, first_id).items():
            connection.execute(insert(table), rows)


def rows_of(slots: Sequence[Slot], first_id: int) -> dict[type, Rows]:
    """The rows that booking these slots writes."""
    numbered = list(enumerate(slots, start=first_id))
    return {
        Rdv: [_rdv(number, slot) for number, slot in numbered],
        SlotClaim: [
            {"agent_id": slot.agent_id, "cell": cell, "seat": 0, "rdv_id": number}
            for number, slot in numbered
            for cell in slot.cells
        ],
        RdvEvent: [
            {"rdv_id": number, "at": 0, "kind": "created", "status": "unknown", "actor": "resident"}
            for number, _ in numbered
        ],
    }


def _rdv(number: int, slot: Slot) -> dict[str, object]:
    where = {"motif_code": slot.motif, "lieu_id": slot.lieu, "agent_id": slot.agent_id}
    times = {"starts_at": slot.start, "ends_at": slot.end, "created_at": 0}
    return {"id": number, "code": f"bench {number}", **where, **times}


def _opening(agent_id: int, day: int, hours: tuple[int, int]) -> PlageOuverture:
    return PlageOuverture(
        agent_id=agent_id,
        motif_code=MOTIF,
        lieu_id=LIEU,
        first_day=MONDAY_MORNING.date() + timedelta(days=day),
        start_minute=hours[0],
        end_minute=hours[1],
    )
