"""The file of group sessions: `data/booking/seances_exemple.csv` is the model."""

from bot.booking.motifs import Motifs
from bot.booking.planning.bringing_in import Row
from bot.booking.planning.files.cells import day_of, known_as, minute_of, number_of
from bot.booking.planning.files.table import Columns, Line, read_table
from bot.booking.planning.group_sessions import GroupSession
from bot.booking.planning.plannable import lieux
from bot.booking.planning.refusals import AgendaRefusal, Fault

COLUMNS = Columns(required=("lieu", "poste", "motif", "jour", "debut", "fin", "places"))


def read_sessions(content: bytes, motifs: Motifs) -> tuple[list[Row[GroupSession]], list[Fault]]:
    """What each row asks for, and the rows that can't be understood. Raises FileRefused."""
    lines, faults = read_table(content, COLUMNS)
    rows: list[Row[GroupSession]] = []
    for line in lines:
        try:
            rows.append((line.number, _session(line, motifs)))
        except AgendaRefusal as refusal:
            faults.append(Fault(line.number, str(refusal)))
    return rows, faults


def _session(line: Line, motifs: Motifs) -> GroupSession:
    return GroupSession(
        lieu=known_as(line.need("lieu"), lieux(motifs)),
        poste=line.need("poste"),
        motif=known_as(line.need("motif"), tuple(motifs)),
        day=day_of("jour", line.need("jour")),
        start_minute=minute_of("debut", line.need("debut")),
        end_minute=minute_of("fin", line.need("fin")),
        capacity=number_of("places", line.need("places")),
    )
