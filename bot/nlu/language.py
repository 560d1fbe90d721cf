"""The language of a message: French unless there are good reasons to think otherwise.

Three witnesses: the script; for the Latin script, py3langid, which is believed only where few of the words are words
of our own French examples (it takes "mrc bcp" for English); and a list of Arabic words as typed in Latin letters.
"""

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from py3langid.langid import MODEL_FILE
from py3langid.langid import LanguageIdentifier as Langid
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.normalizer import NORMALIZED
from bot.nlu.text import fold

LANGUAGE = "language"
"""Attribute of a message: ISO 639-1 code of its language."""

FRENCH = "fr"
LATIN_ARABIC = Path(__file__).parents[2] / "data" / "lexicon" / "latin_arabic.txt"

_LATIN_LANGUAGES = ("fr", "en", "es", "pt", "tr", "ro", "sq", "it", "de", "pl")
_CYRILLIC_LANGUAGES = ("ru", "uk")
_SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "", "CJK": "zh", "TAMIL": "ta", "BENGALI": "bn", "HANGUL": "ko"}
_WORD = re.compile(r"[a-z0-9]+")
_COMMON_WORDS = 600
_FRENCH_SHARE = 0.5
_FOREIGN_CHANCE = 0.7
_FEW_WORDS = 3
_FEW_ARABIC_WORDS = 2


def identify(text: str, normalized: str, french_words: frozenset[str]) -> str:
    """ISO 639-1 code of the language of a text; a text of a word or two is taken for French.

    `normalized` is the same text with SMS spellings written out; `french_words` are the commonest of our examples.
    """
    script = _foreign_script(text)
    if script:
        return script
    if len([word for word in _WORD.findall(fold(text)) if word in _latin_arabic()]) >= _FEW_ARABIC_WORDS:
        return "ar"
    words = _WORD.findall(normalized)
    known = sum(word in french_words or word.isdigit() for word in words)
    if len(words) < _FEW_WORDS or known / len(words) >= _FRENCH_SHARE:
        return FRENCH
    language, chance = _langid(_LATIN_LANGUAGES).classify(text)
    return str(language) if chance >= _FOREIGN_CHANCE else FRENCH


def _foreign_script(text: str) -> str | None:
    letters = [letter for letter in text.lower() if letter.isalpha()]
    scripts = Counter(unicodedata.name(letter, "").split()[0] for letter in letters)
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    if script not in _SCRIPTS or count * 2 < len(letters):
        return None
    if script == "CYRILLIC":
        return str(_langid(_CYRILLIC_LANGUAGES).classify(text)[0])
    return _SCRIPTS[script]


@cache
def _langid(languages: tuple[str, ...]) -> Langid:
    identifier = Langid.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(languages))
    return identifier


@cache
def _latin_arabic() -> frozenset[str]:
    return frozenset(LATIN_ARABIC.read_text(encoding="utf-8").split())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Gives each message its language; learns which words are French from the training examples."""

    _FILE = "french_words.json"

    def __init__(self, storage: ModelStorage, resource: Resource, french_words: frozenset[str]) -> None:
        self._storage = storage
        self._resource = resource
        self._french_words = french_words

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageIdentifier":
        """An identifier that knows no French word yet."""
        return cls(model_storage, resource, frozenset())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "LanguageIdentifier":
        """The identifier as it was trained."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((Path(folder) / cls._FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, frozenset(words))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words that stand in most examples."""
        examples = (set(_WORD.findall(example.get(NORMALIZED))) for example in training_data.intent_examples)
        seen = Counter(word for words in examples for word in words)
        self._french_words = frozenset(word for word, _ in seen.most_common(_COMMON_WORDS))
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / self._FILE).write_text(json.dumps(sorted(self._french_words)), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples are all French: they pass unchanged."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the language of each message."""
        for message in messages:
            message.set(LANGUAGE, identify(message.get(TEXT) or "", message.get(NORMALIZED) or "", self._french_words))
        return messages
