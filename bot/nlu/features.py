"""What a message is learned by: blocks of features, each counted and weighed by rarity (tf-idf).

- `words`: words and pairs of words;
- `pieces`: pieces of two to four letters inside words, which absorb typing errors;
- `sounds`: words and pairs as they are heard, which absorb spelling by ear;
- `ideas`: ideas of the lexicon of the field and pairs of them, which reach words never seen in training.

What each block brings is measured by `tools/ablation.py`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.lexicon import Lexicon
from bot.nlu.phonetics import sound

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Features:
    """The blocks of features, as they were learned from the training messages."""

    blocks: Mapping[str, TfidfVectorizer]

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """The features of normalised texts, a row each."""
        return _side_by_side([block.transform(texts) for block in self.blocks.values()])


def learn(names: Sequence[str], texts: Sequence[str], lexicon: Lexicon) -> tuple[Features, sparse.csr_matrix]:
    """The named blocks learned from these texts, and the features of the texts."""
    makers = _makers(lexicon)
    blocks = {name: makers[name]() for name in names}
    rows = _side_by_side([block.fit_transform(texts) for block in blocks.values()])
    return Features(blocks), rows


def _makers(lexicon: Lexicon) -> Mapping[str, Callable[[], TfidfVectorizer]]:
    return {
        "words": partial(_weighed, analyzer=_words, min_df=2),
        "pieces": partial(_weighed, analyzer="char_wb", ngram_range=(2, 4), min_df=2),
        "sounds": partial(_weighed, analyzer=_sounds, min_df=2),
        "ideas": partial(_weighed, analyzer=partial(_ideas, lexicon)),
    }


def _weighed(**how: object) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **how)


def _words(text: str) -> list[str]:
    return _with_pairs(_WORD.findall(text))


def _sounds(text: str) -> list[str]:
    return _with_pairs([sound(word) for word in _WORD.findall(text)])


def _ideas(lexicon: Lexicon, text: str) -> list[str]:
    return _with_pairs(lexicon.ideas(text))


def _with_pairs(units: Sequence[str]) -> list[str]:
    return [*units, *(f"{first} {second}" for first, second in pairwise(units))]


def _side_by_side(blocks: Sequence[sparse.csr_matrix]) -> sparse.csr_matrix:
    rows = sparse.hstack(blocks, format="csr", dtype=np.float32)
    rows.sum_duplicates()
    return rows
