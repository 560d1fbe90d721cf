"""`python -m bot understand`: JSON lines in, one reading per line out, from the model that serves residents."""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from rasa.core.agent import Agent, load_agent
from rasa.model import get_latest_model

from bot.nlu.understand import UNDERSTANDING
from bot.quiet_rasa import only_answers

MODELS = Path(__file__).parents[2] / "models"
SHOWN = ("intent", "needs", "urgency", "emergency_kind", "commune", "out_of_scope", "language")
"""The keys of a line, in the order of contract.md."""


class CommandError(Exception):
    """The command cannot go on; the message is one clear French line."""


async def understand(source: TextIO, sink: TextIO) -> None:
    """Read each line of `source`, write its reading to `sink`. Raises CommandError on the first line it cannot read."""
    agent = await load_trained()
    for identity, text in _messages(source):
        reading = await read(agent, text)
        sink.write(json.dumps({"id": identity, **{key: reading[key] for key in SHOWN}}, ensure_ascii=False) + "\n")
        sink.flush()


async def load_trained(models: Path = MODELS) -> Agent:
    """The model trained last. Raises CommandError when there is none."""
    latest = get_latest_model(str(models)) if models.is_dir() else None
    if latest is None:
        raise CommandError("Aucun modèle entraîné : lancez d'abord « make train ».")
    return await load_agent(model_path=latest)


async def read(agent: Agent, text: str) -> dict[str, Any]:
    """The reading of one message. A text that starts with Rasa's command sign is read as text."""
    parsed = await agent.parse_message(text.lstrip("/ ") or "…")
    reading: dict[str, Any] = parsed[UNDERSTANDING]
    return reading


def _messages(source: TextIO) -> Iterator[tuple[Any, str]]:
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            message = json.loads(line)
            yield message["id"], str(message["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"Ligne {number} : il faut un objet JSON avec « id » et « text ».") from error


def main() -> int:
    """Run on standard input and output; returns the exit code."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        with only_answers() as answers:
            asyncio.run(understand(sys.stdin, answers))
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
