"""What the message asks for: a probability for each need, each dialogue act and each degree of urgency.

Two steps learn all three from `data/nlu`, the needs and the urgency from the metadata of the examples, the acts from
their intents. A linear scorer gives margins (bot/nlu/multilabel.py); a judge weighs those of the message and of its
parts into probabilities (bot/nlu/judge.py). The judge learns on margins of messages the scorer has not seen: the
examples are parted in folds, and each fold is scored by a scorer of the others.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import judge, multilabel
from bot.nlu.augment import Labelled, accompanied, joined, mistyped
from bot.nlu.emergency import Alarms, heard, load_alarms
from bot.nlu.judge import Evidence, Judge, gather
from bot.nlu.labels import labels_of
from bot.nlu.lexicon import Lexicon, load_lexicon
from bot.nlu.multilabel import LinearScorer
from bot.nlu.normalizer import NORMALIZED

PROBABILITIES = "label_probabilities"
"""Attribute of a message: label → probability."""

_MODEL_FILE = "needs.joblib"
_FOLDS = 3


@dataclass(frozen=True)
class Settings:
    """`features`: blocks of bot/nlu/features.py; `joined` and the next two: messages added; `seed`: of every draw."""

    features: Sequence[str]
    joined: int
    accompanied: int
    mistyped: int
    seed: int


@dataclass(frozen=True)
class NeedsModel:
    """The two steps, and what they read with."""

    scorer: LinearScorer
    judge: Judge
    lexicon: Lexicon

    def probabilities(self, normalized: str, alarms: Sequence[str]) -> dict[str, float]:
        """Label → probability, for a normalised text and the kinds of emergency its words ring."""
        evidence = gather(self.scorer, [normalized], [alarms], [self.lexicon.marks(normalized)])
        return self.judge.probabilities(evidence)[0]


def learn(examples: Sequence[Labelled], settings: Settings) -> NeedsModel:
    """A model of these normalised messages."""
    lexicon, alarms = load_lexicon(), load_alarms()
    labels = sorted({label for _, carried in examples for label in carried})
    unseen = list(_unseen(examples, labels, settings, lexicon, alarms))
    evidence = judge.together([some for some, _ in unseen])
    truth = [carried for _, of_fold in unseen for carried in of_fold]
    return NeedsModel(
        scorer=_scorer(examples, labels, settings, lexicon),
        judge=judge.train(evidence, truth, settings.seed),
        lexicon=lexicon,
    )


def _unseen(
    examples: Sequence[Labelled], labels: Sequence[str], settings: Settings, lexicon: Lexicon, alarms: Alarms
) -> Iterator[tuple[Evidence, list[frozenset[str]]]]:
    """For each fold, the evidence on its messages from a scorer that has not seen them, and their labels."""
    draw = random.Random(settings.seed)
    fold_of = [draw.randrange(_FOLDS) for _ in examples]
    for fold in range(_FOLDS):
        seen = [one for one, at in zip(examples, fold_of, strict=True) if at != fold]
        held_out = [one for one, at in zip(examples, fold_of, strict=True) if at == fold]
        held_out += _added(held_out, settings, settings.seed + fold, _FOLDS)
        texts = [text for text, _ in held_out]
        rung, marks = [heard(text, alarms) for text in texts], [lexicon.marks(text) for text in texts]
        scorer = _scorer(seen, labels, settings, lexicon)
        yield gather(scorer, texts, rung, marks), [carried for _, carried in held_out]


def _scorer(examples: Sequence[Labelled], labels: Sequence[str], settings: Settings, lexicon: Lexicon) -> LinearScorer:
    added = _added(examples, settings, settings.seed)
    return multilabel.train([*examples, *added], labels, settings.features, lexicon, settings.seed)


def _added(examples: Sequence[Labelled], settings: Settings, seed: int, parted: int = 1) -> list[Labelled]:
    """The messages made of these examples; fewer of them where the examples are one part of `parted`."""
    return [
        *joined(examples, settings.joined // parted, seed),
        *accompanied(examples, settings.accompanied // parted, seed),
        *mistyped(examples, settings.mistyped // parted, seed),
    ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NeedsClassifier(GraphComponent):
    """Gives each message the probability of every label."""

    def __init__(
        self,
        settings: Settings,
        alarms: Alarms,
        storage: ModelStorage,
        resource: Resource,
        model: NeedsModel | None = None,
    ) -> None:
        self._settings = settings
        self._alarms = alarms
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See Settings."""
        return {
            "features": ["words", "pieces", "sounds"],
            "joined": 1500,
            "accompanied": 4000,
            "mistyped": 0,
            "seed": 20261121,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NeedsClassifier":
        """A classifier still to be trained."""
        return cls(_settings(config), load_alarms(), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "NeedsClassifier":
        """The classifier as it was trained. Only a model of this project is read: the format runs code."""
        with model_storage.read_from(resource) as folder:
            model: NeedsModel = joblib.load(Path(folder) / _MODEL_FILE)
        return cls(_settings(config), load_alarms(), model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of the training data and keep the model."""
        self._model = learn([_labelled(example) for example in training_data.intent_examples], self._settings)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, Path(folder) / _MODEL_FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples pass unchanged: nothing later in the pipeline learns from the probabilities."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the probabilities of each message."""
        assert self._model is not None  # Rasa processes only with a trained or loaded component
        for message in messages:
            text = message.get(NORMALIZED) or ""
            message.set(PROBABILITIES, self._model.probabilities(text, heard(text, self._alarms)))
        return messages


def _settings(config: dict[str, Any]) -> Settings:
    return Settings(**{name: config[name] for name in NeedsClassifier.get_default_config()})


def _labelled(example: Message) -> Labelled:
    metadata = (example.get(METADATA) or {}).get(INTENT) or {}
    return example.get(NORMALIZED), labels_of(example.get(INTENT), metadata)
