"""Rows made before a migration survive it, back and forth, on both databases."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from bot.booking.consistency import faults
from bot.database import ROOT, engine_for, is_migrated

START = 1_799_740_800  # a Monday of January 2027, nine o'clock in Paris
BEFORE = [
    "INSERT INTO lieu VALUES ('pole-clichy', false)",
    "INSERT INTO motif VALUES ('premiere_pesee', 'Première pesée', 'pmi', 30, 1800, 7776000)",
    "INSERT INTO motif_lieu VALUES ('premiere_pesee', 'pole-clichy')",
    "INSERT INTO agent (id, lieu_id, name) VALUES (1, 'pole-clichy', 'Poste 1')",
    "INSERT INTO rdv (id, code, motif_code, lieu_id, agent_id, starts_at, ends_at, status, sequence, conversation_id,"
    " first_name, phone, created_at, cancelled_at, idempotency_key) VALUES"
    f" (1, 'K7PM-4XQT-9R', 'premiere_pesee', 'pole-clichy', 1, {START}, {START + 1800}, 'unknown', 0, 'talk', 'Aïcha',"
    " '+33612345678', 5, NULL, 'key'),"
    f" (2, 'K7PM-4XQT-9T', 'premiere_pesee', 'pole-clichy', 1, {START}, {START + 1800}, 'excused', 1, NULL, NULL, NULL,"
    " 5, 9, NULL)",
    "INSERT INTO rdv_event (id, rdv_id, at, kind, status) VALUES (1, 1, 5, 'created', 'unknown'),"
    " (2, 2, 5, 'created', 'unknown'), (3, 2, 9, 'cancelled', 'excused')",
    "INSERT INTO slot_claim (agent_id, cell, seat, rdv_id, hold_id, expires_at) VALUES"
    + ", ".join(f" (1, {START // 300 + number}, 0, 1, NULL, NULL)" for number in range(6)),
    f"INSERT INTO slot_claim (agent_id, cell, seat, hold_id, expires_at) VALUES (1, {START // 300 + 9}, 0, 'talk', 99)",
]
KEPT = {
    "rdv": "SELECT id, code, motif_code, lieu_id, agent_id, starts_at, ends_at, status, sequence, conversation_id,"
    " first_name, phone, created_at, cancelled_at, idempotency_key FROM rdv",
    "rdv_event": "SELECT id, rdv_id, at, kind, status FROM rdv_event",
    "slot_claim": "SELECT agent_id, cell, seat, rdv_id FROM slot_claim WHERE hold_id IS NULL",
    "agent": "SELECT id, lieu_id, name FROM agent",
    "motif": "SELECT code, libelle, duration_min FROM motif",
}
AFTER = [
    "INSERT INTO seance (id, motif_code, lieu_id, agent_id, starts_at, ends_at, capacity, taken)"
    f" VALUES (1, 'premiere_pesee', 'pole-clichy', 1, {START + 9000}, {START + 9300}, 5, 0)",
    f"INSERT INTO slot_claim (agent_id, cell, seat, seance_id) VALUES (1, {START // 300 + 30}, 0, 1)",
    "INSERT INTO rdv (id, code, motif_code, lieu_id, starts_at, ends_at, status, sequence, created_at, created_by,"
    " backend, external_id) VALUES (9, 'K7PM-4XQT-9W', 'premiere_pesee', 'pole-clichy', 60, 120, 'unknown', 0, 5,"
    " 'rdv_service_public', 'rdv_service_public', '77')",
    "INSERT INTO rdv_event (id, rdv_id, at, kind, status, actor)"
    " VALUES (9, 9, 5, 'mirrored', 'unknown', 'rdv_service_public')",
    "INSERT INTO outbox (rdv_id, event, version, channel, state, due_at, attempts)"
    " VALUES (1, 'reminder', 0, 'sms', 'to_send', 5, 0)",
    "INSERT INTO attente (rdv_id, since, notices) VALUES (1, 5, 0)",
]
"""What only the newer tables can tell."""


@pytest.fixture
def alembic(database_url: str) -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.attributes["url"] = database_url
    return config


def execute(url: str, statements: list[str]) -> None:
    engine = engine_for(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def kept(url: str) -> dict[str, list[str]]:
    """What stood before, as it stands now; a hold may end with its migration, an appointment may not."""
    engine = engine_for(url)
    with engine.begin() as connection:
        found = {table: connection.execute(text(query)).all() for table, query in KEPT.items()}
    engine.dispose()
    return {table: sorted(map(repr, rows)) for table, rows in found.items()}


def test_rows_made_before_0006_survive_it_up_down_and_up_again(alembic: Config, database_url: str) -> None:
    command.upgrade(alembic, "0005")
    execute(database_url, BEFORE)
    before = kept(database_url)
    command.upgrade(alembic, "head")
    assert kept(database_url) == before
    assert_sound(database_url)
    execute(database_url, AFTER)
    command.downgrade(alembic, "0005")
    assert kept(database_url) == before, "what only the newer tables could tell is gone, and nothing else"
    command.upgrade(alembic, "head")
    assert kept(database_url) == before
    assert_sound(database_url)


def assert_sound(url: str) -> None:
    engine = engine_for(url)
    assert is_migrated(engine)
    assert faults(engine) == []
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT backend, created_by, seance_id, email, external_id FROM rdv"))
        assert set(map(tuple, rows)) == {("local", "resident", None, None, None)}
    engine.dispose()
