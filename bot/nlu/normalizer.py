"""The pipeline's first step: each message gets its normalised text (bot/nlu/text.py)."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.text import load_spellings, normalize

NORMALIZED = "normalized"
"""Attribute of a message that carries its normalised text."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class FrenchNormalizer(GraphComponent):
    """Gives each message its normalised text."""

    def __init__(self, spellings: dict[str, str]) -> None:
        self._spellings = spellings

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FrenchNormalizer":
        """The component with the spellings of data/lexicon/sms.yml."""
        return cls(load_spellings())

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the normalised text of each message."""
        for message in messages:
            message.set(NORMALIZED, normalize(message.get(TEXT) or "", self._spellings))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the training examples."""
        self.process(training_data.training_examples)
        return training_data
