"""The figures of the report, on cases small enough to count by hand."""

from collections.abc import Sequence

import pytest

from tests.tools.cases import CASES, WEATHER, case, emergency, situation
from tools.evaluation.bootstrap import Bootstrap, Measured
from tools.evaluation.figures import ASKED, DETAILS, MICRO, against_targets, figures, per_need, targets_of
from tools.evaluation.readings import Case, Reading


def measured(cases: Sequence[Case]) -> dict[str, Measured]:
    return figures(cases, Bootstrap(len(cases)), (*ASKED, *DETAILS))


def value(cases: Sequence[Case], key: str) -> float | None:
    return measured(cases)[key].value


def test_each_need_has_its_precision_recall_and_f1():
    needs = per_need(CASES, Bootstrap(len(CASES)))

    assert list(needs) == ["css_sante", "expulsion", "fsl", "ivg"]
    assert needs["fsl"]["precision"].value == 1
    assert needs["fsl"]["recall"].value == pytest.approx(2 / 3)
    assert needs["fsl"]["f1"].value == pytest.approx(0.8)
    assert needs["fsl"]["recall"].n == 3


def test_a_figure_of_nothing_is_none():
    nothing = measured([case(Reading("saluer"), Reading("saluer"))])["emergencies_recall"]

    assert nothing == Measured(None, None, None, 0)


def test_micro_adds_every_need_up():
    assert value(CASES, "needs_micro_precision") == pytest.approx(3 / 5)
    assert value(CASES, "needs_micro_recall") == pytest.approx(3 / 5)
    assert value(CASES, MICRO) == pytest.approx(3 / 5)


def test_macro_is_the_mean_of_the_needs_that_were_there_to_be_found():
    f1_of = {"expulsion": 2 / 3, "fsl": 0.8, "ivg": 0}

    macro = measured(CASES)["needs_macro_f1"]

    assert macro.value == pytest.approx(sum(f1_of.values()) / 3)
    assert macro.n == 3


def test_several_needs_are_exact_only_when_none_lacks_and_none_is_invented():
    exact = measured(CASES)["several_needs_exact"]

    assert (exact.value, exact.n) == (0.5, 2)


def test_an_emergency_asked_about_is_not_left_alone_and_asking_without_one_is_counted():
    cases = [
        case(emergency("violence"), emergency("violence")),
        case(emergency("shelter"), situation(), asks_safety=True),
        case(emergency("suicide"), situation()),
        case(situation("expulsion"), situation("expulsion"), asks_safety=True),
        case(situation("fsl"), situation("fsl")),
    ]
    assert value(cases, "emergencies_or_doubt") == pytest.approx(2 / 3)
    assert value(cases, "doubt_in_vain") == 0.5


def test_emergencies_are_told_from_the_rest_and_their_kind_only_of_those_found():
    cases = [
        case(emergency("violence"), emergency("violence")),
        case(emergency("child"), emergency("violence")),
        case(emergency("suicide"), situation()),
        case(situation("expulsion"), emergency("shelter")),
    ]

    assert value(cases, "emergencies_recall") == pytest.approx(2 / 3)
    assert value(cases, "emergencies_precision") == pytest.approx(2 / 3)
    assert value(cases, "emergency_kind") == 0.5


def test_an_urgency_is_right_only_when_it_is_the_exact_label():
    soon = situation(urgency="soon")

    assert value([case(soon, situation(urgency="emergency")), case(soon, soon)], "urgency") == 0.5


def test_out_of_scope_has_its_own_score():
    cases = [case(WEATHER, WEATHER), case(WEATHER, situation("fsl")), case(situation("fsl"), WEATHER)]

    assert value(cases, "out_of_scope_f1") == 0.5


def test_acts_leave_situations_out_of_scope_and_other_languages_aside():
    cases = [
        case(Reading("rdv_prendre"), Reading("rdv_prendre")),
        case(Reading("saluer"), Reading("remercier")),
        case(situation("fsl"), Reading("saluer")),
        case(WEATHER, Reading("saluer")),
        case(Reading("autre_langue", language="en"), Reading("saluer")),
    ]

    acts = measured(cases)["acts"]

    assert (acts.value, acts.n) == (0.5, 2)


def test_communes_and_languages_are_told_apart_from_the_many_messages_without():
    cases = [
        case(situation(commune="Clichy"), situation(commune=None)),
        case(situation(), situation()),
        case(situation(language="en"), situation(language="en")),
    ]

    assert value(cases, "commune") == pytest.approx(2 / 3)
    assert value(cases, "commune_when_named") == 0
    assert value(cases, "language_when_not_french") == 1


def test_a_target_is_reached_missed_or_absent():
    told = against_targets({"a": Measured(0.9, 0.8, 1, 10), "b": Measured(None, None, None, 0)}, {"a": 0.9, "b": 0.9})

    assert told["a"]["reached"] is True
    assert told["b"]["reached"] is None
    assert against_targets({"a": Measured(0.89, 0.8, 1, 10)}, {"a": 0.9})["a"]["reached"] is False
    assert against_targets({"a": Measured(0.89, 0.8, 1, 10)}, {"a": None})["a"]["reached"] is None


def test_a_set_worded_elsewhere_has_its_own_target_and_all_together_have_none():
    assert targets_of("jugement.yml")[MICRO] == 0.90
    assert targets_of("jugement_ailleurs.yml")[MICRO] == 0.85
    assert targets_of(None)[MICRO] is None
    assert targets_of(None)["emergencies_recall"] == 1
