"""Reads data/directory, checks every record, and hands over the directory."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from bot.directory.models import (
    Commune,
    Directory,
    Fact,
    Hotline,
    Programme,
    Provenance,
    Service,
    Source,
    Structure,
    Term,
    Trade,
)
from bot.directory.phones import displayed
from bot.directory.records import Record, read_records
from bot.directory.validation import check_tables

DEFAULT_PATH = Path(__file__).parents[2] / "data" / "directory"
FILES = ("sources", "structures", "services", "hotlines", "trades", "programmes", "terms", "facts")
PLACES = ("communes", "elsewhere")

Built = TypeVar("Built")


def load_directory(path: Path = DEFAULT_PATH) -> Directory:
    """The directory of a folder. Raises DirectoryError, naming file and record, when a rule is broken."""
    tables = {name: read_records(path / f"{name}.yml") for name in FILES}
    tables |= {section: read_records(path / "communes.yml", section) for section in PLACES}
    check_tables(tables, path / "schemas")
    return Directory(
        structures=_by_id(tables["structures"], _structure),
        services=_by_id(tables["services"], _service),
        hotlines=_by_id(tables["hotlines"], _hotline),
        communes=_by_id(tables["communes"], _commune),
        elsewhere=_by_id(tables["elsewhere"], _commune),
        trades=_by_id(tables["trades"], _trade),
        programmes=_by_id(tables["programmes"], _programme),
        terms=_by_id(tables["terms"], _term),
        facts=_by_id(tables["facts"], _fact),
        sources=_by_id(tables["sources"], _source),
    )


def _by_id(records: Sequence[Record], build: Callable[[Record], Built]) -> Mapping[str, Built]:
    return {record.id: build(record) for record in records}


def _structure(record: Record) -> Structure:
    field = record.fields.get
    return Structure(
        id=record.id,
        name=record.fields["nom"],
        kind=record.fields["kind"],
        description=field("description"),
        updated_on=date.fromisoformat(record.fields["date_maj"]),
        commune=field("commune"),
        postcode=field("code_postal"),
        insee_code=field("code_insee"),
        address=field("adresse"),
        address_details=field("complement_adresse"),
        phone=_phone(record),
        phone_dial=field("telephone"),
        email=field("courriel"),
        website=field("site_web"),
        opening_hours=field("horaires_accueil"),
        hours_text=field("hours_text"),
        accessibility=field("accessibilite_lieu"),
        transport=field("transport"),
        languages=_several(record, "languages"),
        serves=_several(record, "serves"),
        provenance=_provenance(record),
    )


def _service(record: Record) -> Service:
    field = record.fields.get
    return Service(
        id=record.id,
        structure_id=record.fields["structure_id"],
        name=record.fields["nom"],
        description=record.fields["description"],
        updated_on=date.fromisoformat(record.fields["date_maj"]),
        themes=_several(record, "thematiques"),
        audiences=_several(record, "publics"),
        audience_details=field("publics_precisions"),
        access_conditions=field("conditions_acces"),
        access_details=field("mobilisation_precisions"),
        access_modes=_several(record, "modes_mobilisation"),
        cost=field("frais"),
        phone=_phone(record),
        phone_dial=field("telephone"),
        email=field("courriel"),
        booking_url=field("lien_mobilisation"),
        address=field("adresse"),
        opening_hours=field("horaires_accueil"),
        sites=_several(record, "sites"),
        walk_in=field("walk_in"),
        by_appointment=field("by_appointment"),
        urgency=record.fields["urgency"],
        part_of=field("part_of"),
        provenance=_provenance(record),
    )


def _hotline(record: Record) -> Hotline:
    return Hotline(**record.fields, provenance=_provenance(record))


def _commune(record: Record) -> Commune:
    field = record.fields.get
    return Commune(
        name=record.id,
        department=record.fields["department"],
        aliases=_several(record, "aliases"),
        insee_code=field("insee_code"),
        postcodes=_several(record, "postcodes"),
        pole=field("pole"),
        sst=field("sst"),
        provenance=_provenance(record),
    )


def _trade(record: Record) -> Trade:
    sites = {"sites": _several(record, "sites")}
    return Trade(**{**record.fields, **sites}, provenance=_provenance(record))


def _programme(record: Record) -> Programme:
    return Programme(**record.fields, provenance=_provenance(record))


def _term(record: Record) -> Term:
    spellings = {"spellings": _several(record, "spellings")}
    return Term(**{**record.fields, **spellings}, provenance=_provenance(record))


def _fact(record: Record) -> Fact:
    return Fact(
        id=record.id,
        name=record.fields["title"],
        needs=_several(record, "needs"),
        words=_several(record, "words"),
        text=record.fields["text"],
        sms=record.fields["sms"],
        provenance=_provenance(record),
    )


def _source(record: Record) -> Source:
    return Source(record.id, record.fields["title"], record.fields["url"], _date(record.fields["date"]))


def _provenance(record: Record) -> Mapping[str, Provenance]:
    return {field: _origin(origin) for field, origin in record.provenance.items()}


def _origin(origin: Mapping[str, Any]) -> Provenance:
    return Provenance(
        source=origin["source"],
        source_date=_date(origin["source_date"]),
        verified_on=date.fromisoformat(origin["verified_on"]),
        confidence=origin["confidence"],
        note=origin.get("note"),
    )


def _phone(record: Record) -> str | None:
    dial = record.fields.get("telephone")
    return displayed(dial) if dial else None


def _several(record: Record, field: str) -> tuple[str, ...]:
    return tuple(record.fields.get(field) or ())


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
