"""T-C11 of booking.md 2.6, the full path: twelve people talk to the assistant and want the same slot."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.booking.consistency import faults
from bot.booking.models import Rdv
from bot.database import engine_for
from tests.assistant import Assistant, Conversation

PEOPLE = 12
NEED = "je voudrais faire peser mon bébé, j'habite à Clichy"


def together(talks: list[Conversation], say: Callable[[Conversation], object]) -> None:
    with ThreadPoolExecutor(len(talks)) as pool:
        list(pool.map(say, talks))


def titles(talk: Conversation) -> list[str]:
    return [button["title"] for message in talk.messages for button in message["buttons"]]


def press_yes(talks: list[Conversation]) -> None:
    """Those who are asked for a yes say it; others were told at once that the slot is taken, or had said it before."""
    asked = [talk for talk in talks if any(title.startswith("Oui") for title in titles(talk))]
    if asked:
        together(asked, lambda talk: talk.press("Oui"))


def live_rdv(assistant: Assistant) -> dict[int, int]:
    """How many appointments stand at each start."""
    engine = engine_for(assistant.database_url)
    standing = select(Rdv.starts_at, func.count()).where(Rdv.cancelled_at.is_(None), Rdv.motif_code == "premiere_pesee")
    with Session(engine, future=True) as session:
        found = dict(session.execute(standing.group_by(Rdv.starts_at)).all())
    engine.dispose()
    return found


def test_of_twelve_conversations_that_want_one_slot_one_has_it_and_the_others_are_offered_others(
    assistant: Assistant,
) -> None:
    before = live_rdv(assistant)
    talks = [Conversation.open(assistant) for _ in range(PEOPLE)]
    together(talks, lambda talk: talk.say(NEED))
    wanted = {next(title for title in titles(talk) if title.startswith("1.")) for talk in talks}
    assert len(wanted) == 1, "all are shown the same first slot"

    together(talks, lambda talk: talk.press("1."))
    press_yes(talks)

    served = [talk for talk in talks if talk.rdv is not None]
    assert len(served) == 1
    after = live_rdv(assistant)
    assert [after[start] - before.get(start, 0) for start in after if after[start] != before.get(start, 0)] == [1]
    for talk in talks:
        if talk not in served:
            assert "pris" in talk.text, talk.transcript
            others = [title for title in titles(talk) if title[:1].isdigit()]
            assert others and not wanted & set(others), talk.transcript
    second = next(talk for talk in talks if talk not in served)
    second.press("1.")
    press_yes([second])
    assert second.rdv is not None, "who came second is served too"
    engine = engine_for(assistant.database_url)
    assert faults(engine) == []
    engine.dispose()
