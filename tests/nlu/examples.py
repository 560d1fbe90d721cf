"""The examples of the data sets, and where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.examples import WrittenExample, written_examples
from bot.settings import ROOT
from tools.evaluation import sets

DEVELOPMENT, EVALUATIONS = sets.DEVELOPMENT, sets.REPORTED
TRAINING = sorted((ROOT / "data" / "nlu").glob("*.yml"))


@dataclass(frozen=True)
class Example(WrittenExample):
    file: str

    @property
    def needs(self) -> list[str]:
        return list(self.metadata.get("needs", ()))


def examples(*paths: Path) -> Iterator[Example]:
    for path in paths:
        yield from (Example(one.text, one.intent, one.metadata, path.name) for one in written_examples(path))
