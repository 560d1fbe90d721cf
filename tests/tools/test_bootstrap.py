import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tools.evaluation.bootstrap import Bootstrap
from tools.evaluation.counts import Array
from tools.evaluation.formulas import ACCURACY, F1

ANSWERS = st.lists(st.booleans(), min_size=1, max_size=60)


def tallied(answers: list[bool]) -> Array:
    return np.array([(float(answer), 1.0) for answer in answers])


@given(ANSWERS)
def test_the_interval_contains_the_figure(answers: list[bool]):
    accuracy = Bootstrap(len(answers)).measure(tallied(answers), ACCURACY)

    assert accuracy.low <= accuracy.value <= accuracy.high
    assert accuracy.value == sum(answers) / len(answers)
    assert accuracy.n == len(answers)


@given(ANSWERS)
def test_the_same_messages_always_give_the_same_interval(answers: list[bool]):
    first, second = (Bootstrap(len(answers)).measure(tallied(answers), ACCURACY) for _ in range(2))

    assert first == second


def test_another_seed_draws_other_messages():
    answers = tallied([True, False] * 20 + [True])

    assert Bootstrap(41).measure(answers, ACCURACY) != Bootstrap(41, seed=1).measure(answers, ACCURACY)


def test_the_interval_narrows_as_messages_grow():
    few = Bootstrap(20).measure(tallied([True, False] * 10), ACCURACY)
    many = Bootstrap(2000).measure(tallied([True, False] * 1000), ACCURACY)

    assert many.high - many.low < (few.high - few.low) / 3


def test_the_interval_of_a_half_is_the_known_one():
    accuracy = Bootstrap(400).measure(tallied([True, False] * 200), ACCURACY)

    assert abs(accuracy.low - (0.5 - 1.96 * 0.025)) < 0.006
    assert abs(accuracy.high - (0.5 + 1.96 * 0.025)) < 0.006


def test_resamples_without_the_thing_are_left_out():
    counts = np.zeros((10, 3))
    counts[0, 0] = 1

    assert Bootstrap(10).measure(counts, F1).low == 1
