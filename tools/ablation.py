"""What each part of the needs model brings, and what more examples would: trained without it, or on fewer messages.

Usage: python tools/ablation.py [--curve] [--out results/ablation.json]

Each line is one training (a minute and a half on two cores) read on the development set, by the scorer alone too;
`--curve` trains on growing shares of the examples instead.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.nlu.labels import Labelled  # noqa: E402
from bot.nlu.needs import Settings  # noqa: E402
from tools.laboratory import Trial, attempt, configured, training_examples  # noqa: E402

SHARES = (0.125, 0.25, 0.5, 1.0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every variant; returns the exit code."""
    options = _options(arguments)
    examples, settings = training_examples(), configured()
    variants = _shares(examples, settings) if options.curve else _without(examples, settings)
    trials = [_told(attempt(name, some, how)) for name, some, how in variants]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps([asdict(one) for one in trials], indent=2) + "\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--curve", action="store_true", help="growing shares of the examples instead of parts left out")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "ablation.json", help="file of the figures")
    return parser.parse_args(arguments)


def _without(examples: Sequence[Labelled], settings: Settings) -> Iterator[tuple[str, Sequence[Labelled], Settings]]:
    """All parts of the model, then without each of its parts, then with what was left out of it."""
    yield "all parts", examples, settings
    for block in settings.features:
        yield (
            f"without {block}",
            examples,
            replace(settings, features=[one for one in settings.features if one != block]),
        )
    yield "with the ideas of the lexicon", examples, replace(settings, features=[*settings.features, "ideas"])


def _shares(examples: Sequence[Labelled], settings: Settings) -> Iterator[tuple[str, Sequence[Labelled], Settings]]:
    mixed = random.Random(settings.seed).sample(examples, len(examples))
    for share in SHARES:
        some = mixed[: int(share * len(mixed))]
        yield f"{share:.1%} of the examples", some, settings


def _told(trial: Trial) -> Trial:
    print(
        f"{trial.name:32} {trial.examples:6} examples"
        f"  micro-F1 {trial.micro_f1:.3f} (scorer alone {trial.scorer_alone_f1:.3f})  several {trial.several_exact:.3f}"
        f"  emergencies {trial.emergencies_found:.3f} +{trial.false_alarms:<3}"
        f"  {trial.learning_s:5.0f} s  {trial.message_ms:.1f} ms",
        flush=True,
    )
    return trial


if __name__ == "__main__":
    sys.exit(main())
