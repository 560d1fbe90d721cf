"""A precise question is answered by the fact that the conversation makes likeliest, or by none."""

from bot.dialogue.precise_questions import choose_fact
from bot.directory.load import load_directory

FACTS = load_directory().facts


def test_the_likeliest_answers() -> None:
    fact = choose_fact([("css-prix", 0.3), ("apa-conditions", -0.2)], FACTS, ())
    assert fact is not None
    assert fact.id == "css-prix"


def test_what_is_spoken_of_weighs_in() -> None:
    fact = choose_fact(
        [("appel-3919", -0.5), ("doute-119", -0.6)], FACTS, ("enfance_danger",), words="ils sauront que c est moi"
    )
    assert fact is not None
    assert fact.id == "doute-119"


def test_an_unlikely_fact_is_not_told() -> None:
    assert choose_fact([("css-prix", -0.8)], FACTS, ()) is None
    assert choose_fact([], FACTS, ("css_sante",)) is None


def test_a_fact_of_another_need_is_told_only_when_it_is_named() -> None:
    ranked = [("ordonnance-protection", 0.4)]
    assert choose_fact(ranked, FACTS, ("dettes_budget",), words="mon conjoint devra t il payer mes dettes ?") is None
    named = [("ordonnance-protection", 1.0)]
    assert choose_fact(named, FACTS, ("dettes_budget",), words="l ordonnance de protection, c est long ?") is not None


def test_an_unlikely_fact_of_the_need_is_told_only_when_a_word_of_it_stands_there() -> None:
    ranked = [("treve-hivernale", -0.7)]
    assert choose_fact(ranked, FACTS, ("expulsion",), words="si je paye tout, la procedure s arrete ?") is None
    assert choose_fact(ranked, FACTS, ("expulsion",), words="et avec ce froid ?") is not None


def test_of_two_facts_asked_the_most_pressing_need_is_answered() -> None:
    ranked = [("pilule-lendemain", 1.0), ("ivg-delai", 1.0)]
    fact = choose_fact(ranked, FACTS, ("ivg", "contraception"), words="jusqu a quand on peut decider ?")
    assert fact is not None
    assert fact.id == "ivg-delai"


def test_a_short_word_of_a_fact_is_a_whole_one() -> None:
    assert choose_fact([("rsa-ou", -0.7)], FACTS, ("rsa_demande",), words="j ouvre mon courrier ?") is None
    assert choose_fact([("rsa-ou", -0.7)], FACTS, ("rsa_demande",), words="et c est ou ?") is not None
