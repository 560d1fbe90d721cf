"""An evaluation set: Rasa NLU YAML whose metadata say what each message means."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tools.metrics import OUT_OF_SCOPE_INTENT, Reading

METADATA = frozenset({"needs", "urgency", "emergency_kind", "commune", "language"})


class EvaluationSetError(Exception):
    """The set cannot be read; the message is one clear line."""


def load_evaluation_set(path: Path) -> list[tuple[str, Reading]]:
    """Every message of the set with what it means. Raises EvaluationSetError."""
    try:
        groups = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        return [example for group in groups for example in _examples(group)]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise EvaluationSetError(f"{path} is not an evaluation set: {error!r}") from error


def _examples(group: dict[str, Any]) -> Iterator[tuple[str, Reading]]:
    expected = _expected(group["intent"], group.get("metadata") or {})
    for line in group["examples"].splitlines():
        if line.startswith("- "):
            yield line.removeprefix("- ").strip(), expected


def _expected(intent: str, metadata: dict[str, Any]) -> Reading:
    if unknown := set(metadata) - METADATA:
        raise KeyError(f"unknown metadata {sorted(unknown)}")
    named = {key: value for key, value in metadata.items() if key != "needs" and value is not None}
    needs = frozenset(metadata.get("needs") or ())
    return Reading(intent=intent, needs=needs, out_of_scope=intent == OUT_OF_SCOPE_INTENT, **named)
