"""Details that choose between the rows of one need: a commandement de payer, a baby, a changed lock.

The words are those of `data/lexicon/signs.yml`; the rows that use them stand in `data/orientation`.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.normalizer import NORMALIZED

SIGN_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "signs.yml"
SIGNS = "signs"
"""Attribute of a message: the signs its words show."""

Signs = Mapping[str, re.Pattern[str]]


def load_signs(path: Path = SIGN_WORDS) -> Signs:
    """The words that show each sign."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {sign: re.compile(pattern) for sign, pattern in written.items()}


def shown(normalized: str, signs: Signs) -> tuple[str, ...]:
    """The signs a normalised text shows, in the order of the file."""
    return tuple(sign for sign, pattern in signs.items() if pattern.search(normalized))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SignReader(GraphComponent):
    """Gives each message the signs its words show."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SignReader":
        """The component with the words of data/lexicon/signs.yml."""
        return cls(load_signs())

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the signs of each message."""
        for message in messages:
            message.set(SIGNS, shown(message.get(NORMALIZED) or "", self._signs))
        return messages
