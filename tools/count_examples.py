"""Count training examples by need, urgency and intent, and list near-duplicates.

Usage: python tools/count_examples.py FILE [FILE ...]
"""

import collections
import itertools
import sys

import yaml


def grams(text: str) -> set[str]:
    """Character trigrams of a message, case and spacing folded."""
    folded = " ".join(text.lower().split())
    return {folded[i : i + 3] for i in range(len(folded) - 2)}


def main() -> None:
    """Print the counts, then what is wrong."""
    by_need: collections.Counter[str] = collections.Counter()
    by_urgency: collections.Counter[tuple[str, str]] = collections.Counter()
    by_intent: collections.Counter[str] = collections.Counter()
    texts: list[tuple[str, str]] = []
    several = 0
    for path in sys.argv[1:]:
        for group in yaml.safe_load(open(path, encoding="utf-8"))["nlu"]:
            meta = group.get("metadata", {})
            lines = [line[2:].strip() for line in group["examples"].splitlines() if line.startswith("- ")]
            bad = [line for line in group["examples"].splitlines() if line.strip() and not line.startswith("- ")]
            if bad:
                print(f"{path}: not a one-line example: {bad[0][:80]!r}")
            for text in lines:
                texts.append((path, text))
                by_intent[group["intent"]] += 1
                by_urgency[(meta.get("urgency", "-"), meta.get("emergency_kind", "-"))] += 1
                several += len(meta.get("needs", [])) > 1
                for need in meta.get("needs", []):
                    by_need[need] += 1
                if any(mark in text for mark in "[]{}"):
                    print(f"{path}: bracket in {text[:80]!r}")
    print("messages", len(texts), "| with two needs or more", several)
    for title, counter in (("needs", by_need), ("urgency", by_urgency), ("intents", by_intent)):
        print(title, dict(counter.most_common()))
    known = [(path, text, grams(text)) for path, text in texts]
    for (_, one, a), (_, two, b) in itertools.combinations(known, 2):
        if a and b and min(len(a), len(b)) / max(len(a), len(b)) > 0.7 and len(a & b) / len(a | b) > 0.7:
            print("near-duplicate:", one[:90], "<>", two[:90])


if __name__ == "__main__":
    main()
