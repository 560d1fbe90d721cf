"""Which proposed slot a message means; and that what is not clearly a choice is none."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.wishes.choice import read_choice, read_rank
from bot.clock import PARIS

MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=PARIS)
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=PARIS)
TUESDAY_AFTERNOON = datetime(2026, 11, 24, 14, 30, tzinfo=PARIS)
OFFERED = [MONDAY, TUESDAY, TUESDAY_AFTERNOON]


@pytest.mark.parametrize(
    "text",
    "2|2.|2)|#2|n°2|numéro 2|choix 2|le 2|le 2ème|2e|deux|le deuxième|le second|je prends le 2|ok pour le 2|le 2 svp"
    "|2, merci|va pour 2|oui 2|Le créneau 2 me va".split("|"),
)
def test_a_rank_chooses(text: str) -> None:
    assert read_choice(text, OFFERED) == TUESDAY


@pytest.mark.parametrize("text", ["la derniere", "le dernier", "le dernier créneau", "3", "la troisième"])
def test_the_last_one_chooses(text: str) -> None:
    assert read_choice(text, OFFERED) == TUESDAY_AFTERNOON


@pytest.mark.parametrize("text", ["l'avant-dernière", "attendez, l'avant dernier", "je veux l'avant-dernier"])
def test_the_last_but_one_chooses(text: str) -> None:
    assert read_choice(text, OFFERED) == OFFERED[-2]


def test_the_first_of_the_month_that_something_lasts_since_is_no_rank() -> None:
    assert read_choice("je suis au chômage depuis le 1er", OFFERED) is None


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("lundi", MONDAY),
        ("mardi matin", TUESDAY),
        ("mardi", TUESDAY),
        ("mardi après-midi", TUESDAY_AFTERNOON),
        ("l'aprem", TUESDAY_AFTERNOON),
        ("celui de 14h30", TUESDAY_AFTERNOON),
        ("14:30", TUESDAY_AFTERNOON),
        ("14 h 30 svp", TUESDAY_AFTERNOON),
        ("à 9 heures", TUESDAY),
        ("le 24", TUESDAY),
        ("lundi 23", MONDAY),
        ("24/11", TUESDAY),
        ("24/11 à 14h30", TUESDAY_AFTERNOON),
        ("le 24 à 14h30", TUESDAY_AFTERNOON),
        ("mardi 24 novembre à 14h30", TUESDAY_AFTERNOON),
        ("mardie", TUESDAY),
        ("le vingt-quatre", TUESDAY),
        ("la 3 ou sinon la 1", TUESDAY_AFTERNOON),
        ("la 2, à défaut la 3", TUESDAY),
        ("le 24 novembre", TUESDAY),
    ],
)
def test_a_day_or_an_hour_chooses(text: str, chosen: datetime) -> None:
    assert read_choice(text, OFFERED) == chosen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "bonjour",
        "je ne sais pas",
        "mercredi",
        "le 31",
        "16h",
        "24/12",
        "le 2 décembre",
        "le deux décembre",
        "lundi 24",
        "4",
        "0",
    ],
)
def test_what_fits_no_slot_chooses_none(text: str) -> None:
    assert read_choice(text, OFFERED) is None


@pytest.mark.parametrize(
    "text",
    ["j'ai 2 enfants", "il a 3 ans", "je veux un rendez-vous", "on est 2 adultes", "une amie", "c'est la 1ère fois"],
)
def test_a_number_that_counts_something_is_no_rank(text: str) -> None:
    """A slot is never chosen by accident: the list is shown again instead."""
    assert read_choice(text, OFFERED) is None


@pytest.mark.parametrize("text", ["pas le 2", "le 2 ne me va pas", "sauf mardi", "aucun", "1 ou 2", "le 1 ou le 3"])
def test_a_refusal_or_a_hesitation_chooses_none(text: str) -> None:
    assert read_choice(text, OFFERED) is None


@pytest.mark.parametrize("text", ["demain matin", "aujourd'hui", "la semaine prochaine le matin"])
def test_a_day_told_from_today_is_not_guessed(text: str) -> None:
    assert read_choice(text, OFFERED) is None


def test_the_first_of_november_is_a_date_and_not_a_rank() -> None:
    assert read_choice("le 1er novembre", OFFERED) is None
    assert read_choice("le 1er", OFFERED) == MONDAY


slots = st.lists(
    st.integers(0, 60_000).map(lambda minutes: MONDAY + timedelta(minutes=minutes)), max_size=5, unique=True
)
words = st.lists(
    st.sampled_from(
        "le 2 24 lundi mardi matin 14h30 25:99 31/02 dernier un pas 0 99 1er novembre h / ² ٣ enfants ou -1".split()
    )
).map(" ".join)


@given(st.one_of(st.text(max_size=200), words), slots)
def test_the_choice_is_always_one_that_was_offered(text: str, offered: list[datetime]) -> None:
    chosen = read_choice(text, offered)
    assert chosen is None or chosen in offered


@given(slots)
def test_every_slot_is_chosen_by_its_own_rank_and_by_its_own_date_and_hour(offered: list[datetime]) -> None:
    for rank, start in enumerate(offered, start=1):
        assert read_choice(str(rank), offered) == start
        assert read_choice(f"le {start:%d/%m} à {start:%H}h{start:%M}", offered) == start


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("2", 2),
        ("la 1", 1),
        ("le deuxième", 2),
        ("la 1ere svp", 1),
        ("Numéro 3", 3),
        ("ok pour la 2 merci", 2),
        (" 4. ", 4),
    ],
)
def test_a_rank_by_itself(text: str, rank: int) -> None:
    assert read_rank(text) == rank


@pytest.mark.parametrize(
    "text", ["pas la 2", "j'ai 2 enfants", "2 ou 3 ?", "la 1 et faut etre a jeun", "oui", "", "le 24/11"]
)
def test_what_points_at_no_rank(text: str) -> None:
    assert read_rank(text) is None


def test_the_first_of_the_month_may_be_meant() -> None:
    """ "Le 1er" is no choice where one of the slots is on the first: which one is asked."""
    offered = [datetime(2026, 11, 24, 9, tzinfo=PARIS), datetime(2026, 12, 1, 9, tzinfo=PARIS)]
    assert read_choice("le 1er", offered) is None
    assert read_choice("le 1er décembre", offered) == offered[1]
    assert read_choice("la 1", offered) == offered[0]
