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
    for start in range(0, len(long_enough), _ROWS_AT_ONCE):
        shared = (present[start : start + _ROWS_AT_ONCE] @ present.T).toarray()
        union = sizes[start : start + _ROWS_AT_ONCE, None] + sizes[None, :] - shared
        for row, column in zip(*np.nonzero(shared > TOO_CLOSE * union), strict=True):
            if start + row < column:
                yield long_enough[start + row], long_enough[column]
