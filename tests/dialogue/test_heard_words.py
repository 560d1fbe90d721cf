"""What is told in passing gets a word of its own; what only resembles it does not."""

from collections.abc import Callable

import pytest

from bot.dialogue.heard_words import dates_a_forced_departure, makes_little_of_violence, tells_past_blows
from bot.dialogue.memory import Heard, child_is_calm, without_treatment
from bot.orientation.plan import Situation


@pytest.mark.parametrize(
    ("decided", "words", "so"),
    [
        (makes_little_of_violence, "il n a jamais cogne alors ca compte pas vraiment", True),
        (makes_little_of_violence, "c est bas violence ca non ? chez nous beaucoup les maris comme ca", True),
        (makes_little_of_violence, "il ne me bat pas. enfin, plus.", True),
        (makes_little_of_violence, "il me prend ma carte et mon telephone", False),
        (tells_past_blows, "il me tapait, oui, mais c est fini depuis dix ans", True),
        (tells_past_blows, "il me tapait et il est revenu hier", False),
        (child_is_calm, "il a rien, il joue la devant moi", True),
        (child_is_calm, "il dort mais il pleure dans son sommeil", False),
        (child_is_calm, "il n a rien mange", False),
    ],
)
def test_by_its_words(decided: Callable[[str], bool], words: str, so: bool) -> None:
    assert decided(words) is so


def test_a_day_of_leaving_counts_after_a_forced_marriage_only() -> None:
    assert dates_a_forced_departure("l avion c est le 19 decembre", "ils veulent la marier de force")
    assert not dates_a_forced_departure("l avion c est le 19 decembre", "il crie sur ma mere")
    assert not dates_a_forced_departure("elle a 20 ans", "ils veulent la marier de force")


def test_a_treatment_that_ends_is_a_matter_of_days_where_care_is_lacking() -> None:
    words = "il lui reste quatre jours de stylos"
    assert without_treatment(Situation(("css_sante",)), Heard(), words).urgency == "soon"
    assert without_treatment(Situation(("vaccination",)), Heard(), words) == Heard()
