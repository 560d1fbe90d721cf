"""The project's training messages as a stock pipeline can learn them."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.nlu.letters import FRENCH
from tools.comparison.labels import intents
from tools.evaluation.readings import Example
from tools.evaluation.sets import load_set

_SEED = 20261121


def training_messages(folder: Path) -> list[Example]:
    """Every message of the training data. Raises EvaluationSetError."""
    return [example for path in sorted(folder.glob("*.yml")) for example in load_set(path)]


def write_sample(examples: Sequence[Example], size: int, path: Path) -> None:
    """Write some of the messages as data/nlu does, the same at each run. DIET takes hours to learn from all of them."""
    drawn = random.Random(_SEED).sample(examples, min(size, len(examples)))
    path.parent.mkdir(parents=True, exist_ok=True)
    written = {"version": "3.1", "nlu": [_as_written(one) for one in drawn]}
    path.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")  # JSON is YAML too


def _as_written(example: Example) -> dict[str, Any]:
    meaning = example.expected
    metadata: dict[str, Any] = {"needs": sorted(meaning.needs), "urgency": meaning.urgency}
    if meaning.emergency_kind:
        metadata["emergency_kind"] = meaning.emergency_kind
    if meaning.language != FRENCH:
        metadata["language"] = meaning.language
    return {"intent": meaning.intent, "metadata": metadata, "examples": f"- {example.text}\n"}


def write_stock_data(examples: Sequence[Example], path: Path) -> None:
    """Write the same messages, in the same order within an intent, each with one intent."""
    texts: dict[str, list[str]] = {}
    for example, intent in zip(examples, intents(examples), strict=True):
        texts.setdefault(intent, []).append(example.text)
    path.parent.mkdir(parents=True, exist_ok=True)
    groups = [_group(intent, lines) for intent, lines in sorted(texts.items())]
    path.write_text("".join(['version: "3.1"\nnlu:\n', *groups]), encoding="utf-8")


def _group(intent: str, lines: Sequence[str]) -> str:
    """One intent as Rasa's YAML, the lines left as they stand in data/nlu."""
    return f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {line}\n" for line in lines)
