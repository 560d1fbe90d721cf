"""What the commands of the agenda share: its rooms, the refusals as lines, the file one is given."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.booking.errors import AgendaBusy
from bot.booking.moments import epoch_at
from bot.booking.motifs import InvalidMotifs, Motifs, load_motifs
from bot.booking.planning.bringing_in import BroughtIn
from bot.booking.planning.files.cells import day_of, minute_of, number_of
from bot.booking.planning.files.table import MOST_BYTES
from bot.booking.planning.group_sessions import GroupSessions, StandingSession
from bot.booking.planning.openings import Openings
from bot.booking.planning.plannable import DAY_MINUTES
from bot.booking.planning.refusals import AgendaRefusal, OutOfTheDay, RowsRefused
from bot.booking.planning.revoking import Revocations
from bot.booking.planning.unplaced import Unplaced, Why
from bot.booking.planning.written import written_moment
from bot.booking.views import RdvView
from bot.clock import clock_at
from bot.commands.running import CannotRun, check_database
from bot.database import engine_for
from bot.settings import load_settings

BUSY = "L'agenda est très demandé en ce moment : rien n'a été fait, recommencez dans une minute."

WHY: dict[Why, str] = {
    "lieu_closed": "lieu fermé",
    "poste_away": "poste absent",
    "public_holiday": "jour férié",
    "no_opening": "plus ouvert",
}


@dataclass(frozen=True)
class AgendaRooms:
    """The rooms that these commands call."""

    openings: Openings
    sessions: GroupSessions
    revocations: Revocations
    motifs: Motifs


@contextmanager
def agenda_rooms() -> Iterator[AgendaRooms]:
    """The rooms, as the settings make them; what they refuse becomes CannotRun."""
    settings = load_settings()
    check_database(settings)
    try:
        motifs, clock = load_motifs(backend=settings.booking_backend), clock_at(settings.now)
        rooms = engine_for(settings.database_url), clock, motifs
        yield AgendaRooms(Openings(*rooms), GroupSessions(*rooms), Revocations(*rooms), motifs)
    except InvalidMotifs as error:
        raise CannotRun(f"data/booking/motifs.yml ne peut pas être lu : {error}.") from error
    except AgendaBusy as error:
        raise CannotRun(BUSY) from error
    except RowsRefused as refusal:
        for fault in refusal.faults:
            print(f"ligne {fault.line} : {fault.why}", file=sys.stderr)
        raise CannotRun(_sentence(refusal)) from refusal
    except AgendaRefusal as refusal:
        raise CannotRun(_sentence(refusal)) from refusal


def file_content(path: str) -> bytes:
    """The bytes of the file, no more than an import takes. Raises CannotRun when it can't be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CannotRun(f"Le fichier « {path} » ne peut pas être lu ({type(error).__name__}).") from error


def asked_day(text: str) -> date:
    """The day written on the command line. Raises BadCell."""
    return day_of("jour", text)


def asked_moment(text: str, *, ends: bool) -> int:
    """The instant of « 24/12/2026 14h », in UTC seconds; a day alone is its first instant, or its last if it `ends`."""
    day, _, hour = text.strip().partition(" ")
    minute = minute_of("heure", hour.strip()) if hour else DAY_MINUTES * ends
    if minute > DAY_MINUTES:
        raise OutOfTheDay
    return epoch_at(day_of("jour", day), minute)


def asked_number(text: str) -> int:
    """The number written on the command line. Raises BadCell."""
    return number_of("numéro", text)


def rdv_line(rdv: RdvView) -> str:
    """An appointment on one line, without its owner."""
    return f"{rdv.code}  {written_moment(int(rdv.starts_at.timestamp()))}  {rdv.motif}  {rdv.lieu}"


def session_line(one: StandingSession) -> str:
    """A group session on one line."""
    when = f"du {written_moment(one.starts_at)} au {written_moment(one.ends_at)}"
    seats = f"{one.taken} place(s) prise(s) sur {one.capacity}"
    return f"séance {one.number} : {one.lieu}, {one.poste}, {one.motif}, {when}, {seats}"


def unplaced_line(one: Unplaced) -> str:
    """An appointment to place again, and why."""
    return f"{rdv_line(one.rdv)}  {one.poste}  {WHY[one.why]}"


def tell_import(done: BroughtIn, *, trial: bool) -> None:
    """Print what an import did, or would do."""
    for poste in done.new_postes:
        print(f"nouveau poste : {poste}")
    added = "seraient ajoutées" if trial else "ajoutées"
    print(f"Lignes {added} : {done.added} ; déjà en place : {done.unchanged}.")
    if trial:
        print("Essai : rien n'a été écrit.")
    elif not done.added:
        print("Rien n'a changé.")


def _sentence(refusal: AgendaRefusal) -> str:
    text = str(refusal)
    return f"{text[0].upper()}{text[1:]}."
