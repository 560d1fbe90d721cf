"""A precise question is answered by the fact that the conversation makes likeliest, or by none."""

from bot.dialogue.precise_questions import choose_fact
from bot.directory.load import load_directory

FACTS = load_directory().facts


def test_the_likeliest_answers() -> None:
    fact = choose_fact([("css-prix", 0.3), ("apa-conditions", -0.2)], FACTS, ())
    assert fact is not None
    assert fact.id == "css-prix"


def test_what_is_spoken_of_weighs_in() -> None:
    fact = choose_fact([("appel-3919", -0.5), ("doute-119", -0.6)], FACTS, ("enfance_danger",))
    assert fact is not None
    assert fact.id == "doute-119"


def test_an_unlikely_fact_is_not_told() -> None:
    assert choose_fact([("css-prix", -0.8)], FACTS, ()) is None
    assert choose_fact([], FACTS, ("css_sante",)) is None
