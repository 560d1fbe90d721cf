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
    """The messages of a file, in its order. Raises KeyError, TypeError or YAMLError for a file of another format."""
    groups: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]
    for group in groups:
        for line in group["examples"].splitlines():
            if line.startswith(_BULLET):
                yield WrittenExample(line.removeprefix(_BULLET).strip(), group["intent"], group.get("metadata") or {})
