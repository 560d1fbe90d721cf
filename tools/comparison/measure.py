"""One model in a process of its own: what it reads, how fast, and the memory it takes.

Usage: python -m tools.comparison.measure MODEL < texts.json

Imports nothing of the understanding: what a stock pipeline does not need is not counted against it.
"""

import asyncio
import json
import sys
import time
from statistics import median
from typing import Any

import psutil
from rasa.core.agent import load_agent

from bot.quiet_rasa import only_answers

WARM_UP = "bonjour"


def main() -> int:
    """Read the texts of standard input; write what was measured on standard output."""
    texts = json.load(sys.stdin)
    with only_answers() as answers:
        json.dump(asyncio.run(_measure(sys.argv[1], texts)), answers)
    return 0


async def _measure(model: str, texts: list[str]) -> dict[str, Any]:
    agent = await load_agent(model_path=model)
    await agent.parse_message(WARM_UP)  # what is loaded at the first message belongs to the model, not to a message
    memory = psutil.Process().memory_info().rss / 2**20
    read, milliseconds = [], []
    for text in texts:
        began = time.perf_counter()
        parsed = await agent.parse_message(text.lstrip("/ ") or "…")
        milliseconds.append(1000 * (time.perf_counter() - began))
        read.append({"intent": parsed["intent"]["name"], "needs": parsed.get("understanding", {}).get("needs")})
    return {"read": read, "median_ms": median(milliseconds), "memory_mib": memory}


if __name__ == "__main__":
    sys.exit(main())
