"""Compare Rasa's recommended pipelines with ours: what they read, their training, their time and their memory.

Usage: python tools/stock.py [--set FILE ...] [--again] [--data data/nlu] [--messages 500] [--out results/stock.json]

All learn from the same messages, drawn from the training data. The comparison is kept, and made anew only when the
training data, the evaluation sets or a stock pipeline changed. Trained models are kept beside it: a run that was
stopped goes on where it was. Our own pipeline may change in the meantime: the report says so, and `--again` measures
all of them in one run.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from bench.machine import machine_facts  # noqa: E402
from tools.comparison.compare import compare  # noqa: E402
from tools.comparison.kept import DATA, KEPT, basis, keep, up_to_date  # noqa: E402
from tools.comparison.pipelines import OURS, STOCK, ComparisonError, expected_hours  # noqa: E402
from tools.evaluation.sets import REPORTED, EvaluationSetError, load_sets  # noqa: E402

SAMPLE = 500
"""Messages: DIET takes a second or two for each on two cores, and all of them would take it a night."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, unless the comparison that is kept still holds; returns the exit code."""
    options = _options(arguments)
    if not options.again and up_to_date(options.set, options.data, options.out):
        _tell(f"modèles courants de Rasa : la comparaison de {options.out} tient toujours")
        return 0
    try:
        _announce(options.messages)
        rests_on, facts = basis(options.set, options.data), machine_facts()
        compared = compare(load_sets(options.set), options.data, options.messages, options.out.with_suffix(""))
    except (ComparisonError, EvaluationSetError) as error:
        _tell(str(error))
        return 1
    keep(compared, rests_on, facts, options.out)
    _tell(f"comparaison : {options.out}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", type=Path, nargs="+", default=REPORTED, help="messages and meanings")
    parser.add_argument("--again", action="store_true", help="even if the comparison that is kept still holds")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the training messages")
    parser.add_argument("--messages", type=int, default=SAMPLE, help="how many of them are learned from")
    parser.add_argument("--out", type=Path, default=KEPT, help="where the comparison is kept")
    return parser.parse_args(arguments)


def _announce(messages: int) -> None:
    hours = expected_hours([*STOCK, OURS], messages)
    _tell(
        f"modèles courants de Rasa : pas de comparaison à jour. Apprentissage sur {messages} messages, "
        f"de l’ordre de {hours} h sur deux cœurs ; arrêtée, la comparaison reprend au modèle où elle en était. "
        "Sans attendre : tools/evaluate.py fait le reste du rapport."
    )


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
