"""The features of one message are those scikit-learn gives it, however it is asked."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.features import Features, learn, learn_block
from bot.nlu.lexicon import load_lexicon
from tests.nlu.examples import TRAINING, examples

BLOCKS = ("words", "pieces", "sounds", "ideas")
TEXTS = [example.text.lower() for example in examples(TRAINING[0])]
LEARNED, ROWS = learn(BLOCKS, TEXTS, load_lexicon())


def test_the_features_learned_are_those_of_the_texts() -> None:
    assert abs(LEARNED.of(TEXTS) - ROWS).max() < 1e-6


@settings(max_examples=50)
@given(st.lists(st.text(alphabet="aeilmnoprstu '", max_size=40), min_size=1, max_size=4))
def test_a_text_has_the_same_features_alone_or_among_others(texts: list[str]) -> None:
    alone = np.vstack([LEARNED.of([text]).toarray() for text in texts])
    assert np.array_equal(LEARNED.of(texts).toarray(), alone)


def test_a_text_of_unknown_units_has_no_feature() -> None:
    block, _ = learn_block({"analyzer": str.split}, ["loyer impaye", "loyer"])
    assert Features({"words": block}).of(["zzz", ""]).nnz == 0


def test_a_block_weighs_what_is_rare_more() -> None:
    block, _ = learn_block({"analyzer": str.split}, ["loyer impaye", "loyer"])
    places, weights = block.of("loyer impaye")
    weight = dict(zip(places.tolist(), weights.tolist(), strict=True))
    assert weight[block.places["impaye"]] > weight[block.places["loyer"]]
