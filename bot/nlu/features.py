"""What a message is learned by: blocks of features, each counted and weighed by rarity (tf-idf).

- `words`: words and pairs of words;
- `pieces`: pieces of three or four letters inside words, which absorb typing errors;
- `sounds`: words and pairs as they are heard, which absorb spelling by ear;
- `ideas`: ideas of the lexicon of the field and pairs of them, which reach words never seen in training.

What each block brings is measured by `tools/ablation.py`.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.lexicon import Lexicon
from bot.nlu.phonetics import sound

_WORD = re.compile(r"\w+")
_FEWEST_MESSAGES = 2
"""What only one message holds is not learned."""
_MOST_MESSAGES_WITH_A_PIECE = 0.1
"""Nor pieces found in a larger share of messages: half of what there is to learn, and they tell nothing apart."""


@dataclass(frozen=True)
class Block:
    """One block, as it was learned: the units of a text, where each stands, and how rare it is.

    It weighs a text as scikit-learn's vectoriser does, without the checks that take it a millisecond for a short one.
    """

    units: Callable[[str], list[str]]
    places: Mapping[str, int]
    rarity: NDArray[np.float32]

    def of(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The places of the known units of a text, and their weights, of length one together."""
        counts = Counter(place for unit in self.units(text) if (place := self.places.get(unit)) is not None)
        places = np.fromiter(counts, dtype=np.intp, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (np.log(often) + 1) * self.rarity[places]
        length = np.sqrt(weights @ weights)
        return places, weights / length if length else weights


@dataclass(frozen=True)
class Features:
    """The blocks of features, as they were learned from the training messages."""

    blocks: Mapping[str, Block]

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """The features of normalised texts, a row each."""
        starts = np.cumsum([0, *(len(block.rarity) for block in self.blocks.values())])
        places, weights, ends = [], [], [0]
        for text in texts:
            found = [block.of(text) for block in self.blocks.values()]
            places += [start + at for start, (at, _) in zip(starts, found, strict=False)]
            weights += [weight for _, weight in found]
            ends.append(ends[-1] + sum(len(at) for at, _ in found))
        rows = np.concatenate(weights), np.concatenate(places), ends
        return sparse.csr_matrix(rows, shape=(len(texts), starts[-1]), dtype=np.float32)


def learn(names: Sequence[str], texts: Sequence[str], lexicon: Lexicon) -> tuple[Features, sparse.csr_matrix]:
    """The named blocks learned from these texts, and the features of the texts."""
    makers = _makers(lexicon)
    learned = {name: learn_block(makers[name], texts) for name in names}
    rows = sparse.hstack([rows for _, rows in learned.values()], format="csr", dtype=np.float32)
    rows.sum_duplicates()
    return Features({name: block for name, (block, _) in learned.items()}), rows


def learn_block(how: Mapping[str, object], texts: Sequence[str]) -> tuple[Block, sparse.csr_matrix]:
    """A block learned from texts, and its features of them. `how`: scikit-learn's way to part a text in units."""
    vectorizer = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **how)
    rows = vectorizer.fit_transform(texts)
    del vectorizer.stop_words_  # all that was left out: the analyzer would carry it into the model
    return Block(vectorizer.build_analyzer(), vectorizer.vocabulary_, vectorizer.idf_.astype(np.float32)), rows


def _makers(lexicon: Lexicon) -> Mapping[str, Mapping[str, object]]:
    return {
        "words": {"analyzer": words_and_pairs, "min_df": _FEWEST_MESSAGES},
        "pieces": {
            "analyzer": "char_wb",
            "ngram_range": (3, 4),
            "min_df": _FEWEST_MESSAGES,
            "max_df": _MOST_MESSAGES_WITH_A_PIECE,
        },
        "sounds": {"analyzer": _sounds, "min_df": _FEWEST_MESSAGES},
        "ideas": {"analyzer": partial(_ideas, lexicon)},
    }


def words_and_pairs(text: str) -> list[str]:
    """The words of a normalised text, then its pairs of words."""
    return _with_pairs(_WORD.findall(text))


def _sounds(text: str) -> list[str]:
    return _with_pairs([sound(word) for word in _WORD.findall(text)])


def _ideas(lexicon: Lexicon, text: str) -> list[str]:
    return _with_pairs(lexicon.ideas(text))


def _with_pairs(units: Sequence[str]) -> list[str]:
    return [*units, *(f"{first} {second}" for first, second in pairwise(units))]
