"""The postes of the lieux: a desk, a room, a team on duty. Their names name nobody."""

from unicodedata import normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.booking.models import Agent
from bot.booking.planning.refusals import BadPosteName

LONGEST_NAME = 60


def poste_name(text: str) -> str:
    """The name on one line. Raises BadPosteName when nothing or too much is left."""
    seen = "".join(sign if sign.isprintable() else " " for sign in normalize("NFC", text))
    name = " ".join(seen.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadPosteName(LONGEST_NAME)
    return name


class Postes:
    """All postes, by lieu and name, in one transaction; capitals make no other poste."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_name = {(row.lieu_id, row.name.casefold()): row for row in session.scalars(select(Agent))}
        self.added: list[Agent] = []
        """Those made in this transaction."""

    def find(self, lieu: str, name: str) -> Agent | None:
        """The poste of this name, if there is one. Raises BadPosteName."""
        return self._by_name.get((lieu, poste_name(name).casefold()))

    def named(self, lieu: str, name: str) -> Agent:
        """The poste of this name, made if there is none. Raises BadPosteName."""
        return self.find(lieu, name) or self._add(Agent(lieu_id=lieu, name=poste_name(name)))

    def _add(self, poste: Agent) -> Agent:
        self._session.add(poste)
        self._session.flush()
        self._by_name[poste.lieu_id, poste.name.casefold()] = poste
        self.added.append(poste)
        return poste
