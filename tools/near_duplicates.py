"""Messages written twice, or nearly: by the trigrams of letters they share."""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from bot.nlu.text import fold

TOO_CLOSE = 0.75
"""Share of the trigrams of either message that both have: above, they are one message."""
FEWEST_WORDS = 6
"""Shorter messages may resemble one another without being the same."""
_ROWS_AT_ONCE = 1000


def near_pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of messages of some length that are nearly the same."""
    long_enough = [text for text in texts if len(text.split()) >= FEWEST_WORDS]
    if not long_enough:
        return
    trigrams = CountVectorizer(analyzer="char", ngram_range=(3, 3), binary=True, preprocessor=fold, dtype=np.float32)
    present = trigrams.fit_transform(long_enough)
    sizes = np.asarray(present.sum(axis=1)).ravel()
    by_size = np.argsort(sizes, kind="stable")  # two messages share so much only when their sizes are near
    present, sizes = present[by_size], sizes[by_size]
    for start in range(0, len(sizes), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        end = int(np.searchsorted(sizes, sizes[rows][-1] / TOO_CLOSE, side="right"))
        shared = (present[rows] @ present[start:end].T).toarray()
        union = sizes[rows, None] + sizes[None, start:end] - shared
        for row, column in zip(*np.nonzero(shared > TOO_CLOSE * union), strict=True):
            if row < column:
                first, second = sorted((by_size[start + row], by_size[start + column]))
                yield long_enough[first], long_enough[second]
