"""Report how well the trained model understands sets of messages it never learned from.

Usage: python tools/evaluate.py [--set FILE [FILE ...]] [--out results/evaluation]

Prints a table; writes `report.json`, `index.html` (a page that stands alone) and `confusion.png`. Each set is
reported apart, then all together. Labels are compared exactly. Thresholds and words are chosen on
evaluation/development.yml; the other sets are for the report only. Stock pipelines stand beside when tools/stock.py
compared them on the same data.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from rasa.model import get_latest_model  # noqa: E402

from bench.machine import machine_facts  # noqa: E402
from bot.nlu.command import MODELS, CommandError  # noqa: E402
from bot.orientation.table import load_table  # noqa: E402
from bot.quiet_rasa import only_answers  # noqa: E402
from tools.comparison.kept import up_to_date  # noqa: E402
from tools.evaluation.confusion import confusion  # noqa: E402
from tools.evaluation.model import Timed, read_sets  # noqa: E402
from tools.evaluation.page import page  # noqa: E402
from tools.evaluation.pictures import calibration_picture, confusion_picture, needs_picture  # noqa: E402
from tools.evaluation.readings import Case  # noqa: E402
from tools.evaluation.report import TOGETHER, all_cases, rounded, whole_report  # noqa: E402
from tools.evaluation.sets import REPORTED, EvaluationSetError, load_sets  # noqa: E402
from tools.evaluation.terminal import table  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate; returns the exit code."""
    options = _options(arguments)
    try:
        sets = load_sets(options.set)
        with only_answers():
            timed = asyncio.run(read_sets(sets))
    except (CommandError, EvaluationSetError) as error:
        print(error, file=sys.stderr)
        return 1
    cases = {name: [case for case, _ in each] for name, each in timed.items()}
    report = whole_report(cases, up_to_date(options.set), _made(timed))
    _write(options.out, report, cases)
    print(f"{table(report)}\n\n{_about_stock(report)}\nrapport, page et images : {options.out}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", type=Path, nargs="+", default=REPORTED, help="messages and meanings")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "evaluation", help="folder of the report")
    return parser.parse_args(arguments)


def _made(timed: Mapping[str, Sequence[Timed]]) -> dict[str, Any]:
    """On what, by what and when: all that differs between two runs that find the same."""
    model = Path(get_latest_model(str(MODELS)) or "")
    milliseconds = round(median(took for each in timed.values() for _, took in each), 1)
    identity = {"model": model.name, "model_sha256": sha256(model.read_bytes()).hexdigest()}
    return {**machine_facts(), **identity, "median_ms": milliseconds}


def _write(folder: Path, report: Mapping[str, Any], cases: Mapping[str, Sequence[Case]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(rounded(report), ensure_ascii=False, indent=2) + "\n"
    (folder / "report.json").write_text(written, encoding="utf-8")
    together = all_cases(cases)
    by_section = {name: cases[name] if name in cases else together for name in report["sets"]}
    pictures = {name: _pictures(report["sets"][name], each) for name, each in by_section.items()}
    (folder / "confusion.png").write_bytes(pictures[TOGETHER if len(cases) > 1 else next(iter(cases))]["confusion"])
    labels = {code: entry.label for code, entry in load_table().items()}
    (folder / "index.html").write_text(page(report, pictures, labels), encoding="utf-8")


def _pictures(section: Mapping[str, Any], cases: Sequence[Case]) -> dict[str, bytes]:
    pictures = {"confusion": confusion_picture(confusion(cases)), "needs": needs_picture(section["needs"])}
    if section["calibration"] and section["calibration"]["bins"]:
        pictures["calibration"] = calibration_picture(section["calibration"]["bins"])
    return pictures


def _about_stock(report: Mapping[str, Any]) -> str:
    if report["stock"] is None:
        return "modèles courants de Rasa : pas de comparaison à jour pour ces jeux (tools/stock.py la fait)"
    return "modèles courants de Rasa : comparés dans la page"


if __name__ == "__main__":
    sys.exit(main())
