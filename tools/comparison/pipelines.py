"""The pipelines compared, and the training of each with Rasa's own command."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.settings import ROOT
from tools.comparison.digest import digest

_HERE = Path(__file__).parent


class ComparisonError(Exception):
    """The comparison cannot go on; the message is one clear line."""


@dataclass(frozen=True)
class Pipeline:
    """A way to read messages. `code`: what it is made of beside its configuration, where that may change."""

    name: str
    title: str
    config: Path
    seconds_per_message: float
    """Of training, on two busy cores (the greater part of them taken by others): to say how long to expect."""
    code: tuple[Path, ...] = ()

    @property
    def epochs(self) -> int | None:
        """How often the network sees every message; None where there is no network."""
        components = yaml.safe_load(self.config.read_text(encoding="utf-8"))["pipeline"]
        return next((component["epochs"] for component in components if "epochs" in component), None)

    @property
    def sources(self) -> tuple[Path, ...]:
        """What it is made of, beside the messages it learns from."""
        return (self.config, *self.code)


@dataclass(frozen=True)
class Trained:
    """A model, and how long its training took."""

    model: Path
    seconds: float


OURS = Pipeline(
    "ours",
    "le nôtre (config.yml)",
    ROOT / "config.yml",
    0.02,
    (ROOT / "bot" / "nlu", ROOT / "data" / "lexicon"),
)
STOCK = (Pipeline("spacy", "Rasa, spaCy fr_core_news_md et DIET", _HERE / "spacy.yml", 2.0),)


def trained(pipeline: Pipeline, messages: Path, folder: Path) -> Trained:
    """The model of the pipeline on these messages: the one kept in `folder` if nothing changed, else a new one."""
    made_of, note = digest([*pipeline.sources, messages]), folder / "trained.json"
    model = folder / "model.tar.gz"
    kept = json.loads(note.read_text(encoding="utf-8")) if note.exists() and model.exists() else {}
    if kept.get("digest") == made_of:
        return Trained(model, kept["seconds"])
    note.unlink(missing_ok=True)
    seconds = _train(pipeline, messages, folder)
    note.write_text(json.dumps({"digest": made_of, "seconds": seconds}) + "\n", encoding="utf-8")
    return Trained(model, seconds)


def expected_hours(pipelines: Iterable[Pipeline], messages: int) -> float:
    """How long the training of them all takes, roughly."""
    return round(sum(pipeline.seconds_per_message for pipeline in pipelines) * messages / 3600, 1)


def environment(cache: str) -> dict[str, str]:
    """Rasa's settings: nothing is taken from an earlier training."""
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    return {**os.environ, **quiet, "RASA_CACHE_DIRECTORY": cache, "RASA_MAX_CACHE_SIZE": "0"}


def _train(pipeline: Pipeline, messages: Path, folder: Path) -> float:
    """Train with Rasa's command, which shows its progress; returns how long it took. Raises ComparisonError."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rasa", "train", "nlu", "--config", str(pipeline.config), "--nlu", str(messages)]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stock-") as cache:
        done = subprocess.run(
            [*command, "--out", str(folder), "--fixed-model-name", "model"],
            cwd=ROOT,
            env=environment(cache),
            stdout=sys.stderr,
            check=False,
        )
    if done.returncode or not (folder / "model.tar.gz").exists():
        raise ComparisonError(f"the training of {pipeline.name} failed")
    return time.monotonic() - began
