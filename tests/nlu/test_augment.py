from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.augment import joined, mistyped

EXAMPLES = [
    ("je suis enceinte de quatre mois", frozenset({"grossesse_suivi"})),
    ("le proprietaire a change la serrure", frozenset({"expulsion"})),
    ("plus rien dans le frigo pour les enfants", frozenset({"aide_alimentaire"})),
]
SEEDS = st.integers(min_value=0, max_value=10_000)


@given(SEEDS)
def test_two_joined_messages_carry_the_needs_of_both(seed: int) -> None:
    by_text = dict(EXAMPLES)
    for text, labels in joined(EXAMPLES, 5, seed):
        held = [written for written in by_text if written in text]
        assert len(held) == 2
        assert labels == by_text[held[0]] | by_text[held[1]]


@given(SEEDS)
def test_typing_errors_change_letters_not_labels_nor_words(seed: int) -> None:
    by_labels = {labels: text for text, labels in EXAMPLES}
    for text, labels in mistyped(EXAMPLES, 5, seed):
        assert abs(len(text.split()) - len(by_labels[labels].split())) <= 1


@given(SEEDS)
def test_the_same_seed_gives_the_same_messages(seed: int) -> None:
    assert joined(EXAMPLES, 4, seed) == joined(EXAMPLES, 4, seed)
    assert mistyped(EXAMPLES, 4, seed) == mistyped(EXAMPLES, 4, seed)
