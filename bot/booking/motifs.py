"""The motifs as people write them in `data/booking/motifs.yml`, and their copy in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from sqlalchemy import delete
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking import models
from bot.database import exclusive

MOTIFS_FILE = Path(__file__).parents[2] / "data" / "booking" / "motifs.yml"


class InvalidMotifs(ValueError):
    """The motifs file cannot be used; the message says which entry and why."""


@dataclass(frozen=True)
class MotifEntry:
    """One thing residents book, and the sites that offer it."""

    code: str
    libelle: str
    """In plain French, shown to residents."""
    service: str
    """Id of a service of the directory."""
    sites: tuple[str, ...]
    """Ids of sites of the directory."""
    visibility: Literal["visible", "silent"]
    location_type: Literal["public_office", "phone", "home"]
    """Where one is received, in the words of RDV Service Public: on site, on the telephone, at home."""
    bookable_by: Literal["everyone", "agents"]
    """Who books it: residents too, or agents only."""
    backend: Literal["local", "rdv_service_public"]
    """Where its appointments are kept; "local" unless the motif says otherwise or BOOKING_BACKEND does."""
    papiers: tuple[str, ...]
    """Papers to bring; empty when nothing was verified."""
    duration_min: int
    min_delay_minutes: int
    """A resident books no later than this before the start."""
    max_delay_days: int
    """A resident books no earlier than this before the start."""

    @property
    def silent(self) -> bool:
        """Whether it must leave no trace that someone near could find: no SMS, no name in a calendar."""
        return self.visibility == "silent"


_WORDS = {
    "visibility": ("visible", "silent"),
    "location_type": ("public_office", "phone", "home"),
    "bookable_by": ("everyone", "agents"),
    "backend": ("local", "rdv_service_public"),
}

Motifs = Mapping[str, MotifEntry]
"""Motifs by code."""


def load_motifs(path: Path = MOTIFS_FILE, backend: str = "local") -> dict[str, MotifEntry]:
    """The motifs of the file, by code and in its order; `backend` keeps those that name none. Raises InvalidMotifs."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries = [_entry({"backend": backend} | content["defaults"] | record) for record in content["motifs"]]
    motifs = {entry.code: entry for entry in entries}
    if len(motifs) < len(entries):
        raise InvalidMotifs("two motifs share a code")
    return motifs


def is_silent(code: str, motifs: Motifs) -> bool:
    """Whether nothing may be written of its appointments; a motif that left the file is not known to be harmless."""
    return code not in motifs or motifs[code].silent


def sync_motifs(session: Session, motifs: Motifs) -> None:
    """Make the database offer exactly these motifs at these sites.

    A motif that left the file is no longer offered, but stays for the appointments that refer to it.
    """
    exclusive(session, "sync_motifs")
    for entry in motifs.values():
        session.merge(_row(entry))
    for site in sorted({site for entry in motifs.values() for site in entry.sites}):
        session.merge(models.Lieu(id=site))
    session.flush()
    session.execute(delete(models.MotifLieu))
    for entry in motifs.values():
        session.add_all(models.MotifLieu(motif_code=entry.code, lieu_id=site) for site in entry.sites)
    session.flush()


def store_motifs(engine: Engine, motifs: Motifs) -> None:
    """Make the database offer these motifs."""
    with Session(engine, future=True) as session, session.begin():
        sync_motifs(session, motifs)


def _row(entry: MotifEntry) -> models.Motif:
    return models.Motif(
        code=entry.code,
        libelle=entry.libelle,
        service=entry.service,
        duration_min=entry.duration_min,
        min_public_booking_delay=entry.min_delay_minutes * 60,
        max_public_booking_delay=entry.max_delay_days * 86400,
    )


def _entry(record: dict[str, Any]) -> MotifEntry:
    try:
        lists = {"sites": tuple(record["sites"]), "papiers": tuple(record["papiers"])}
        entry = MotifEntry(**(record | lists))
    except (KeyError, TypeError) as error:
        raise InvalidMotifs(f"{record.get('code', 'a motif without code')}: {error}") from error
    _check(entry)
    return entry


def _check(entry: MotifEntry) -> None:
    if entry.duration_min <= 0 or entry.duration_min % 5:
        raise InvalidMotifs(f"{entry.code}: duration_min must be a multiple of 5")
    for field, allowed in _WORDS.items():
        if getattr(entry, field) not in allowed:
            raise InvalidMotifs(f"{entry.code}: {field} must be {' or '.join(allowed)}")
    if not entry.sites:
        raise InvalidMotifs(f"{entry.code}: no site offers it")
