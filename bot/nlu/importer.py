"""Reads the training data for Rasa, quickly: Rasa's own reader parses each file several times, in pure Python.

The format is Rasa's, in the part of it that this project uses (docs/training-data.md): groups with an intent, metadata,
and one message per line. Whatever Rasa reads beside (rules, stories, domain) is left to its own reader.
"""

import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import rasa.shared.data
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.examples import written_examples

_NLU = re.compile(r"^nlu:|\"nlu\":", re.MULTILINE)
_HEAD = 1000
"""Letters in which a file of messages says that it is one."""


class _Example(Message):
    """A message of the training data. Rasa copies and compares each many times over; what it holds never changes."""

    def __hash__(self) -> int:
        """The same for equal messages, and thousands of times cheaper than Rasa's fingerprint of all they hold."""
        return hash(self.data[TEXT])

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Example":
        twin = copy(self)
        twin.data, twin.features = dict(self.data), list(self.features)
        return twin


class ProjectImporter(RasaFileImporter):
    """Rasa's importer of files, with a reader of its own for messages (`importers` in config.yml)."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        others = rasa.shared.data.get_data_files(training_data_paths, lambda path: not _holds_messages(path))
        self.config_file = config_file
        self._domain_path = domain_path
        self._nlu_files = rasa.shared.data.get_data_files(training_data_paths, _holds_messages)
        self._story_files = [path for path in others if YAMLStoryReader.is_stories_file(path)]
        self._conversation_test_files = [path for path in others if YAMLStoryReader.is_test_stories_file(path)]

    def get_nlu_data(self, language: str | None = "fr") -> TrainingData:
        """The messages of every file, in the order of the files."""
        return TrainingData([message for path in sorted(self._nlu_files) for message in _messages(Path(path))])


def _holds_messages(path: str) -> bool:
    if Path(path).suffix not in (".yml", ".yaml"):
        return False
    with Path(path).open(encoding="utf-8") as file:
        return bool(_NLU.search(file.read(_HEAD)))


def _messages(path: Path) -> Iterator[Message]:
    for example in written_examples(path):
        yield _Example.build(example.text, example.intent, [], example.metadata or None)
