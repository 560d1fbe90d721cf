"""The needs model, learned and tried outside Rasa, so that parts of it can be left out and compared.

Everything is measured on the development set: the sets of the report choose nothing.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.nlu.augment import Labelled
from bot.nlu.emergency import heard, load_alarms
from bot.nlu.examples import written_examples
from bot.nlu.labels import KINDS, NEED, URGENCY_PREFIX, family, labels_of
from bot.nlu.needs import NeedsModel, Settings, learn
from bot.nlu.text import load_spellings, normalize
from bot.settings import ROOT
from tools.evaluation.readings import Example
from tools.evaluation.sets import DEVELOPMENT, load_set

_THRESHOLDS = np.arange(0.2, 0.7, 0.05)
_ALARMED = 0.2


@dataclass(frozen=True)
class Trial:
    """How well one way of learning reads the development set.

    `micro_f1` and `several_exact` are taken at the threshold that suits this way best, so that ways are compared and
    not thresholds. `emergencies_found` and `false_alarms` count messages at a chance of 0.2 and more.
    """

    name: str
    examples: int
    micro_f1: float
    several_exact: float
    emergencies_found: float
    false_alarms: int
    learning_s: float
    message_ms: float


def training_examples() -> list[Labelled]:
    """The messages of data/nlu, normalised, with their labels, in the order of the files."""
    spellings = load_spellings()
    return [
        (normalize(example.text, spellings), labels_of(example.intent, example.metadata))
        for path in sorted((ROOT / "data" / "nlu").glob("*.yml"))
        for example in written_examples(path)
    ]


def configured() -> Settings:
    """The settings of the model that serves residents."""
    return Settings(**settings_of("bot.nlu.components.NeedsClassifier"))


def settings_of(component: str) -> dict[str, Any]:
    """What config.yml says of a component."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    written = next(part for part in pipeline if part["name"] == component)
    return {key: value for key, value in written.items() if key != "name"}


def attempt(name: str, examples: Sequence[Labelled], settings: Settings) -> Trial:
    """Learn from these examples and read the development set."""
    began = time.perf_counter()
    model = learn(examples, settings)
    learning = time.perf_counter() - began
    asked = load_set(DEVELOPMENT)
    read, milliseconds = _read(model, asked)
    return _trial(name, len(examples), asked, read, learning, milliseconds)


def _read(model: NeedsModel, asked: Sequence[Example]) -> tuple[list[dict[str, float]], float]:
    spellings, alarms = load_spellings(), load_alarms()
    read, took = [], []
    for example in asked:
        began = time.perf_counter()
        text = normalize(example.text, spellings)
        read.append(model.probabilities(text, heard(text, alarms)))
        took.append(1000 * (time.perf_counter() - began))
    return read, median(took)


def _trial(
    name: str,
    examples: int,
    asked: Sequence[Example],
    read: Sequence[dict[str, float]],
    learning: float,
    milliseconds: float,
) -> Trial:
    codes = [label for label in read[0] if family(label) == NEED]
    chances = np.array([[one[code] for code in codes] for one in read])
    truth = np.array([[code in example.expected.needs for code in codes] for example in asked])
    threshold = max(_THRESHOLDS, key=lambda at: _micro_f1(chances >= at, truth))
    several = truth.sum(axis=1) > 1
    alarmed = np.array([max(one[URGENCY_PREFIX + kind] for kind in KINDS) >= _ALARMED for one in read])
    emergency = np.array([example.expected.is_emergency for example in asked])
    return Trial(
        name=name,
        examples=examples,
        micro_f1=round(_micro_f1(chances >= threshold, truth), 4),
        several_exact=round(float(((chances >= threshold) == truth).all(axis=1)[several].mean()), 4),
        emergencies_found=round(float(alarmed[emergency].mean()), 4),
        false_alarms=int((alarmed & ~emergency).sum()),
        learning_s=round(learning, 1),
        message_ms=round(milliseconds, 2),
    )


def _micro_f1(found: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return float(2 * (found & truth).sum() / (found.sum() + truth.sum()))
