"""The figures of the evaluation, on cases small enough to count by hand."""

from dataclasses import replace

import pytest

from tools.metrics import (
    NONE,
    Case,
    Reading,
    Score,
    Tally,
    act_intents,
    agreement,
    confusion,
    emergencies,
    emergency_kinds,
    false_alarms,
    macro_f1,
    micro,
    missed_emergencies,
    need_scores,
    out_of_scope,
    summary,
    wholly_right,
)


def situation(*needs: str, **rest: str | None) -> Reading:
    return replace(Reading("decrire_situation", frozenset(needs)), **rest)


def emergency(kind: str) -> Reading:
    return Reading("decrire_situation", urgency="emergency", emergency_kind=kind)


def case(expected: Reading, predicted: Reading, text: str = "…") -> Case:
    return Case(text, expected, predicted)


CASES = [
    case(situation("fsl", "expulsion"), situation("fsl", "expulsion")),
    case(situation("fsl"), situation("fsl", "css_sante")),
    case(situation("fsl", "ivg"), situation("expulsion")),
    case(Reading("saluer"), Reading("saluer")),
]


def test_each_need_has_its_score():
    scores = need_scores(CASES)

    assert scores == {
        "css_sante": Score(found=0, invented=1, missed=0),
        "expulsion": Score(found=1, invented=1, missed=0),
        "fsl": Score(found=2, invented=0, missed=1),
        "ivg": Score(found=0, invented=0, missed=1),
    }
    assert scores["fsl"].precision == 1
    assert scores["fsl"].recall == pytest.approx(2 / 3)
    assert scores["fsl"].f1 == pytest.approx(0.8)
    assert scores["fsl"].support == 3


def test_a_figure_that_cannot_be_computed_is_none():
    assert Score(missed=2).precision is None
    assert Score(invented=2).recall is None
    assert Score().f1 is None
    assert Tally(0, 0).accuracy is None
    assert macro_f1({}) is None


def test_micro_adds_every_need_up():
    assert micro(need_scores(CASES)) == Score(found=3, invented=2, missed=2)


def test_macro_is_the_mean_of_the_codes_that_were_there_to_be_found():
    f1_of = {"expulsion": 2 / 3, "fsl": 0.8, "ivg": 0}

    assert macro_f1(need_scores(CASES)) == pytest.approx(sum(f1_of.values()) / 3)


def test_several_needs_are_wholly_right_only_when_none_lacks_and_none_is_invented():
    assert wholly_right(CASES) == Tally(right=1, total=2)


def test_emergencies_are_counted_and_listed():
    missed = case(emergency("suicide"), situation(), "je veux en finir")
    alarm = case(situation("expulsion"), emergency("shelter"), "je suis à la porte de Clichy")
    cases = [
        case(emergency("violence"), emergency("violence")),
        case(emergency("child"), emergency("violence")),
        missed,
        alarm,
    ]

    assert emergencies(cases) == Score(found=2, invented=1, missed=1)
    assert emergency_kinds(cases) == Tally(right=1, total=2)
    assert missed_emergencies(cases) == [missed]
    assert false_alarms(cases) == [alarm]


def test_an_urgency_is_right_only_when_it_is_the_exact_label():
    cases = [
        case(situation(urgency="soon"), situation(urgency="emergency")),
        case(situation(urgency="soon"), situation(urgency="soon")),
    ]

    assert agreement(cases, lambda reading: reading.urgency) == Tally(right=1, total=2)


def test_out_of_scope_has_its_own_score():
    weather = Reading("hors_sujet", out_of_scope=True)
    cases = [case(weather, weather), case(weather, situation("fsl")), case(situation("fsl"), weather)]

    assert out_of_scope(cases) == Score(found=1, invented=1, missed=1)


def test_the_intent_of_acts_leaves_situations_and_out_of_scope_aside():
    cases = [
        case(Reading("rdv_prendre"), Reading("rdv_prendre")),
        case(Reading("saluer"), Reading("remercier")),
        case(situation("fsl"), Reading("saluer")),
        case(Reading("hors_sujet"), Reading("saluer")),
    ]

    assert act_intents(cases) == Tally(right=1, total=2)


@pytest.mark.parametrize(
    ("expected", "predicted", "pairs"),
    [
        (["fsl"], ["fsl"], {("fsl", "fsl")}),
        (["fsl"], [], {("fsl", NONE)}),
        ([], ["fsl"], {(NONE, "fsl")}),
        ([], [], {(NONE, NONE)}),
        (["fsl", "ivg"], ["fsl"], {("fsl", "fsl"), ("ivg", NONE)}),
        (["fsl"], ["ivg"], {("fsl", "ivg")}),
        (["fsl", "ivg"], ["fsl", "ase_suivi"], {("fsl", "fsl"), ("ivg", "ase_suivi")}),
        (["fsl"], ["ivg", "ase_suivi"], {("fsl", "ivg"), ("fsl", "ase_suivi")}),
    ],
)
def test_the_confusion_sets_what_was_missed_against_what_was_invented(
    expected: list[str], predicted: list[str], pairs: set[tuple[str, str]]
):
    counted = confusion([case(situation(*expected), situation(*predicted))])

    assert counted == dict.fromkeys(pairs, 1)


def test_the_summary_tells_communes_and_languages_apart_from_the_many_messages_without():
    cases = [
        case(situation(commune="Clichy"), situation(commune=None)),
        case(situation(), situation()),
        case(situation(language="en"), situation(language="en")),
    ]
    report = summary(cases)

    assert report["messages"] == 3
    assert report["commune"] == {"accuracy": pytest.approx(2 / 3), "right": 2, "total": 3}
    assert report["commune_when_named"] == {"accuracy": 0, "right": 0, "total": 1}
    assert report["language_when_not_french"] == {"accuracy": 1, "right": 1, "total": 1}
