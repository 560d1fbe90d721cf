"""Report how well the trained model understands a set of messages it never learned from.

Usage: python tools/evaluate.py [--set evaluation/final.yml] [--out results/evaluation]

Prints a table; writes `report.json` and `confusion.png`. Labels are compared exactly. Thresholds and words are
chosen on evaluation/development.yml; evaluation/final.yml is for the report only.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from rasa.core.agent import Agent  # noqa: E402
from rasa.utils.common import configure_logging_and_warnings  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402

from bot.nlu.command import CommandError, load_trained, read  # noqa: E402
from tools.confusion_picture import draw_confusion  # noqa: E402
from tools.evaluation_set import EvaluationSetError, load_evaluation_set  # noqa: E402
from tools.evaluation_table import table  # noqa: E402
from tools.metrics import Case, Reading, confusion, summary  # noqa: E402

WARM_UP = "bonjour"


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate; returns the exit code."""
    options = _options(arguments)
    configure_structlog(logging.ERROR)
    configure_logging_and_warnings(logging.ERROR)
    try:
        examples = load_evaluation_set(options.set)
        with redirect_stdout(sys.stderr):  # Rasa logs on standard output, where only the report may stand
            cases, milliseconds = asyncio.run(_read_all(examples))
    except (CommandError, EvaluationSetError) as error:
        print(error, file=sys.stderr)
        return 1
    report = {"set": options.set.name, **summary(cases), "median_ms": median(milliseconds)}
    _write(options.out, report, cases)
    print(
        f"{options.set.name}: {len(cases)} messages\n\n{table(report)}\n\nreport and confusion picture: {options.out}"
    )
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", type=Path, default=ROOT / "evaluation" / "final.yml", help="messages and meanings")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "evaluation", help="folder of the report")
    return parser.parse_args(arguments)


async def _read_all(examples: Sequence[tuple[str, Reading]]) -> tuple[list[Case], list[float]]:
    """Each message as the model reads it, and the milliseconds it took."""
    agent = await load_trained()
    await read(agent, WARM_UP)  # what is loaded at the first message is not the time of a message
    cases, milliseconds = [], []
    for text, expected in examples:
        began = time.perf_counter()
        predicted = await _predicted(agent, text)
        milliseconds.append(1000 * (time.perf_counter() - began))
        cases.append(Case(text, expected, predicted))
    return cases, milliseconds


async def _predicted(agent: Agent, text: str) -> Reading:
    understood = await read(agent, text)
    return Reading(
        intent=understood["intent"],
        needs=frozenset(understood["needs"]),
        urgency=understood["urgency"],
        emergency_kind=understood["emergency_kind"],
        commune=understood["commune"],
        language=understood["language"],
        out_of_scope=understood["out_of_scope"],
    )


def _write(folder: Path, report: dict[str, Any], cases: Sequence[Case]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    (folder / "report.json").write_text(written, encoding="utf-8")
    title = f"Needs expected and predicted, {len(cases)} messages of {report['set']}"
    draw_confusion(confusion(cases), folder / "confusion.png", title)


if __name__ == "__main__":
    sys.exit(main())
