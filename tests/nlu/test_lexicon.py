from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.lexicon import load_lexicon

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        ("j ai resu un papier de l uissier", "huissier"),
        ("je sui ansinte de 3 mois", "enceinte"),
        ("ma resu le comandement de paye", "papier_expulsion"),
        ("ils m ont coupe l electrisite", "energie"),
        ("c est pas pour moi", "marque_nie"),
    ],
)
def test_an_idea_is_found_however_it_is_spelt(text: str, idea: str) -> None:
    assert idea in LEXICON.ideas(text)


@pytest.mark.parametrize("text", ["et", "ai", "il est", "un peu de sel"])
def test_short_words_are_not_taken_for_others_that_sound_alike(text: str) -> None:
    assert "conjoint" not in LEXICON.ideas(text)


def test_a_form_added_to_the_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "domaine.yml"
    path.write_text("frigo: frigo vide, placards vides\nmarque_fini: c est du passe\n", encoding="utf-8")
    lexicon = load_lexicon(path)
    assert lexicon.ideas("le placard vide et le frigot vide") == ("frigo", "frigo")
    assert lexicon.marks("le frigo vide c est du passe") == [1]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=120))
def test_there_are_as_many_marks_as_names(text: str) -> None:
    assert len(LEXICON.marks(text)) == len(LEXICON.mark_names)
