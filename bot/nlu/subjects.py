"""Which needs a short message names: "laissez tomber la crèche", "et les papiers pour le RSA ?".

Read where a message takes a need back or asks about one; needs themselves are found by the model (bot/nlu/needs.py).
The words are those of `data/lexicon/subjects.yml`, read like those of signs.
"""

import re
from pathlib import Path

from bot.nlu.labels import VIOLENCES
from bot.nlu.signs import Signs, load_signs, shown

SUBJECT_WORDS = Path(__file__).parents[2] / "data" / "lexicon" / "subjects.yml"

NAMED_AS_PEOPLE = VIOLENCES | {"parentalite"}
"""Needs whose names are those of relatives: "mes parents vont le savoir ?" tells none of them."""


_NEVER_A_SLIP = NAMED_AS_PEOPLE | {"enfance_danger", "sante_mentale"}
"""Dangers, which nobody takes back in the same breath."""
_SLIP = re.compile(
    r"(?:,|\.{2,}|:) ?(?:(?:ah|euh|non|nan|nn|enfin|mais) ,? ?)*"
    r"(?:pardon|oups|je voulais dire|je veux dire|enfin non|euh non|desolee? je voulais dire|excusez moi)\b"
    r"(?! (?:mais|si|de|pour|je (?:suis|pleure)))"
)
"""In the middle of a sentence, before the right word: "mon CV, pardon, mon dossier de surendettement"."""
_END = re.compile(r"[.!?;\n]")
_BESIDE = re.compile(r"\b(?:aussi|en plus|et|egalement)\b")


def slips(normalized: str, subjects: Signs) -> tuple[str, ...]:
    """The needs that a normalised text names by a slip of the tongue: only before the word that puts it right."""
    slip = _SLIP.search(normalized)
    if slip is None:
        return ()
    before, after = _END.split(normalized[: slip.start()])[-1], _END.split(normalized[slip.end() :])[0]
    right = shown(after, subjects)
    if not right or _BESIDE.search(after):
        return ()
    elsewhere = normalized.replace(before, " ", 1)
    wrong = set(shown(before, subjects)) - set(shown(elsewhere, subjects)) - _NEVER_A_SLIP
    return tuple(need for need in subjects if need in wrong)


def load_subjects() -> Signs:
    """The words that name each need."""
    return load_signs(SUBJECT_WORDS)
