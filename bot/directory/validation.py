"""The rules a record obeys before anyone is told what it says."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import (
    Draft202012Validator,
    FormatChecker,
    ValidationError,
)

from bot.directory.hours import is_valid as are_valid_hours
from bot.directory.models import DEPARTMENT_NAME, SINGLE_NUMBER_ID, DirectoryError, fold
from bot.directory.phones import is_dialable, same_number
from bot.directory.records import Record

Tables = Mapping[str, Sequence[Record]]

# Fields that identify or classify a record: they state no fact a resident could be told.
BOOKKEEPING = frozenset(
    "id key source structure_id part_of date_maj lien_source reseaux_porteurs thematiques type kind urgency dial"
    " emergency spellings need needs title words".split()
)
REFERENCES = {
    "structure_id": "structures",
    "sites": "structures",
    "part_of": "services",
    "pole": "structures",
}
DATA_INCLUSION = {"structures": "structure", "services": "service"}
SHORT_LIST = 6


def check_tables(tables: Tables, schemas: Path) -> None:
    """Check every record, alone then against the others. Raises DirectoryError at the first fault."""
    for name, records in tables.items():
        _check_shapes(name, records, schemas)
        _check_unique(records)
    for record in _all_records(tables):
        _check_references(record, tables)
        _check_channels(record)
    for name in tables.keys() - {"sources"}:
        for record in tables[name]:
            _check_provenance(record, tables["sources"])
    _check_territory(tables)
    if SINGLE_NUMBER_ID not in _ids(tables["hotlines"]):
        raise DirectoryError(f"hotlines.yml : le numéro unique (fiche « {SINGLE_NUMBER_ID} ») manque")


def _all_records(tables: Tables) -> Iterator[Record]:
    return (record for records in tables.values() for record in records)


def _ids(records: Iterable[Record]) -> set[str]:
    return {record.id for record in records}


def _check_shapes(table: str, records: Sequence[Record], schemas: Path) -> None:
    own = _own_schema(table, schemas)
    shared = _shared_schema(DATA_INCLUSION[table], schemas) if table in DATA_INCLUSION else None
    for record in records:
        if shared is None:
            _check_shape(record, record.raw, own)
            continue
        _check_shape(record, {key: value for key, value in record.raw.items() if key != "project"}, shared)
        _check_shape(record, record.raw.get("project"), own, ("project",))


def _own_schema(table: str, schemas: Path) -> dict[str, Any]:
    definitions = _read_schema(schemas / "project.json")["$defs"]
    name = "commune" if table == "elsewhere" else table.removesuffix("s")
    return {"$ref": f"#/$defs/{name}", "$defs": definitions}


def _shared_schema(name: str, schemas: Path) -> dict[str, Any]:
    # data.inclusion lets unknown fields pass: here they are misspellings.
    return {**_read_schema(schemas / "v1" / f"{name}.json"), "additionalProperties": False}


def _read_schema(path: Path) -> dict[str, Any]:
    try:
        schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DirectoryError(f"{path.name} : schéma introuvable ou illisible dans {path.parent}") from None
    return schema


def _check_shape(record: Record, value: Any, schema: dict[str, Any], prefix: tuple[str, ...] = ()) -> None:
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    error = next(iter(validator.iter_errors(value)), None)
    if error is not None:
        raise record.error(_in_french(_innermost(error), prefix))


def _innermost(error: ValidationError) -> ValidationError:
    inner = [_innermost(cause) for cause in error.context or ()]
    return max([error, *inner], key=lambda candidate: len(candidate.absolute_path))


def _in_french(error: ValidationError, prefix: tuple[str, ...]) -> str:
    field = ".".join(str(part) for part in (*prefix, *error.absolute_path)) or "fiche"
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return f"champ obligatoire absent : « {'.'.join((*prefix, *map(str, error.absolute_path), missing))} »"
    if error.validator == "additionalProperties":
        unknown = sorted(set(error.instance) - set(error.schema["properties"]))
        return f"champ inconnu : « {unknown[0]} » (sous « {field} »)"
    return f"champ « {field} » : valeur {_quoted(error.instance)} refusée{_expected(error)}"


def _quoted(value: Any) -> str:
    return f"« {json.dumps(value, ensure_ascii=False).strip(chr(34))} »"


def _expected(error: ValidationError) -> str:
    if error.validator == "enum" and len(error.validator_value) <= SHORT_LIST:
        return f" (attendu : {', '.join(json.dumps(value).strip(chr(34)) for value in error.validator_value)})"
    return " par le schéma"


def _check_unique(records: Sequence[Record]) -> None:
    counts = Counter(record.id for record in records)
    for record in records:
        if counts[record.id] > 1:
            raise record.error("identifiant employé plus d'une fois")


def _check_references(record: Record, tables: Tables) -> None:
    for field, table in REFERENCES.items():
        value = record.fields.get(field) or []
        for target in value if isinstance(value, list) else [value]:
            if target not in _ids(tables[table]):
                raise record.error(f"champ « {field} » : « {target} » n'existe pas dans {table}.yml")


def _check_channels(record: Record) -> None:
    for field in ("telephone", "dial"):
        phone = record.fields.get(field)
        if phone is not None and not is_dialable(phone):
            raise record.error(f"champ « {field} » : « {phone} » n'est pas un numéro de téléphone valable")
    if "dial" in record.fields and not same_number(record.fields["number"], record.fields["dial"]):
        raise record.error("les champs « number » et « dial » ne sont pas le même numéro")
    for field in ("horaires_accueil", "opening_hours"):
        hours = record.fields.get(field)
        if hours is not None and not are_valid_hours(hours):
            raise record.error(f"champ « {field} » : « {hours} » n'est pas un horaire OpenStreetMap")


def _check_provenance(record: Record, sources: Sequence[Record]) -> None:
    facts = {field for field, value in record.fields.items() if value not in (None, [])} - BOOKKEEPING
    for field in sorted(facts - record.provenance.keys()):
        raise record.error(f"champ « {field} » : provenance absente")
    for field in sorted(record.provenance.keys() - facts):
        raise record.error(f"provenance donnée pour « {field} », que la fiche ne contient pas")
    dates = {source.id: source.fields["date"] for source in sources}
    for field, origin in record.provenance.items():
        _check_origin(record, field, origin, dates)


def _check_origin(record: Record, field: str, origin: Mapping[str, Any], dates: Mapping[str, str | None]) -> None:
    if origin["source"] not in dates:
        raise record.error(f"champ « {field} » : source « {origin['source']} » absente de sources.yml")
    if origin["source_date"] != dates[origin["source"]]:
        raise record.error(f"champ « {field} » : la date de la source n'est pas celle de sources.yml")


def _check_territory(tables: Tables) -> None:
    """Each name leads to one place, and a pôle serves exactly the communes that name it."""
    _check_place_names([*tables["communes"], *tables["elsewhere"]])
    known = _ids(tables["communes"]) | {DEPARTMENT_NAME}
    for record in tables["structures"]:
        served = set(record.fields.get("serves", []))
        for name in sorted(served - known):
            raise record.error(f"champ « serves » : « {name} » n'est pas une commune de communes.yml")
        pointing = {commune.id for commune in tables["communes"] if commune.fields.get("pole") == record.id}
        if (pointing or record.fields["kind"] == "pole") and pointing != served:
            raise record.error("champ « serves » : pas les mêmes communes que dans communes.yml")


def _check_place_names(places: Sequence[Record]) -> None:
    owners: dict[str, str] = {}
    for place in places:
        for name in (place.id, *place.fields["aliases"], *place.fields.get("postcodes", [])):
            if owners.setdefault(fold(name), place.id) != place.id:
                raise place.error(f"le nom « {name} » désigne déjà « {owners[fold(name)]} »")
