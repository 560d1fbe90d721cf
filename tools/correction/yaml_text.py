"""Training YAML as the project writes it by hand."""

import json
from collections.abc import Mapping, Sequence

from bot.nlu.labels import SITUATION_INTENT
from tools.correction.form import Label

HEADER = 'version: "3.1"\nnlu:\n'


def group(label: Label, texts: Sequence[str], notes: Mapping[str, str] | None = None) -> str:
    """One group of messages with the same label; `notes` are further lines of its metadata."""
    metadata = {**_meaning(label), **(notes or {})}
    lines = [f"- intent: {label.intent}"]
    lines += ["  metadata:", *(f"    {key}: {value}" for key, value in metadata.items())] if metadata else []
    lines += ["  examples: |", *(f"    - {text}" for text in texts)]
    return "\n".join(lines) + "\n"


def listed(words: Sequence[str]) -> str:
    """A list on one line; words that YAML could misread are quoted."""
    return "[" + ", ".join(word if _is_code(word) else json.dumps(word, ensure_ascii=False) for word in words) + "]"


def _is_code(word: str) -> bool:
    return word.isascii() and word.islower() and len(word) > len("off")


def _meaning(label: Label) -> dict[str, str]:
    if label.intent != SITUATION_INTENT:
        return {}
    meaning = {"needs": listed(label.needs), "urgency": label.urgency}
    return meaning | ({"emergency_kind": label.emergency_kind} if label.emergency_kind else {})
