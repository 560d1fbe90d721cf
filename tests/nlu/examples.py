"""The examples of the data sets, read as the project writes them: groups of lines with the same labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

TRAINING = sorted((ROOT / "data" / "nlu").glob("*.yml"))
EVALUATIONS = (ROOT / "evaluation" / "jugement.yml", ROOT / "evaluation" / "jugement_ailleurs.yml")
DEVELOPMENT = ROOT / "evaluation" / "development.yml"


@dataclass(frozen=True)
class Example:
    text: str
    intent: str
    metadata: dict[str, Any]
    file: str

    @property
    def needs(self) -> list[str]:
        return list(self.metadata.get("needs", ()))


def examples(*paths: Path) -> Iterator[Example]:
    for path in paths:
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in group["examples"].splitlines():
                if line.startswith("- "):
                    yield Example(line[2:].strip(), group["intent"], group.get("metadata") or {}, path.name)
