"""Which words tell a need by themselves, learned from a handful of messages."""

from bot.nlu.telling_words import learn_telling_words

FOOD, DANGER = frozenset({"aide_alimentaire"}), frozenset({"violence_conjugale", "urgence:violence"})
WORDS = learn_telling_words(
    [("le frigo vide depuis hier", FOOD)] * 9
    + [("il me frappe depuis hier", DANGER)] * 9
    + [("merci depuis hier", frozenset({"acte:remercier"}))] * 9
    + [("un mot rare", FOOD)]
)


def test_a_word_of_one_need_tells_it() -> None:
    assert WORDS.told_in("mon frigo est la") == ("aide_alimentaire",)
    assert set(WORDS.told_in("il me frappe")) == DANGER


def test_a_word_of_everybody_tells_nothing() -> None:
    assert WORDS.told_in("depuis hier") == ()


def test_a_word_met_once_tells_nothing_yet() -> None:
    assert WORDS.told_in("c est rare") == ()


def test_what_a_person_does_is_no_need() -> None:
    assert WORDS.told_in("merci") == ()
