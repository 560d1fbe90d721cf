"""The texts of `domain.yml`, for answers composed of several of them.

Rasa renders the responses that its rules name. A plan or a confirmation is made of several texts put together, and
measured for SMS: those are read here, from the same file, with the same channel variations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DOMAIN = Path(__file__).parents[2] / "domain.yml"


@dataclass(frozen=True)
class Wording:
    """Response name → its variations, as `domain.yml` has them."""

    responses: Mapping[str, list[dict[str, Any]]]

    def say(self, name: str, channel: str, **values: object) -> str:
        """The text of a response on a channel, its blanks filled. Raises KeyError for a name or value not there."""
        variations = self.responses[name]
        chosen = next((entry for entry in variations if entry.get("channel") == channel), None)
        plain = next(entry for entry in variations if "channel" not in entry)
        text: str = (chosen or plain)["text"]
        return text.strip().format_map(values)


def load_wording(path: Path = DOMAIN) -> Wording:
    """The responses of the domain file."""
    return Wording(yaml.safe_load(path.read_text(encoding="utf-8"))["responses"])
