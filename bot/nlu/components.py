"""The pipeline as Rasa runs it: each component asks modules of this folder, and leaves what they say on the message.

No rule of understanding stands here, and Rasa is imported nowhere else in this folder but in `importer.py` and
`command.py`: so the rest is read, tested and learned without it.
"""

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, METADATA, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.directory.load import load_directory
from bot.nlu.beneficiary import beneficiary, load_beneficiaries
from bot.nlu.communes import CommuneFinder, commune_names
from bot.nlu.emergency import doubted, heard, load_alarms
from bot.nlu.foreign_emergency import foreign_alarms
from bot.nlu.labels import labels_of
from bot.nlu.language import FRENCH, LanguageReader, learn_reader
from bot.nlu.needs import NeedsModel, Settings, learn
from bot.nlu.questions import asked_in_words, asks_beside, load_wordings
from bot.nlu.signs import load_signs, shown
from bot.nlu.spelling import Speller, learn_speller
from bot.nlu.subjects import load_subjects, slips
from bot.nlu.text import load_spellings, normalize
from bot.nlu.understand import (
    PRECISE_QUESTION,
    QUESTIONS,
    SITUATION,
    UNDERSTANDING,
    Thresholds,
    Witnesses,
    asked_apart,
    decide,
    told_beside,
)
from bot.orientation.table import load_table

NORMALIZED = "normalized"
"""Attribute of a message: its text as everything after reads it."""
LANGUAGE = "language"
"""Attribute of a message: ISO 639-1 code of its language."""
ALARMS = "alarms"
"""Attribute of a message: the kinds of emergency its words ring."""
DOUBTS = "doubts"
"""Attribute of a message: the kinds of emergency its words make one ask about."""
PROBABILITIES = "label_probabilities"
"""Attribute of a message: label → probability."""
FACTS = "facts"
"""Attribute of a message: the facts that would answer it best, each with its margin."""
ASKED = "asked"
"""Attribute of a message: the acts of its questions, when it puts several."""
KNOWN = "known"
"""Attribute of a message: whether any of its words is known."""
BESIDE = "beside"
"""Attribute of a message: the needs that a sentence tells, where the whole is out of scope."""
TELLING = "telling"
"""Attribute of a message: the needs and degrees of urgency that some word of it tells by itself."""
WORDED = "worded"
ASKS_BESIDE = "asks_beside"
"""Attribute of a message: the questions it puts in plain words."""
SIGNS = "signs"
"""Attribute of a message: the details its words show."""
SUBJECTS = "subjects"
SLIPS = "slips"
"""Attribute of a message: the needs it names."""
BENEFICIARY = "beneficiary"
"""Attribute of a message: for whom it says to be."""
COMMUNE = "commune"
"""Attribute of a message: canonical name of the commune it names, or None."""
THEIR_COMMUNE = "their_commune"
WORK_COMMUNE = "work_commune"
"""Attribute of a message: that of somebody else it speaks of, or None."""

_FEATURIZER = DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER
_EXTRACTOR = DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR
_CLASSIFIER = DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER


class MessageReader(GraphComponent):
    """A component that learns nothing: it reads each message and leaves what it found on it."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MessageReader":
        """The component, as Rasa makes it."""
        return cls(config)

    @abstractmethod
    def read(self, message: Message) -> None:
        """Leave on the message what this component finds in it."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Read every message."""
        for message in messages:
            self.read(message)
        return messages


class LearnedReader(MessageReader):
    """A component that reads with what it learned from the training messages, which it keeps with the model.

    Only a model of this project is loaded: the format it is kept in runs code.
    """

    _FILE = "learned.joblib"

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, learned: Any = None) -> None:
        super().__init__(config)
        self.learned = learned
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LearnedReader":
        """The component before it has learned."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "LearnedReader":
        """The component with what it learned."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(Path(folder) / cls._FILE))

    @abstractmethod
    def learn(self, examples: list[Message]) -> Any:
        """What there is to learn from the training messages."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn, and keep what was learned."""
        self.learned = self.learn(training_data.intent_examples)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self.learned, Path(folder) / self._FILE, compress=1)  # lightly: Rasa's own packing takes 16 s
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training messages pass unread: nothing later in the pipeline learns from what would be left on them."""
        return training_data


@DefaultV1Recipe.register(_FEATURIZER, is_trainable=True)
class FrenchNormalizer(LearnedReader):
    """Gives each message its normalised text; learns which words near those of the field are right as they are."""

    learned: Speller

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._spellings = load_spellings()

    def learn(self, examples: list[Message]) -> Speller:
        """The speller of the words of the field."""
        from bot.nlu.standard_french import standard_words  # loads spaCy, which the server never does

        return learn_speller(standard_words(self.config["spacy_model"]), self._spellings)

    def read(self, message: Message) -> None:
        """Set the normalised text."""
        message.set(NORMALIZED, normalize(message.get(TEXT) or "", self._spellings, self.learned.corrected))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training messages are normalised too: all that learns after this learns from the normalised text."""
        self.process(training_data.training_examples)
        return training_data


@DefaultV1Recipe.register(_FEATURIZER, is_trainable=True)
class LanguageIdentifier(LearnedReader):
    """Gives each message its language."""

    learned: LanguageReader

    def learn(self, examples: list[Message]) -> LanguageReader:
        """How French and other languages are written."""
        written = [(one.get(TEXT), one.get(NORMALIZED), _metadata_of(one).get("language", FRENCH)) for one in examples]
        return learn_reader(written, self.config["seed"])

    def read(self, message: Message) -> None:
        """Set the language."""
        message.set(LANGUAGE, self.learned.read(message.get(TEXT) or ""))


