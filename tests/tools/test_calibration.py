import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.cases import case, situation
from tools.evaluation.bootstrap import Bootstrap
from tools.evaluation.calibration import BINS, believed, bins_of, calibration, expected_error

CHANCE = st.tuples(st.integers(0, 5), st.floats(0.02, 1), st.booleans())


def test_without_probabilities_there_is_no_calibration():
    assert calibration([case(situation("fsl"), situation("fsl"))], Bootstrap(1)) is None


def test_negligible_probabilities_are_left_out_and_the_needs_they_hid_counted():
    cases = [case(situation("fsl"), situation(), chances={"fsl": 0.01, "ivg": 0.5})]

    assert believed(cases) == [(0, 0.5, False)]
    assert calibration(cases, Bootstrap(1))["needs_as_good_as_excluded"] == 1


def test_figures_counted_by_hand():
    cases = [
        case(situation("fsl"), situation(), chances={"fsl": 0.8, "ivg": 0.4}),
        case(situation(), situation(), chances={"fsl": 0.6}),
    ]

    told = calibration(cases, Bootstrap(2))

    assert told["pairs"] == 3
    assert told["expected_error"] == pytest.approx((0.4 + 0.6 + 0.2) / 3)
    assert told["brier"]["value"] == pytest.approx((0.4**2 + 0.6**2 + 0.2**2) / 3)
    assert [(each["announced"], each["happened"]["value"]) for each in told["bins"]] == [(0.4, 0), (0.6, 0), (0.8, 1)]


def test_what_happens_as_often_as_announced_has_no_error():
    half = [(0, 0.5, True), (0, 0.5, False)]

    assert expected_error([half]) == 0
    assert expected_error([]) is None


@given(st.lists(CHANCE, max_size=200))
def test_bins_hold_every_probability_once_and_are_of_the_same_size(chances: list[tuple[int, float, bool]]):
    parts = bins_of(chances)
    sizes = [len(part) for part in parts]

    assert [each for part in parts for each in part] == chances
    assert len(parts) <= BINS
    assert not sizes or max(sizes) - min(sizes) <= 1
