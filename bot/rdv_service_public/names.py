"""What RDV Service Public calls our motifs and our lieux, as `data/booking/rdv_service_public.yml` has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.booking.motifs import Motifs

NAMES_FILE = Path(__file__).parents[2] / "data" / "booking" / "rdv_service_public.yml"


class InvalidNames(ValueError):
    """The file cannot be used; the message is one French line that names the entry and says why."""


@dataclass(frozen=True)
class MotifThere:
    """A motif of ours, there; what the département has not given is None, or empty."""

    nom: str | None = None
    service_id: int | None = None
    motif_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class LieuThere:
    """A lieu of ours, there."""

    lieu_id: int | None = None
    organisation_id: int | None = None
    organisation_external_id: str | None = None


@dataclass(frozen=True)
class Names:
    """Both ways: from our codes to theirs for links, from their ids to ours for webhooks."""

    motifs: Mapping[str, MotifThere] = field(default_factory=dict)
    lieux: Mapping[str, LieuThere] = field(default_factory=dict)

    def motif(self, code: str) -> MotifThere:
        """A motif there; nothing is known of one that the file does not name."""
        return self.motifs.get(code, MotifThere())

    def lieu(self, one_id: str) -> LieuThere:
        """A lieu there, likewise."""
        return self.lieux.get(one_id, LieuThere())

    def our_motif(self, motif_id: int) -> str | None:
        """The code of the motif that has this id there."""
        return next((code for code, there in self.motifs.items() if motif_id in there.motif_ids), None)

    def our_lieu(self, lieu_id: int | None, organisation_id: int | None) -> str | None:
        """The lieu that has this id; without a lieu (telephone, home), the only one of the organisation."""
        if lieu_id is not None:
            return next((ours for ours, there in self.lieux.items() if there.lieu_id == lieu_id), None)
        of_it = [ours for ours, there in self.lieux.items() if there.organisation_id == organisation_id is not None]
        return of_it[0] if len(of_it) == 1 else None


def load_names(motifs: Motifs, path: Path = NAMES_FILE) -> Names:
    """The names of the file, checked against our motifs and their sites. Raises InvalidNames."""
    content = _mapping(path.name, yaml.safe_load(path.read_text(encoding="utf-8")), ("motifs", "lieux"))
    sites = {site for entry in motifs.values() for site in entry.sites}
    names = Names(
        motifs={code: _motif(code, record) for code, record in _known("motifs", content, set(motifs))},
        lieux={one: _lieu(one, record) for one, record in _known("lieux", content, sites)},
    )
    _check_given_once("motif_ids", [one for there in names.motifs.values() for one in there.motif_ids])
    _check_given_once("lieu_id", [there.lieu_id for there in names.lieux.values() if there.lieu_id is not None])
    return names


def _known(section: str, content: Mapping[str, Any], known: set[str]) -> list[tuple[str, Any]]:
    records = _mapping(section, content.get(section) or {}, None)
    for name in records:
        if name not in known:
            raise InvalidNames(f"{section}, « {name} » : aucun de nos motifs ni de leurs lieux ne porte ce nom.")
    return list(records.items())


def _motif(code: str, record: Any) -> MotifThere:
    fields = _mapping(code, record, ("nom", "service_id", "motif_ids"))
    ids = fields.get("motif_ids") or []
    if not isinstance(ids, list):
        raise InvalidNames(f"« {code} », motif_ids : une liste de numéros est attendue.")
    return MotifThere(
        nom=_text(code, "nom", fields.get("nom")),
        service_id=_number(code, "service_id", fields.get("service_id")),
        motif_ids=tuple(_number(code, "motif_ids", one) or 0 for one in ids),
    )


def _lieu(one_id: str, record: Any) -> LieuThere:
    fields = _mapping(one_id, record, ("lieu_id", "organisation_id", "organisation_external_id"))
    return LieuThere(
        lieu_id=_number(one_id, "lieu_id", fields.get("lieu_id")),
        organisation_id=_number(one_id, "organisation_id", fields.get("organisation_id")),
        organisation_external_id=_text(one_id, "organisation_external_id", fields.get("organisation_external_id")),
    )


def _mapping(name: str, value: Any, fields: tuple[str, ...] | None) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidNames(f"« {name} » : des champs sont attendus.")
    unknown = [key for key in value if fields is not None and key not in fields]
    if unknown:
        raise InvalidNames(f"« {name} » : champ inconnu « {unknown[0]} ».")
    return value


def _number(name: str, field_name: str, value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value <= 0):
        raise InvalidNames(f"« {name} », {field_name} : un numéro est attendu ; reçu : {value!r}.")
    return value


def _text(name: str, field_name: str, value: Any) -> str | None:
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise InvalidNames(f"« {name} », {field_name} : un texte est attendu ; reçu : {value!r}.")
    return value


def _check_given_once(field_name: str, ids: list[int]) -> None:
    twice = [one for one in ids if ids.count(one) > 1]
    if twice:
        raise InvalidNames(f"{field_name} : le numéro {twice[0]} est donné deux fois.")
