"""One record of a data file, as it is read: its fields side by side, and where each of them comes from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.directory.models import DirectoryError

NAMES_OF_ID = ("id", "key", "name")


@dataclass(frozen=True)
class Record:
    """A record, its place for messages, its content: `raw` as written, `fields` with `project` unfolded."""

    file: str
    id: str
    raw: Mapping[str, Any]
    fields: Mapping[str, Any]
    provenance: Mapping[str, Mapping[str, Any]]

    def error(self, problem: str) -> DirectoryError:
        """The error to raise about this record, in one French line."""
        return DirectoryError(f"{self.file}, fiche « {self.id} » : {problem}")


def read_records(path: Path, section: str | None = None) -> list[Record]:
    """The records of a file, or of one section of it. Raises DirectoryError when they cannot be read."""
    document = _read(path)
    entries = document.get(section) if section and isinstance(document, dict) else document
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DirectoryError(
            f"{path.name} : une liste de fiches est attendue" + (f" sous « {section} »" if section else "")
        )
    return [_record(path.name, position, entry) for position, entry in enumerate(entries, start=1)]


def _read(path: Path) -> Any:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except OSError:
        raise DirectoryError(f"{path.name} : fichier introuvable ou illisible dans {path.parent}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", ligne {mark.line + 1}" if mark else ""
        raise DirectoryError(f"{path.name}{line} : YAML mal écrit") from None
    return json.loads(json.dumps(document, default=str))  # dates become text, as JSON Schema expects


def _record(file: str, position: int, raw: dict[str, Any]) -> Record:
    name = next((raw[key] for key in NAMES_OF_ID if raw.get(key)), f"n° {position}")
    project = raw.get("project")
    own = project if isinstance(project, dict) else {}
    provenance = own.get("provenance", raw.get("provenance"))
    fields = {key: value for key, value in {**raw, **own}.items() if key not in ("project", "provenance")}
    return Record(file, str(name), raw, fields, provenance if isinstance(provenance, dict) else {})
