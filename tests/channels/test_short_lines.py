"""The doors in one line each, as they are kept in a summary or recalled with the town."""

from datetime import datetime

import pytest

from bot.channels.cards import Renderer
from bot.channels.gsm7 import segments, to_gsm7
from bot.channels.sms import MAX_SEGMENTS
from bot.channels.wording import load_wording
from bot.clock import PARIS
from bot.directory.load import load_directory
from bot.orientation.plan import Channel, Situation, make_plan
from bot.orientation.table import load_table

DIRECTORY, TABLE = load_directory(), load_table()
RENDERER = Renderer(load_wording(), DIRECTORY)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=PARIS)
SUNDAY = datetime(2026, 11, 22, 11, tzinfo=PARIS)


def short(need: str, channel: Channel = "web", town: str | None = "Clichy", moment: datetime = MONDAY) -> str:
    plan = make_plan(Situation((need,), commune=town), moment, channel, DIRECTORY, TABLE)
    return "\n".join(RENDERER.short_lines(plan, channel))


every_need = pytest.mark.parametrize("need", TABLE)
either_channel = pytest.mark.parametrize("channel", ["web", "sms"])


@either_channel
@pytest.mark.parametrize(
    ("need", "name"),
    [
        ("domiciliation", "(CCAS) de Clichy"),
        ("isolement_senior", "Institut des Hauts-de-Seine"),
        ("isolement_senior", "(CCAS) de Clichy"),
        ("apprentissage_francais", "École française des Femmes de Clichy"),
        ("perte_autonomie", "(APA)"),
        ("aide_alimentaire", "Permanence unique"),
        ("violence_familiale", "Permanence unique"),
        ("caravane_solidaire", "je n'ai pas ses"),
        ("insertion_emploi", "Mission locale"),
        ("mode_garde", "Ville de Clichy"),
    ],
)
def test_a_line_names_who_is_to_be_asked(need: str, name: str, channel: Channel) -> None:
    assert name in short(need, channel)
    assert name in short(need, channel, moment=SUNDAY)


def test_nobody_is_sent_to_a_town_that_was_not_named() -> None:
    assert "(CCAS)." in short("domiciliation", town=None)
    assert "(CCAS) de Levallois-Perret" in short("domiciliation", town="Levallois-Perret")


@either_channel
@every_need
def test_a_shut_door_gives_no_number_twice(need: str, channel: Channel) -> None:
    single = DIRECTORY.single_number().number
    assert all(line.count(single) <= 1 for line in short(need, channel, moment=SUNDAY).splitlines())


@every_need
def test_three_lines_fit_one_text_message(need: str) -> None:
    for moment in (MONDAY, SUNDAY):
        recalled = "\n".join(["C'est noté: Levallois-Perret.", *short(need, "sms", moment=moment).splitlines()[:3]])
        assert segments(to_gsm7(recalled)) <= MAX_SEGMENTS
