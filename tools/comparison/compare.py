"""The comparison: each pipeline trained, then measured in its own process, one after the other."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.nlu.understand import ACT_CODES
from bot.orientation.table import load_table
from bot.settings import ROOT
from tools.comparison.data import training_messages, write_sample, write_stock_data
from tools.comparison.labels import RULE, needs_of
from tools.comparison.pipelines import OURS, STOCK, ComparisonError, Pipeline, Trained, environment, trained
from tools.evaluation.bootstrap import Bootstrap
from tools.evaluation.figures import OF_NEEDS, figures
from tools.evaluation.readings import Case, Example, Reading
from tools.evaluation.report import TOGETHER, all_cases

Sets = Mapping[str, Sequence[Example]]


def compare(sets: Sets, data: Path, size: int, folder: Path) -> dict[str, Any]:
    """Train them all on the same `size` messages of `data`, and measure them.

    Models are kept in `folder`, so that a run that was stopped goes on.
    """
    sample = folder / "sample" / "nlu.yml"
    write_sample(training_messages(data), size, sample)
    examples = training_messages(sample.parent)
    write_stock_data(examples, folder / "nlu.yml")
    models = {each: trained(each, folder / "nlu.yml", folder / each.name) for each in STOCK}
    models[OURS] = trained(OURS, sample.parent, folder / OURS.name)
    measured = {pipeline.name: _told(pipeline, model, sets) for pipeline, model in models.items()}
    names = list(next(iter(measured.values()))["sets"])
    return {"rule": RULE, "learned_from": len(examples), "sets": names, "pipelines": measured}


def _told(pipeline: Pipeline, model: Trained, sets: Sets) -> dict[str, Any]:
    texts = [example.text for examples in sets.values() for example in examples]
    measured = _measured(model.model, texts)
    return {
        "title": pipeline.title,
        "epochs": pipeline.epochs,
        "training_s": model.seconds,
        "median_ms": measured["median_ms"],
        "memory_mib": measured["memory_mib"],
        "sets": figures_of(sets, [needs_read(each) for each in measured["read"]]),
    }


def figures_of(sets: Sets, read: Sequence[frozenset[str]]) -> dict[str, Any]:
    """The figures of needs on each set and on all together, from the needs read in the order of the messages."""
    ahead = iter(read)
    cases = {name: [_case(example, next(ahead)) for example in examples] for name, examples in sets.items()}
    if len(cases) > 1:
        cases[TOGETHER] = all_cases(cases)
    return {name: _figures(each) for name, each in cases.items()}


def needs_read(told: Mapping[str, Any]) -> frozenset[str]:
    """The needs a model read: it says them itself, or they follow from its intent."""
    if told["needs"] is not None:
        return frozenset(told["needs"])
    return needs_of(told["intent"], load_table(), ACT_CODES)


def _figures(cases: Sequence[Case]) -> dict[str, Any]:
    return {key: asdict(figure) for key, figure in figures(cases, Bootstrap(len(cases)), OF_NEEDS).items()}


def _case(example: Example, needs: frozenset[str]) -> Case:
    return Case(example.text, example.expected, Reading(example.expected.intent, needs))


def _measured(model: Path, texts: Sequence[str]) -> dict[str, Any]:
    """What the model reads, in a process of its own. Raises ComparisonError."""
    command = [sys.executable, "-m", "tools.comparison.measure", str(model)]
    with tempfile.TemporaryDirectory(prefix="stock-") as cache:
        done = subprocess.run(
            command,
            input=json.dumps(texts),
            cwd=ROOT,
            env=environment(cache),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise ComparisonError(f"{model} could not be measured")
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured
