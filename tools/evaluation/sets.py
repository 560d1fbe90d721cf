"""Evaluation sets: Rasa NLU YAML whose metadata say what each message means, and how it is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.examples import WrittenExample, written_examples
from bot.settings import ROOT
from tools.evaluation.readings import OUT_OF_SCOPE_INTENT, Example, Reading

REPORTED = (ROOT / "evaluation" / "jugement.yml", ROOT / "evaluation" / "jugement_ailleurs.yml")
"""The sets of the report: written for this, and worded as in other places."""

DEVELOPMENT = ROOT / "evaluation" / "development.yml"
"""The set on which thresholds, words and parts of the model are chosen; never reported."""

_OF_MEANING = frozenset({"needs", "urgency", "emergency_kind", "commune", "language"})
_OF_MANNER = frozenset({"voice"})


class EvaluationSetError(Exception):
    """The sets cannot be read; the message is one clear line."""


def load_sets(paths: Sequence[Path]) -> dict[str, list[Example]]:
    """The messages of each file, by its name. Raises EvaluationSetError."""
    if len({path.name for path in paths}) < len(paths):
        raise EvaluationSetError("two evaluation sets have the same file name: the report could not tell them apart")
    return {path.name: load_set(path) for path in paths}


def load_set(path: Path) -> list[Example]:
    """Every message of one file with what it means. Raises EvaluationSetError."""
    try:
        examples = [_with_meaning(written) for written in written_examples(path)]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise EvaluationSetError(f"{path} is not an evaluation set: {error!r}") from error
    if not examples:
        raise EvaluationSetError(f"{path} holds no message")
    return examples


def _with_meaning(written: WrittenExample) -> Example:
    return Example(written.text, _expected(written.intent, written.metadata), written.metadata.get("voice"))


def _expected(intent: str, metadata: dict[str, Any]) -> Reading:
    if unknown := set(metadata) - _OF_MEANING - _OF_MANNER:
        raise KeyError(f"unknown metadata {sorted(unknown)}")
    told = {key: metadata[key] for key in _OF_MEANING - {"needs"} if metadata.get(key) is not None}
    needs = frozenset(metadata.get("needs") or ())
    return Reading(intent=intent, needs=needs, out_of_scope=intent == OUT_OF_SCOPE_INTENT, **told)
