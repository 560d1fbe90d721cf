"""What a JSON Schema refuses, said in French and without repeating any value: a value may be somebody's message."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

_TYPES = {"string": "un texte", "array": "une liste", "object": "un objet", "null": "vide"}
_SAYINGS = {
    "pattern": "n'a pas la forme attendue",
    "format": "n'est pas une date (AAAA-MM-JJ)",
    "minLength": "est vide",
    "maxLength": "est trop long",
    "uniqueItems": "contient deux fois la même valeur",
}


@cache
def schema_checker(name: str) -> Draft202012Validator:
    """The checker of a schema of this folder."""
    schema = json.loads((Path(__file__).parent / f"{name}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())


def shape_faults(value: Any, name: str) -> list[str]:
    """What the schema `name` refuses in a value, a French sentence each."""
    return [sentence for error in schema_checker(name).iter_errors(value) for sentence in _in_french(error)]


def _in_french(error: ValidationError) -> Iterator[str]:
    field = ".".join(str(part) for part in error.absolute_path)
    place = f"champ « {field} »" if field else "l'ensemble"
    if error.validator == "required":
        yield f"champ obligatoire absent : « {_below(field, _missing(error))} »"
    elif error.validator == "additionalProperties":
        unknown = len(set(error.instance) - set(error.schema["properties"]))
        yield f"{place} : {unknown} champ(s) de trop ; attendus : {', '.join(error.schema['properties'])}"
    elif error.validator == "enum":
        yield f"{place} : valeur inconnue ; attendu : {', '.join(map(_shown, error.validator_value))}"
    elif error.validator == "type":
        yield f"{place} : doit être {_TYPES[error.validator_value]}"
    else:
        yield f"{place} : {_SAYINGS[str(error.validator)]}"


def _missing(error: ValidationError) -> str:
    # The library makes one error for each missing field, and names it only in its message.
    return str(error.message).split("'")[1]


def _below(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _shown(value: str | None) -> str:
    return "null" if value is None else value