@DefaultV1Recipe.register(_EXTRACTOR, is_trainable=False)
class EmergencyDetector(MessageReader):
    """Gives each message the emergencies its words ring, in French and in its own language."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._alarms = load_alarms()

    def read(self, message: Message) -> None:
        """Set the alarms and the doubts."""
        normalized = message.get(NORMALIZED)
        foreign = foreign_alarms(message.get(TEXT) or "", message.get(LANGUAGE))
        message.set(ALARMS, tuple(dict.fromkeys((*heard(normalized, self._alarms), *foreign))))
        message.set(DOUBTS, doubted(normalized, self._alarms))


@DefaultV1Recipe.register(_FEATURIZER, is_trainable=True)
class NeedsClassifier(LearnedReader):
    """Gives each message the probability of every label (bot/nlu/labels.py), and the facts it may ask for."""

    learned: NeedsModel

    def learn(self, examples: list[Message]) -> NeedsModel:
        """The model of the labels that the examples carry, by the Settings of config.yml."""
        settings = Settings(**{name: self.config[name] for name in Settings.__dataclass_fields__})
        labelled = [(one.get(NORMALIZED), labels_of(one.get(INTENT), _metadata_of(one))) for one in examples]
        asking = [
            (one.get(NORMALIZED), _metadata_of(one).get("fact")) for one in examples if one.get(INTENT) in QUESTIONS
        ]
        return learn(labelled, settings, asking)

    def read(self, message: Message) -> None:
        """Set the probabilities, the likeliest facts, and whether there is a word to go by."""
        normalized = message.get(NORMALIZED)
        message.set(PROBABILITIES, self.learned.probabilities(normalized, message.get(ALARMS)))
        asked = asked_apart(normalized, self.learned.probabilities_alone, self.config["asked"])
        message.set(ASKED, tuple(asked))
        message.set(FACTS, self.learned.ranked_facts(asked.get(PRECISE_QUESTION, normalized)))
        message.set(KNOWN, self.learned.knows(normalized))
        message.set(TELLING, self.learned.told_in_words(normalized))
        alone, whole = self.learned.probabilities_alone, message.get(PROBABILITIES)
        message.set(BESIDE, tuple(told_beside(normalized, whole, alone, self.config["beside"])))


@DefaultV1Recipe.register(_EXTRACTOR, is_trainable=False)
class SignReader(MessageReader):
    """Gives each message the details that choose between doors, the needs and questions it names, for whom it is."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._signs, self._subjects, self._beneficiaries = load_signs(), load_subjects(), load_beneficiaries()
        self._wordings = load_wordings()

    def read(self, message: Message) -> None:
        """Set the signs, the subjects and the beneficiary."""
        normalized = message.get(NORMALIZED)
        message.set(SIGNS, shown(normalized, self._signs))
        message.set(SUBJECTS, shown(normalized, self._subjects))
        message.set(SLIPS, slips(normalized, self._subjects))
        about = {*_situation_of(message), *message.get(SUBJECTS)}
        message.set(WORDED, asked_in_words(normalized, self._wordings, about))
        message.set(ASKS_BESIDE, asks_beside(normalized, self._wordings, about))
        message.set(BENEFICIARY, beneficiary(normalized, self._beneficiaries))


@DefaultV1Recipe.register(_EXTRACTOR, is_trainable=False)
class CommuneExtractor(MessageReader):
    """Gives each message the commune it names, that of somebody else it speaks of, and where the writer works."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._finder = CommuneFinder(commune_names(load_directory()))

    def read(self, message: Message) -> None:
        """Set the communes."""
        text = message.get(TEXT) or ""
        message.set(COMMUNE, self._finder.find(text))
        message.set(THEIR_COMMUNE, self._finder.find_theirs(text))
        message.set(WORK_COMMUNE, self._finder.find_work(text))


@DefaultV1Recipe.register(_CLASSIFIER, is_trainable=False)
class Reader(MessageReader):
    """Gives each message its reading, and the Rasa intent that follows from it; config.yml holds the Thresholds."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._thresholds = Thresholds(**{name: config[name] for name in Thresholds.__dataclass_fields__})
        self._table = load_table()

    def read(self, message: Message) -> None:
        """Set the reading and the intent."""
        witnesses = Witnesses(
            probabilities=message.get(PROBABILITIES),
            alarms=message.get(ALARMS),
            doubts=message.get(DOUBTS),
            facts=message.get(FACTS),
            asked=message.get(ASKED),
            worded=message.get(WORDED),
            asks_beside=message.get(ASKS_BESIDE),
            beside=message.get(BESIDE),
            known=message.get(KNOWN),
            telling=message.get(TELLING),
            signs=message.get(SIGNS),
            subjects=message.get(SUBJECTS),
            slips=message.get(SLIPS),
            beneficiary=message.get(BENEFICIARY),
            words=message.get(NORMALIZED),
            commune=message.get(COMMUNE),
            their_commune=message.get(THEIR_COMMUNE),
            work_commune=message.get(WORK_COMMUNE),
            language=message.get(LANGUAGE),
            situation=_situation_of(message),
        )
        reading = decide(witnesses, self._thresholds, self._table)
        message.set(UNDERSTANDING, dict(vars(reading)), add_to_output=True)
        intent = {INTENT_NAME_KEY: reading.intent, PREDICTED_CONFIDENCE_KEY: reading.confidence}
        message.set(INTENT, intent, add_to_output=True)


def _situation_of(message: Message) -> Sequence[str]:
    """The needs that the conversation already knows."""
    known: Sequence[str] = (message.get(METADATA) or {}).get(SITUATION, ())
    return known


def _metadata_of(example: Message) -> dict[str, Any]:
    return (example.get(METADATA) or {}).get(INTENT) or {}
