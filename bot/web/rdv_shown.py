"""An appointment as pages show it."""

from datetime import datetime
from typing import Literal

from bot.booking import motifs
from bot.booking.views import RdvView
from bot.directory.hours import spoken_date
from bot.web.services import Services

State = Literal["coming", "begun", "over", "seen", "missed", "cancelled_by_you", "cancelled_by_service"]
UNKNOWN_MOTIF = "Rendez-vous au pôle social"
"""Of a motif that left the motifs file."""
PLACES = {"phone": "Par téléphone : le service vous appelle", "home": "Chez vous"}
"""Where one is received, when it is not on site."""


def shown(rdv: RdvView, rooms: Services) -> dict[str, object]:
    """What its pages and the agents' list tell of it."""
    motif = rooms.motifs.get(rdv.motif)
    return {
        "code": rdv.code,
        "motif": motif.libelle if motif else UNKNOWN_MOTIF,
        "place": place_of(rdv, rooms),
        "address_known": not _on_site(rdv, rooms) or has_address(rdv.lieu, rooms),
        "starts_at_text": spoken_date(rdv.starts_at),
        "duration_min": rdv.duration_min,
        "status": rdv.status,
        "state": state_of(rdv, rooms.clock()),
        "local": rdv.backend == "local",
        "papers": motif.papiers if motif else (),
        "first_name": rdv.first_name,
    }


def state_of(rdv: RdvView, now: datetime) -> State:
    """Where the appointment stands, for the person who has it."""
    if rdv.status == "cancelled":
        return "cancelled_by_you" if rdv.detail == "excused" else "cancelled_by_service"
    if rdv.detail == "seen":
        return "seen"
    if rdv.detail == "noshow":
        return "missed"
    if now < rdv.starts_at:
        return "coming"
    return "begun" if now < rdv.ends_at else "over"


def can_change(rdv: RdvView, rooms: Services) -> bool:
    """Whether its owner can still move or cancel it here."""
    return rdv.backend == "local" and state_of(rdv, rooms.clock()) == "coming"


def is_silent(rdv: RdvView, rooms: Services) -> bool:
    """Whether nothing may be written about it."""
    return motifs.is_silent(rdv.motif, rooms.motifs)


def place_of(rdv: RdvView, rooms: Services, lieu: str | None = None) -> str:
    """Where one is received, at its own site unless another is given."""
    motif = rooms.motifs.get(rdv.motif)
    elsewhere = PLACES.get(motif.location_type) if motif else None
    return elsewhere or rooms.renderer.place(lieu or rdv.lieu)


def has_address(lieu: str, rooms: Services) -> bool:
    """Whether the address of a site was verified."""
    site = rooms.directory.structures.get(lieu)
    return bool(site and site.address)


def _on_site(rdv: RdvView, rooms: Services) -> bool:
    motif = rooms.motifs.get(rdv.motif)
    return motif is None or motif.location_type == "public_office"
