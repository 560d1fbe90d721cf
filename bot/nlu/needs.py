"""What the message asks for: a probability for each need, each dialogue act and each degree of urgency.

One multi-label model learns all three from `data/nlu`: the needs and the urgency from the metadata of the examples,
the acts from their intents.
"""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.multilabel import Labelled, MultilabelModel, train
from bot.nlu.normalizer import NORMALIZED
from bot.nlu.text import statements
from bot.nlu.vectors import MessageVectors, load_word_vectors, rarity

SITUATION_INTENT = "decrire_situation"
ACT_PREFIX = "acte:"
URGENCY_PREFIX = "urgence:"
PROBABILITIES = "label_probabilities"
"""Attribute of a message: label → probability."""

CERTAIN = 0.95
"""A statement alone is believed from here: in a long story its words weigh too little in the whole."""

_MODEL_FILE = "needs.joblib"


def labels_of(intent: str, metadata: dict[str, Any]) -> frozenset[str]:
    """The labels an example teaches: its needs, its urgency (or the kind of its emergency), its act."""
    labels = set(metadata.get("needs", ()))
    urgency = metadata.get("urgency", "none")
    if urgency != "none":
        labels.add(URGENCY_PREFIX + metadata.get("emergency_kind", urgency))
    if intent != SITUATION_INTENT:
        labels.add(ACT_PREFIX + intent)
    return frozenset(labels)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NeedsClassifier(GraphComponent):
    """Gives each message the probability of every label."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: MultilabelModel | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`spacy_model`: whose vectors are used; `mixed`: messages made of two others; `seed`: of every draw."""
        return {"spacy_model": "fr_core_news_md", "mixed": 2000, "seed": 20261121}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NeedsClassifier":
        """A classifier still to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "NeedsClassifier":
        """The classifier as it was trained."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._model = MultilabelModel.load(Path(folder) / _MODEL_FILE)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of the training data and keep the model."""
        examples = [_labelled(example) for example in training_data.intent_examples]
        vectors = MessageVectors(load_word_vectors(self._config["spacy_model"]), rarity(text for text, _ in examples))
        self._model = train(examples, vectors, self._config["mixed"], self._config["seed"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(Path(folder) / _MODEL_FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples pass unchanged: nothing later in the pipeline learns from the probabilities."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the probabilities of each message."""
        for message in messages:
            message.set(PROBABILITIES, self._read(message.get(NORMALIZED) or ""))
        return messages

    def _read(self, normalized: str) -> dict[str, float]:
        """The probabilities of the whole message, raised where one statement of it is certain of a need."""
        assert self._model is not None  # Rasa processes only with a trained or loaded component
        whole, *parts = self._model.probabilities([normalized, *statements(normalized)])
        for part in parts:
            certain = {label: chance for label, chance in part.items() if chance >= CERTAIN and _is_need(label)}
            whole.update({label: max(whole[label], chance) for label, chance in certain.items()})
        return whole


def _is_need(label: str) -> bool:
    return not label.startswith((ACT_PREFIX, URGENCY_PREFIX))


def _labelled(example: Message) -> Labelled:
    metadata = (example.get(METADATA) or {}).get(INTENT) or {}
    return example.get(NORMALIZED), labels_of(example.get(INTENT), metadata)
