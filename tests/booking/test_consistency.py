"""The checker of the agenda: nothing to say of what was done through it, and each contradiction found by its name."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot import __main__ as cli
from bot.booking.appointments import Agenda
from bot.booking.consistency import Fault, counts, faults
from bot.booking.models import RdvEvent
from bot.booking.views import RdvView
from bot.clock import PARIS
from tests.booking.groups import open_session
from tests.booking.mutations import drop_claim_key

MOTIF, LIEU = "premiere_pesee", "pole-clichy"


@pytest.fixture
def busy_agenda(agenda: Agenda, engine: Engine) -> Agenda:
    """Three appointments (1 moved and told of, 2 cancelled, 3 in a session), and a slot held."""
    first, second, third, fourth, *_ = [slot.starts_at for slot in agenda.next_slots(MOTIF, LIEU, limit=9)]
    evening = datetime(2027, 1, 14, 19, tzinfo=PARIS)
    open_session(engine, MOTIF, LIEU, evening, capacity=2)
    codes = [agenda.book(MOTIF, LIEU, start, f"talk {start}") for start in (first, second, evening)]
    moved, cancelled, seated = [rdv.code for rdv in codes if isinstance(rdv, RdvView)]
    agenda.attach_contact(moved, "Aïcha", "+33612345678", "aicha@example.org")
    agenda.attach_contact(cancelled, None, "+33612345679")
    agenda.move(moved, LIEU, third)
    agenda.cancel(cancelled)
    agenda.hold(MOTIF, LIEU, fourth, "talk of a hold")
    assert agenda.find(seated) is not None
    return agenda


def test_nothing_is_wrong_with_what_was_done_through_the_agenda(busy_agenda: Agenda, engine: Engine) -> None:
    assert faults(engine) == []
    held = counts(engine)
    assert (held.rdv, held.live, held.seances) == (3, 2, 1)
    assert held.claims == 6 + 6 + 12, "the moved one, the hold and the session"


BREAKS = {
    "UPDATE rdv SET ends_at = ends_at - 300 WHERE id = 1": {
        "Rendez-vous dont le temps réservé n'est pas le bon",
        "Rendez-vous qui ne sont pas comme leur historique les laisse",
    },
    "DELETE FROM slot_claim WHERE rdv_id = 1": {"Rendez-vous dont le temps réservé n'est pas le bon"},
    "UPDATE slot_claim SET cell = cell + 1000 WHERE rdv_id = 1": {"Rendez-vous dont le temps réservé n'est pas le bon"},
    "UPDATE slot_claim SET rdv_id = 2 WHERE rdv_id = 1": {"Rendez-vous dont le temps réservé n'est pas le bon"},
    "DELETE FROM slot_claim WHERE seance_id = 1": {"Séances dont le temps réservé n'est pas le bon"},
    "UPDATE seance SET taken = 2": {"Séances dont le nombre de places prises est faux"},
    "UPDATE seance SET cancelled_at = 5": {
        "Séances dont le temps réservé n'est pas le bon",
        "Rendez-vous dont la séance est à un autre moment ou annulée",
    },
    "UPDATE seance SET agent_id = 1": {
        "Séances dont le temps réservé n'est pas le bon",
        "Rendez-vous dont la séance est à un autre moment ou annulée",
    },
    "UPDATE rdv SET seance_id = NULL WHERE id = 3": {
        "Rendez-vous dont le temps réservé n'est pas le bon",
        "Postes qui ont deux rendez-vous à la fois",
        "Séances dont le nombre de places prises est faux",
    },
    "DELETE FROM rdv_event WHERE kind = 'created' AND rdv_id = 3": {
        "Rendez-vous sans trace de leur création, ou qui en ont deux"
    },
    "UPDATE rdv SET sequence = 4 WHERE id = 1": {"Rendez-vous changés sans trace dans leur historique"},
    "UPDATE rdv SET status = 'noshow' WHERE id = 1": {"Rendez-vous qui ne sont pas comme leur historique les laisse"},
    "UPDATE rdv SET cancelled_at = NULL WHERE id = 2": {
        "Rendez-vous annulés à moitié",
        "Rendez-vous dont le temps réservé n'est pas le bon",
    },
    "INSERT INTO attente (rdv_id, since, notices) VALUES (2, 0, 0)": {"Rendez-vous annulés encore en liste d'attente"},
    "UPDATE outbox SET version = 9 WHERE rdv_id = 1 AND state = 'to_send'": {
        "Messages qui parlent d'un changement jamais fait"
    },
    "UPDATE outbox SET state = 'to_send' WHERE rdv_id = 2 AND event = 'confirmation'": {
        "Messages encore à envoyer pour un rendez-vous annulé"
    },
    "DELETE FROM slot_claim WHERE cell IN (SELECT min(cell) + 2 FROM slot_claim WHERE hold_id IS NOT NULL)": {
        "Postes dont un créneau gardé est incomplet"
    },
}


@pytest.mark.parametrize("statement", BREAKS)
def test_each_contradiction_is_found_by_its_name(busy_agenda: Agenda, engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount > 0, "this breaks nothing"
    assert {fault.what for fault in faults(engine)} == BREAKS[statement]


def test_a_cell_owned_twice_is_found(busy_agenda: Agenda, engine: Engine) -> None:
    drop_claim_key(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO slot_claim SELECT * FROM slot_claim WHERE hold_id IS NOT NULL"))
    assert "Postes dont un même moment est réservé deux fois" in {fault.what for fault in faults(engine)}


def test_a_fault_names_a_few_of_the_rows() -> None:
    assert str(Fault("Messages", tuple(range(1, 8)))) == "Messages : 7 (numéros 1, 2, 3, 4, 5, …)"
    assert str(Fault("Messages", (3,))) == "Messages : 1 (numéros 3)"


def test_the_command_says_that_all_agrees_or_what_does_not(
    busy_agenda: Agenda,
    engine: Engine,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SECRET_KEY", "a secret for tests only")
    assert cli.main(["check-agenda"]) == 0
    assert "3 rendez-vous, dont 2 non annulés" in capsys.readouterr().out
    with engine.begin() as connection:
        connection.execute(text("UPDATE seance SET taken = 2"))
    assert cli.main(["check-agenda"]) == 1
    assert "Séances dont le nombre de places prises est faux : 1 (numéros 1)" in capsys.readouterr().err


def test_the_history_tells_where_an_appointment_stood(busy_agenda: Agenda, engine: Engine) -> None:
    """The rules lean on it."""
    with Session(engine, future=True) as session:
        kinds = session.query(RdvEvent.kind).filter_by(rdv_id=1).order_by(RdvEvent.id)
        assert [kind for (kind,) in kinds] == ["created", "contact_attached", "moved"]
