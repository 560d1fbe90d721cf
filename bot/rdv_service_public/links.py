"""Links that carry a resident to the right place of RDV Service Public (booking.md 3.4). Pure functions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from bot.booking.motifs import MotifEntry
from bot.clock import PARIS
from bot.directory.models import DEPARTMENT, fold
from bot.rdv_service_public.names import LieuThere, MotifThere

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Place:
    """One motif at one lieu, in their words and in ours."""

    entry: MotifEntry
    motif: MotifThere
    lieu: LieuThere

    @property
    def slug(self) -> str:
        """The motif and where one is received: `consultation_pmi-public_office`."""
        return motif_slug(self.motif.nom or self.entry.libelle, self.entry.location_type)


def motif_slug(name: str, location_type: str) -> str:
    """Unaccented lower case, what is no letter nor digit as one `_`, then `-` and the location type."""
    return f"{_NOT_A_LETTER.sub('_', fold(name)).strip('_')}-{location_type}"


def search_link(base_url: str, place: Place, city_code: str | None) -> str:
    """Where a resident of this commune chooses a time; `city_code` is its INSEE code, None when not known.

    Of a silent motif the link says the town only: links stay in a telephone's history, and are read over a shoulder.
    """
    town = [("departement", DEPARTMENT), ("city_code", city_code)]
    if place.entry.silent:
        return _link(base_url, "/prendre_rdv", town)
    return _link(
        base_url,
        "/prendre_rdv",
        [
            *town,
            ("motif_name_with_location_type", place.slug),
            ("service_id", place.motif.service_id),
            ("lieu_id", place.lieu.lieu_id),
            ("public_link_organisation_id", place.lieu.organisation_id),
        ],
    )


def slot_link(base_url: str, place: Place, motif_id: int, starts_at: datetime) -> str:
    """Where one books the one slot that starts then; `motif_id` is theirs, and the time is that of Paris clocks."""
    return _link(
        base_url,
        "/creneaux",
        [
            ("starts_at", starts_at.astimezone(PARIS).strftime("%Y-%m-%d %H:%M")),
            ("lieu_id", place.lieu.lieu_id),
            ("motif_id", motif_id),
            ("public_link_organisation_id", place.lieu.organisation_id),
            ("duration", place.entry.duration_min),
        ],
    )


def _link(base_url: str, path: str, parameters: Iterable[tuple[str, str | int | None]]) -> str:
    """What is not known is left out."""
    return f"{base_url}{path}?{urlencode([(name, value) for name, value in parameters if value is not None])}"
