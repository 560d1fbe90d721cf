"""Many rows at once, of openings or of group sessions: all of them, or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.planning.refusals import AgendaRefusal, Fault, RowsRefused
from bot.booking.planning.register import Register
from bot.booking.transactions import in_transaction

Asked = TypeVar("Asked")
Row = tuple[int, Asked]
"""The number of a line, and what it asks for."""


@dataclass(frozen=True)
class BroughtIn:
    """What an import did, or would do."""

    added: int
    unchanged: int
    """Rows that stood already."""
    new_postes: tuple[str, ...]
    """« lieu : poste »; a name mistyped is seen here."""


def bring_in(
    engine: Engine,
    open_register: Callable[[Session], Register],
    add: Callable[[Register, Asked, str], bool],
    rows: Iterable[Row[Asked]],
    faults: Iterable[Fault] = (),
    *,
    trial: bool,
) -> BroughtIn:
    """Add every row with `add`; a trial adds nothing and tells what would be.

    `faults` are those already found in the file. Raises RowsRefused with all of them, and nothing is added.
    """
    rows, known = list(rows), list(faults)

    def work(session: Session) -> BroughtIn:
        done = _add_all(open_register(session), add, rows, known)
        if trial:
            raise _Trial(done)
        return done

    try:
        return in_transaction(engine, work)
    except _Trial as end:
        return end.done


def _add_all(
    register: Register, add: Callable[[Register, Asked, str], bool], rows: list[Row[Asked]], known: list[Fault]
) -> BroughtIn:
    faults, added = list(known), 0
    for line, asked in rows:
        try:
            added += add(register, asked, f"la ligne {line}")
        except AgendaRefusal as refusal:
            faults.append(Fault(line, str(refusal)))
    if faults:
        raise RowsRefused(faults)
    new = tuple(f"{poste.lieu_id} : {poste.name}" for poste in register.postes.added)
    return BroughtIn(added, len(rows) - added, new)


class _Trial(Exception):
    """Undoes the transaction of a trial."""

    def __init__(self, done: BroughtIn) -> None:
        super().__init__()
        self.done = done
