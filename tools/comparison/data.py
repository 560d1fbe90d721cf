"""The project's training messages as a stock pipeline can learn them."""

from collections.abc import Sequence
from pathlib import Path

from tools.comparison.labels import intents
from tools.evaluation.readings import Example
from tools.evaluation.sets import load_set


def training_messages(folder: Path) -> list[Example]:
    """Every message of the training data. Raises EvaluationSetError."""
    return [example for path in sorted(folder.glob("*.yml")) for example in load_set(path)]


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
