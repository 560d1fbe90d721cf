"""The agenda: motifs, lieux, agents, openings, absences, appointments and claims."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "lieu",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("works_whit_monday", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lieu")),
    )
    op.create_table(
        "motif",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("libelle", sa.String(length=120), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("duration_min", sa.Integer(), nullable=False),
        sa.Column("min_public_booking_delay", sa.Integer(), nullable=False),
        sa.Column("max_public_booking_delay", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= min_public_booking_delay AND min_public_booking_delay < max_public_booking_delay",
            name=op.f("ck_motif_delays"),
        ),
        sa.CheckConstraint("duration_min > 0 AND duration_min % 5 = 0", name=op.f("ck_motif_duration")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_motif")),
    )
    op.create_table(
        "agent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lieu_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["lieu_id"], ["lieu.id"], name=op.f("fk_agent_lieu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("lieu_id", "name", name=op.f("uq_agent_lieu_id_name")),
    )
    op.create_table(
        "motif_lieu",
        sa.Column("motif_code", sa.String(length=60), nullable=False),
        sa.Column("lieu_id", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["lieu_id"], ["lieu.id"], name=op.f("fk_motif_lieu_lieu_id")),
        sa.ForeignKeyConstraint(["motif_code"], ["motif.code"], name=op.f("fk_motif_lieu_motif_code")),
        sa.PrimaryKeyConstraint("motif_code", "lieu_id", name=op.f("pk_motif_lieu")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lieu_id", sa.String(length=60), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_absence_times")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_absence_agent_id")),
        sa.ForeignKeyConstraint(["lieu_id"], ["lieu.id"], name=op.f("fk_absence_lieu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_lieu_id_ends_at", "absence", ["lieu_id", "ends_at"])
    op.create_table(
        "plage_ouverture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("motif_code", sa.String(length=60), nullable=False),
        sa.Column("lieu_id", sa.String(length=60), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440",
            name=op.f("ck_plage_ouverture_times"),
        ),
        sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name=op.f("ck_plage_ouverture_days")),
        sa.CheckConstraint("start_minute % 5 = 0 AND end_minute % 5 = 0", name=op.f("ck_plage_ouverture_grid")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_plage_ouverture_agent_id")),
        sa.ForeignKeyConstraint(["lieu_id"], ["lieu.id"], name=op.f("fk_plage_ouverture_lieu_id")),
        sa.ForeignKeyConstraint(["motif_code"], ["motif.code"], name=op.f("fk_plage_ouverture_motif_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plage_ouverture")),
    )
    op.create_index("ix_plage_ouverture_motif_code_lieu_id", "plage_ouverture", ["motif_code", "lieu_id"])
    op.create_table(
        "rdv",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("motif_code", sa.String(length=60), nullable=False),
        sa.Column("lieu_id", sa.String(length=60), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=True),
        sa.Column("first_name", sa.String(length=80), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("idempotency_key", sa.String(length=128), nullable=True),
        sa.CheckConstraint("status IN ('unknown', 'seen', 'excused', 'revoked', 'noshow')", name=op.f("ck_rdv_status")),
        sa.CheckConstraint("starts_at % 300 = 0 AND ends_at % 300 = 0", name=op.f("ck_rdv_grid")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_rdv_times")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_rdv_agent_id")),
        sa.ForeignKeyConstraint(["lieu_id"], ["lieu.id"], name=op.f("fk_rdv_lieu_id")),
        sa.ForeignKeyConstraint(["motif_code"], ["motif.code"], name=op.f("fk_rdv_motif_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rdv")),
        sa.UniqueConstraint("code", name=op.f("uq_rdv_code")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_rdv_idempotency_key")),
    )
    op.create_index("ix_rdv_conversation_id", "rdv", ["conversation_id"])
    op.create_table(
        "rdv_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rdv_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["rdv_id"], ["rdv.id"], name=op.f("fk_rdv_event_rdv_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rdv_event")),
    )
    op.create_index("ix_rdv_event_rdv_id", "rdv_event", ["rdv_id"])
    op.create_table(
        "slot_claim",
        sa.Column("agent_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rdv_id", sa.Integer(), nullable=True),
        sa.Column("hold_id", sa.String(length=32), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(rdv_id IS NULL) <> (hold_id IS NULL)", name=op.f("ck_slot_claim_one_owner")),
        sa.CheckConstraint("rdv_id IS NULL OR expires_at IS NULL", name=op.f("ck_slot_claim_only_holds_expire")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_slot_claim_agent_id")),
        sa.ForeignKeyConstraint(["rdv_id"], ["rdv.id"], name=op.f("fk_slot_claim_rdv_id")),
        sa.PrimaryKeyConstraint("agent_id", "cell", "seat", name=op.f("pk_slot_claim")),
    )
    op.create_index("ix_slot_claim_rdv_id", "slot_claim", ["rdv_id"])


def downgrade() -> None:
    op.drop_table("slot_claim")
    op.drop_table("rdv_event")
    op.drop_table("rdv")
    op.drop_table("plage_ouverture")
    op.drop_table("absence")
    op.drop_table("motif_lieu")
    op.drop_table("agent")
    op.drop_table("motif")
    op.drop_table("lieu")
