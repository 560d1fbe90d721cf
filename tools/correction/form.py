"""The form of a correction: one JSON line for each corrected reading (correction.schema.json)."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.nlu.labels import SITUATION_INTENT
from tools.correction.project import CorrectionError
from tools.correction.shapes import shape_faults


@dataclass(frozen=True)
class Label:
    """What a message means. `commune` only where it is what was corrected."""

    intent: str = SITUATION_INTENT
    needs: tuple[str, ...] = ()
    urgency: str = "none"
    emergency_kind: str | None = None
    commune: str | None = None

    @property
    def teaches(self) -> tuple[str, frozenset[str], str, str | None]:
        """What a model learns from it: the order of needs is not learned, nor the commune."""
        return self.intent, frozenset(self.needs), self.urgency, self.emergency_kind


@dataclass(frozen=True)
class Correction:
    """One reading an agent corrected. `line` is where it stands in its file."""

    id: str
    text: str
    read: Label
    right: Label
    reason: str | None
    date: str
    line: int = 0


def load_corrections(path: Path) -> list[Correction]:
    """The corrections of a file. Raises CorrectionError, naming each line that cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path} : fichier illisible ({type(error).__name__})") from error
    written = {number: _parsed(line) for number, line in enumerate(lines, 1) if line.strip()}
    faults = [f"ligne {number} : {fault}" for number, value in written.items() for fault in _faults(value)]
    faults += _repeated(written)
    if faults:
        raise CorrectionError("\n".join(faults))
    return [correction_of(value, number) for number, value in written.items()]


def correction_of(value: Mapping[str, Any], line: int = 0) -> Correction:
    """The correction a JSON object of the right form says."""
    return Correction(
        id=value["id"],
        text=value["text"],
        read=_label(value["read"]),
        right=_label(value["right"]),
        reason=value.get("reason"),
        date=value["date"],
        line=line,
    )


def json_line(correction: Correction) -> str:
    """The correction as its line of a file: what the console writes."""
    written: dict[str, Any] = {"id": correction.id, "text": correction.text}
    written |= {"read": _written(correction.read), "right": _written(correction.right)}
    written |= {"reason": correction.reason} if correction.reason else {}
    return json.dumps(written | {"date": correction.date}, ensure_ascii=True)


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _faults(value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "ce n'est pas un objet JSON"
        return
    yield from shape_faults(value, "correction")


def _repeated(written: Mapping[int, Any]) -> Iterator[str]:
    ids = {
        number: str(value.get("id")) for number, value in written.items() if isinstance(value, dict) and "id" in value
    }
    counts = Counter(ids.values())
    yield from (f"ligne {number} : identifiant employé plus d'une fois" for number in ids if counts[ids[number]] > 1)


def _label(value: Mapping[str, Any]) -> Label:
    return Label(
        intent=value.get("intent", SITUATION_INTENT),
        needs=tuple(value["needs"]),
        urgency=value["urgency"],
        emergency_kind=value["emergency_kind"],
        commune=value.get("commune"),
    )


def _written(label: Label) -> dict[str, Any]:
    written = {"needs": list(label.needs), "urgency": label.urgency, "emergency_kind": label.emergency_kind}
    commune = {"commune": label.commune} if label.commune else {}
    return {"intent": label.intent, **written, **commune}
