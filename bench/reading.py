"""Reads the messages of standard input, JSON strings, with the last model of a folder; answers each with a line.

Usage: python bench/reading.py FOLDER

The understanding without the dialogue, the same way for any model: what `python -m bot understand` and Rasa's own
channels call.
"""

import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # our model is made of components that stand there

from rasa.core.agent import load_agent

from bot.quiet_rasa import only_answers


async def main(models: str) -> None:
    """Read until the input ends."""
    with only_answers() as answers:
        agent = await load_agent(model_path=models)
        for line in sys.stdin:
            read = await agent.parse_message(json.loads(line))
            print(read["intent"]["name"], file=answers, flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
