import pytest

from bot.nlu.language import identify

FRENCH = frozenset(
    "je j ai n pas plus de la le mon ma mes mari enfants et un une est suis me dans sans rue avec".split()
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je n ai plus rien et mon mari est sans travail", "fr"),
        ("mrc bcp", "fr"),
        ("my husband is beating me, help me please", "en"),
        ("estou grávida e não tenho médico", "pt"),
        ("أنا حامل وأسكن في كليشي", "ar"),
        ("Де можна вивчати французьку мову безкоштовно", "uk"),
        ("мой муж меня бьёт", "ru"),
        ("我没有医疗保险", "zh"),
        ("kifach ndir carte dyali 3andi mochkil", "ar"),
        ("😀😀😀", "fr"),
        ("", "fr"),
    ],
)
def test_the_language_of_a_message(text: str, language: str) -> None:
    assert identify(text, text, FRENCH) == language
