"""The messages one learns from and is judged by, as the project writes them (docs/training-data.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_BULLET = "- "


@dataclass(frozen=True)
class WrittenExample:
    """One message, with the intent and the metadata of its group."""

    text: str
    intent: str
    metadata: dict[str, Any]
    """Empty when the group has none."""


def written_examples(path: Path) -> Iterator[WrittenExample]:
    """The messages of a file, in its order.

    Raises OSError when the file is missing, UnicodeDecodeError, YAMLError, KeyError or TypeError for another format.
    """
    groups: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]
    for group in groups:
        for line in str.splitlines(group["examples"]):
            if line.strip() and not line.startswith(_BULLET):
                raise TypeError(f"{path.name}: not one message a line: {line[:80]!r}")
            if line.strip():
                yield WrittenExample(line.removeprefix(_BULLET).strip(), group["intent"], group.get("metadata") or {})
