"""Holds, group sessions, messages to send, the waiting list, and appointments kept elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ONE_OWNER = (
    "(CASE WHEN rdv_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN seance_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN hold_id IS NULL THEN 0 ELSE 1 END) = 1"
)
A_HOLD = sa.text("hold_id IS NOT NULL")
LIVE = sa.text("cancelled_at IS NULL")


def upgrade() -> None:
    _make_sessions()
    _widen_rdv()
    _widen_history()
    _widen_claims()
    _make_waiting_list()
    _make_outbox()
    op.add_column("pending_contact", sa.Column("email", sa.String(length=254), nullable=True))


def downgrade() -> None:
    """What only the newer tables can tell is lost: sessions, waiting list, messages, copies of appointments."""
    with op.batch_alter_table("pending_contact") as pending:
        pending.drop_column("email")
    op.drop_table("outbox")
    op.drop_table("attente")
    op.execute("DELETE FROM slot_claim WHERE rdv_id IS NULL")
    op.execute("DELETE FROM rdv_event WHERE rdv_id IN (SELECT id FROM rdv WHERE backend <> 'local')")
    op.execute("DELETE FROM rdv WHERE backend <> 'local'")
    _narrow_claims()
    _narrow_history()
    _narrow_rdv()
    op.drop_table("seance")


def _make_sessions() -> None:
    op.create_table(
        "seance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("motif_code", sa.String(length=60), nullable=False),
        sa.Column("lieu_id", sa.String(length=60), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_seance_times")),
        sa.CheckConstraint("starts_at % 300 = 0 AND ends_at % 300 = 0", name=op.f("ck_seance_grid")),
        sa.CheckConstraint("0 <= taken AND taken <= capacity", name=op.f("ck_seance_seats")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_seance_agent_id")),
        sa.ForeignKeyConstraint(["lieu_id"], ["lieu.id"], name=op.f("fk_seance_lieu_id")),
        sa.ForeignKeyConstraint(["motif_code"], ["motif.code"], name=op.f("fk_seance_motif_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance")),
    )
    op.create_index("ix_seance_motif_code_lieu_id_starts_at", "seance", ["motif_code", "lieu_id", "starts_at"])


def _widen_rdv() -> None:
    with op.batch_alter_table("rdv") as rdv:
        rdv.add_column(sa.Column("seance_id", sa.Integer(), nullable=True))
        rdv.add_column(sa.Column("email", sa.String(length=254), nullable=True))
        rdv.add_column(sa.Column("created_by", sa.String(length=20), nullable=False, server_default="resident"))
        rdv.add_column(sa.Column("backend", sa.String(length=20), nullable=False, server_default="local"))
        rdv.add_column(sa.Column("external_id", sa.String(length=40), nullable=True))
        rdv.alter_column("agent_id", existing_type=sa.Integer(), nullable=True)
        rdv.drop_constraint(op.f("ck_rdv_grid"), type_="check")
    with op.batch_alter_table("rdv") as rdv:
        rdv.alter_column("created_by", existing_type=sa.String(length=20), server_default=None)
        rdv.alter_column("backend", existing_type=sa.String(length=20), server_default=None)
        rdv.create_check_constraint(
            op.f("ck_rdv_grid"), "backend <> 'local' OR (starts_at % 300 = 0 AND ends_at % 300 = 0)"
        )
        rdv.create_check_constraint(op.f("ck_rdv_agent"), "(backend = 'local') = (agent_id IS NOT NULL)")
        rdv.create_check_constraint(op.f("ck_rdv_external"), "(backend = 'local') = (external_id IS NULL)")
        rdv.create_foreign_key(op.f("fk_rdv_seance_id"), "seance", ["seance_id"], ["id"])
        rdv.create_unique_constraint(op.f("uq_rdv_external_id"), ["external_id"])
    op.create_index(
        "uq_rdv_seance_id_conversation_id",
        "rdv",
        ["seance_id", "conversation_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_index("ix_rdv_phone", "rdv", ["phone"])
    op.create_index("ix_rdv_starts_at", "rdv", ["starts_at"])


def _narrow_rdv() -> None:
    op.drop_index("ix_rdv_starts_at", "rdv")
    op.drop_index("ix_rdv_phone", "rdv")
    op.drop_index("uq_rdv_seance_id_conversation_id", "rdv")
    with op.batch_alter_table("rdv") as rdv:
        rdv.drop_constraint(op.f("uq_rdv_external_id"), type_="unique")
        rdv.drop_constraint(op.f("fk_rdv_seance_id"), type_="foreignkey")
        for name in ("ck_rdv_external", "ck_rdv_agent", "ck_rdv_grid"):
            rdv.drop_constraint(op.f(name), type_="check")
    with op.batch_alter_table("rdv") as rdv:
        for name in ("external_id", "backend", "created_by", "email", "seance_id"):
            rdv.drop_column(name)
        rdv.alter_column("agent_id", existing_type=sa.Integer(), nullable=False)
        rdv.create_check_constraint(op.f("ck_rdv_grid"), "starts_at % 300 = 0 AND ends_at % 300 = 0")


def _widen_history() -> None:
    with op.batch_alter_table("rdv_event") as event:
        event.add_column(sa.Column("actor", sa.String(length=20), nullable=False, server_default="resident"))
        event.add_column(sa.Column("agent_id", sa.Integer(), nullable=True))
        event.add_column(sa.Column("starts_at", sa.BigInteger(), nullable=True))
        event.add_column(sa.Column("ends_at", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("rdv_event") as event:
        event.alter_column("actor", existing_type=sa.String(length=20), server_default=None)


def _narrow_history() -> None:
    with op.batch_alter_table("rdv_event") as event:
        for name in ("ends_at", "starts_at", "agent_id", "actor"):
            event.drop_column(name)


def _widen_claims() -> None:
    with op.batch_alter_table("slot_claim") as claim:
        claim.drop_constraint(op.f("ck_slot_claim_one_owner"), type_="check")
        claim.drop_constraint(op.f("ck_slot_claim_only_holds_expire"), type_="check")
        claim.add_column(sa.Column("seance_id", sa.Integer(), nullable=True))
        claim.alter_column("hold_id", existing_type=sa.String(length=32), type_=sa.String(length=64))
    with op.batch_alter_table("slot_claim") as claim:
        claim.create_check_constraint(op.f("ck_slot_claim_one_owner"), ONE_OWNER)
        claim.create_check_constraint(
            op.f("ck_slot_claim_only_holds_expire"), "(hold_id IS NULL) = (expires_at IS NULL)"
        )
        claim.create_foreign_key(op.f("fk_slot_claim_seance_id"), "seance", ["seance_id"], ["id"])
    op.create_index("ix_slot_claim_hold_id", "slot_claim", ["hold_id"], sqlite_where=A_HOLD, postgresql_where=A_HOLD)


def _narrow_claims() -> None:
    op.drop_index("ix_slot_claim_hold_id", "slot_claim")
    with op.batch_alter_table("slot_claim") as claim:
        claim.drop_constraint(op.f("fk_slot_claim_seance_id"), type_="foreignkey")
        claim.drop_constraint(op.f("ck_slot_claim_one_owner"), type_="check")
        claim.drop_constraint(op.f("ck_slot_claim_only_holds_expire"), type_="check")
    with op.batch_alter_table("slot_claim") as claim:
        claim.drop_column("seance_id")
        claim.alter_column("hold_id", existing_type=sa.String(length=64), type_=sa.String(length=32))
        claim.create_check_constraint(op.f("ck_slot_claim_one_owner"), "(rdv_id IS NULL) <> (hold_id IS NULL)")
        claim.create_check_constraint(op.f("ck_slot_claim_only_holds_expire"), "rdv_id IS NULL OR expires_at IS NULL")


def _make_waiting_list() -> None:
    op.create_table(
        "attente",
        sa.Column("rdv_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("notices", sa.Integer(), nullable=False),
        sa.Column("last_notice_at", sa.BigInteger(), nullable=True),
        sa.Column("offered_start", sa.BigInteger(), nullable=True),
        sa.Column("offered_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["rdv_id"], ["rdv.id"], name=op.f("fk_attente_rdv_id")),
        sa.PrimaryKeyConstraint("rdv_id", name=op.f("pk_attente")),
    )


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rdv_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "event IN ('confirmation', 'change', 'cancellation', 'reminder', 'earlier_slot')",
            name=op.f("ck_outbox_event"),
        ),
        sa.CheckConstraint("channel IN ('sms', 'email')", name=op.f("ck_outbox_channel")),
        sa.CheckConstraint(
            "state IN ('to_send', 'sending', 'sent', 'uncertain', 'failed', 'dropped')", name=op.f("ck_outbox_state")
        ),
        sa.ForeignKeyConstraint(["rdv_id"], ["rdv.id"], name=op.f("fk_outbox_rdv_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "rdv_id", "event", "version", "channel", name=op.f("uq_outbox_rdv_id_event_version_channel")
        ),
    )
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"])
