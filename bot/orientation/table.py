"""The orientation table: one record per need code, written so that a social worker can read and change it.

Each need has a label, a rank, and rows tried from top to bottom: the first row whose conditions hold gives the doors.
The files of `data/orientation` say what each key means; docs/orientation.md shows how to change them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

TABLE = Path(__file__).parents[2] / "data" / "orientation"

Mode = Literal["walk_in", "appointment", "phone", "online", "refer"]
Urgency = Literal["none", "soon", "emergency"]
EmergencyKind = Literal["violence", "child", "suicide", "medical", "shelter"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)


class TableError(ValueError):
    """The orientation table cannot be used; the message is one French line naming file and need."""


@dataclass(frozen=True)
class Door:
    """Where a row sends: a hotline, or a service with the way in; `motif` when it can be booked."""

    hotline: str | None
    service: str | None
    mode: Mode
    motif: str | None


@dataclass(frozen=True)
class Row:
    """One rule of a need.

    `label` names what happened where the need's own label would say too much or too little (None: the need's own);
    `alert` stands before the numbers of an emergency where the words of its kind would not fit.
    `urgencies`, `kinds`, `signs` and `with_needs` are its conditions (empty: no condition; any of those named is
    enough). `level` is facts.md's: 3 life or safety now, 2 today, 1 this week, 0 can wait. `numbers` are hotlines
    shown beside the doors, `closed` the one that holds while the doors are shut.
    """

    urgencies: frozenset[str]
    kinds: frozenset[str]
    signs: frozenset[str]
    with_needs: frozenset[str]
    level: int
    doors: tuple[Door, ...]
    numbers: tuple[str, ...]
    closed: str | None
    label: str | None
    alert: str | None
    why: str
    why_sms: str


@dataclass(frozen=True)
class NeedEntry:
    """A need code: how it is named to the person, its rank among equally urgent ones, its rows."""

    code: str
    label: str
    button: str
    rank: int
    rows: tuple[Row, ...]


Table = Mapping[str, NeedEntry]


def load_table(folder: Path = TABLE) -> Table:
    """The table of all needs; raises TableError where a record cannot be read."""
    return {entry.code: entry for path in sorted(folder.glob("*.yml")) for entry in _entries(path)}


def _entries(path: Path) -> Iterator[NeedEntry]:
    for code, record in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        try:
            yield _entry(code, record)
        except (KeyError, TypeError, ValueError) as error:
            raise TableError(f"{path.name}, besoin « {code} » : {error!r}") from error


def _entry(code: str, record: dict[str, Any]) -> NeedEntry:
    rows = tuple(_row(row) for row in record["rows"])
    if not rows or rows[-1].urgencies or rows[-1].kinds or rows[-1].signs or rows[-1].with_needs:
        raise ValueError("la dernière ligne doit être sans condition")
    return NeedEntry(code, record["label"], record["button"], int(record["rank"]), rows)


def _row(row: dict[str, Any]) -> Row:
    when = row.get("when") or {}
    unknown = set(row) - {"when", "level", "doors", "numbers", "closed", "label", "alert", "why", "sms"}
    if unknown or set(when) - {"urgency", "kind", "sign", "with"}:
        raise ValueError(f"clé inconnue : {sorted(unknown | set(when))}")
    return Row(
        urgencies=frozenset(when.get("urgency", ())),
        kinds=frozenset(when.get("kind", ())),
        signs=frozenset(when.get("sign", ())),
        with_needs=frozenset(when.get("with", ())),
        level=int(row["level"]),
        doors=tuple(_door(door) for door in row["doors"]),
        numbers=tuple(row.get("numbers", ())),
        closed=row.get("closed"),
        label=row.get("label"),
        alert=row.get("alert"),
        why=row["why"].strip(),
        why_sms=row["sms"].strip(),
    )


def _door(door: dict[str, Any]) -> Door:
    if "hotline" in door:
        return Door(hotline=door["hotline"], service=None, mode="phone", motif=None)
    if door["mode"] not in get_args(Mode):
        raise ValueError(f"mode inconnu : {door['mode']}")
    return Door(hotline=None, service=door["service"], mode=door["mode"], motif=door.get("motif"))
