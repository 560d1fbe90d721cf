"""Count training examples by need, urgency and intent, and list near-duplicates.

Usage: python tools/count_examples.py FILE [FILE ...]
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.nlu.examples import written_examples  # noqa: E402
from tools.near_duplicates import near_pairs  # noqa: E402

_BRACKETS = frozenset("[]{}")
"""Rasa would read them as entities."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the counts, then what is wrong."""
    paths = [Path(argument) for argument in (sys.argv[1:] if arguments is None else arguments)]
    examples = [example for path in paths for example in written_examples(path)]
    needs = [example.metadata.get("needs", ()) for example in examples]
    urgencies = [(one.metadata.get("urgency", "-"), one.metadata.get("emergency_kind", "-")) for one in examples]
    print("messages", len(examples), "| with two needs or more", sum(len(some) > 1 for some in needs))
    _print_counts("needs", Counter(need for some in needs for need in some))
    _print_counts("urgency", Counter(urgencies))
    _print_counts("intents", Counter(example.intent for example in examples))
    for text in (example.text for example in examples):
        if _BRACKETS & set(text):
            print("bracket in:", text[:90])
    for one, other in near_pairs([example.text for example in examples]):
        print("near-duplicate:", one[:90], "<>", other[:90])


def _print_counts(title: str, counts: Counter[str] | Counter[tuple[str, str]]) -> None:
    print(title, dict(counts.most_common()))


if __name__ == "__main__":
    main()
