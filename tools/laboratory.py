"""The needs model, learned and tried outside Rasa, so that parts of it can be left out and compared.

Everything is measured on the development set: the sets of the report choose nothing.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.nlu.emergency import heard, load_alarms
from bot.nlu.examples import written_examples
from bot.nlu.labels import ACT_PREFIX, KINDS, NEED, URGENCY_PREFIX, Labelled, family, labels_of
from bot.nlu.needs import NeedsModel, Settings, learn
from bot.nlu.spelling import Speller, learn_speller
from bot.nlu.standard_french import standard_words
from bot.nlu.text import load_spellings, normalize
from bot.nlu.understand import PRECISE_QUESTION
from bot.settings import ROOT
from tools.evaluation.sets import DEVELOPMENT, load_set

_THRESHOLDS = np.arange(0.2, 0.7, 0.05)
_MARGINS = np.arange(-1.0, 1.0, 0.1)
_ALARMED = 0.2

Grid = NDArray[np.floating[Any]]
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Trial:
    """How well one way of learning reads the development set.

    `micro_f1` and `several_exact` are taken at the threshold that suits this way best, so that ways are compared and
    not thresholds; `scorer_alone_f1` is what the margins give without the judge, at their best. `emergencies_found` and
    `false_alarms` count messages at a chance of 0.2 and more.
    """

    name: str
    examples: int
    micro_f1: float
    scorer_alone_f1: float
    several_exact: float
    emergencies_found: float
    false_alarms: int
    learning_s: float
    message_ms: float


def training_examples() -> list[Labelled]:
    """The messages of data/nlu, normalised as they are served, with their labels, in the order of the files."""
    return [
        (_normalized(example.text), labels_of(example.intent, example.metadata))
        for path in sorted((ROOT / "data" / "nlu").glob("*.yml"))
        for example in written_examples(path)
    ]


@cache
def _speller() -> Speller:
    return learn_speller(
        standard_words(settings_of("bot.nlu.components.FrenchNormalizer")["spacy_model"]), _spellings()
    )


@cache
def _spellings() -> Mapping[str, str]:
    return load_spellings()


def _normalized(text: str) -> str:
    return normalize(text, _spellings(), _speller().corrected)


def configured() -> Settings:
    """The settings of the model that serves residents."""
    written = settings_of("bot.nlu.components.NeedsClassifier")
    return Settings(features=written["features"], seed=written["seed"])


def settings_of(component: str) -> dict[str, Any]:
    """What config.yml says of a component."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    written = next(part for part in pipeline if part["name"] == component)
    return {key: value for key, value in written.items() if key != "name"}


def attempt(name: str, examples: Sequence[Labelled], settings: Settings) -> Trial:
    """Learn from these examples and read the development set."""
    began = time.perf_counter()
    asking = [(text, "fait") for text, carried in examples if ACT_PREFIX + PRECISE_QUESTION in carried]
    model = learn(examples, settings, asking)  # which fact is asked is not what is tried here
    learning = time.perf_counter() - began
    asked = load_set(DEVELOPMENT)
    chances, milliseconds = _read(model, [example.text for example in asked])
    codes = [label for label in chances[0] if family(label) == NEED]
    needs = np.array([[one[code] for code in codes] for one in chances])
    truth = np.array([[code in example.expected.needs for code in codes] for example in asked])
    margins = model.scorer.margins([_normalized(example.text) for example in asked])
    of_needs = margins[:, [model.scorer.labels.index(code) for code in codes]]
    found = needs >= _best_threshold(needs, truth, _THRESHOLDS)
    several = truth.sum(axis=1) > 1
    alarmed = np.array([max(one[URGENCY_PREFIX + kind] for kind in KINDS) >= _ALARMED for one in chances])
    emergency = np.array([example.expected.is_emergency for example in asked])
    return Trial(
        name=name,
        examples=len(examples),
        micro_f1=round(_micro_f1(found, truth), 4),
        scorer_alone_f1=round(_micro_f1(of_needs >= _best_threshold(of_needs, truth, _MARGINS), truth), 4),
        several_exact=round(float((found == truth).all(axis=1)[several].mean()), 4),
        emergencies_found=round(float(alarmed[emergency].mean()), 4),
        false_alarms=int((alarmed & ~emergency).sum()),
        learning_s=round(learning, 1),
        message_ms=round(milliseconds, 2),
    )


def _read(model: NeedsModel, texts: Sequence[str]) -> tuple[list[dict[str, float]], float]:
    """The chances of each text, and the median of the milliseconds they took."""
    alarms = load_alarms()
    read, took = [], []
    for text in texts:
        began = time.perf_counter()
        normalized = _normalized(text)
        read.append(model.probabilities(normalized, heard(normalized, alarms)))
        took.append(1000 * (time.perf_counter() - began))
    return read, median(took)


def _best_threshold(values: Grid, truth: Truth, grid: Grid) -> float:
    return float(max(grid, key=lambda at: _micro_f1(values >= at, truth)))


def _micro_f1(found: Truth, truth: Truth) -> float:
    return float(2 * (found & truth).sum() / (found.sum() + truth.sum()))
