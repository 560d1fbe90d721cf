"""Which needs a short message names: "laissez tomber la crèche", "et les papiers pour le RSA ?".

Read where a message takes a need back or asks about one; needs themselves are found by the model (bot/nlu/needs.py).
The words are those of `data/lexicon/subjects.yml`, read like those of signs.
"""

from pathlib import Path

from bot.nlu.signs import Signs, load_signs

SUBJECT_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "subjects.yml"

NAMED_AS_PEOPLE = frozenset({"parentalite", "violence_conjugale", "violence_familiale"})
"""Needs whose names are those of relatives: "mes parents vont le savoir ?" tells none of them."""


def load_subjects() -> Signs:
    """The words that name each need."""
    return load_signs(SUBJECT_WORDS)
