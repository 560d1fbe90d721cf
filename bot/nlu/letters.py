"""Which language a text in Latin letters is spelt like, learned from our own examples of each.

Word lists know the commonest words; people also write Tamil or Maghreb Arabic in Latin letters, each in their own way.
Groups of letters tell those: a linear machine learns them from the examples in other languages and from French ones.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.svm import LinearSVC

from bot.nlu.features import Block, learn_block
from bot.nlu.text import fold

FRENCH = "fr"

_FRENCH_EXAMPLES = 5000
"""Enough of them to know French spellings; more would only cost time."""


@dataclass(frozen=True)
class Spelling:
    """Tells the likeliest language other than French, and by how much its score is above that of French."""

    groups_of_letters: Block
    languages: tuple[str, ...]
    coefficients: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def likeliest(self, text: str) -> tuple[str, float]:
        """The language, and its lead over French: negative when the text is spelt like French."""
        places, weights = self.groups_of_letters.of(_bare(text))
        scores = weights @ self.coefficients[places] + self.intercepts
        of = dict(zip(self.languages, scores.tolist(), strict=True))
        french = of.pop(FRENCH)
        language = max(of, key=lambda code: of[code])
        return language, of[language] - french


def learn_spelling(examples: Sequence[tuple[str, str]], seed: int) -> Spelling | None:
    """What (text, language) examples teach; nothing when all are French."""
    foreign = [(text, language) for text, language in examples if language != FRENCH]
    if not foreign:
        return None
    french = [(text, language) for text, language in examples if language == FRENCH]
    drawn = random.Random(seed).sample(french, min(_FRENCH_EXAMPLES, len(french)))
    texts, languages = zip(*(foreign + drawn), strict=True)
    groups, rows = learn_block(
        {"analyzer": "char_wb", "ngram_range": (1, 4), "min_df": 2}, [_bare(text) for text in texts]
    )
    machine = LinearSVC(random_state=seed).fit(rows, languages)
    weights = np.ascontiguousarray(machine.coef_.T, dtype=np.float32)
    return Spelling(groups, tuple(machine.classes_), weights, machine.intercept_.astype(np.float32))


def _bare(text: str) -> str:
    return fold(text.replace("ı", "i"))
