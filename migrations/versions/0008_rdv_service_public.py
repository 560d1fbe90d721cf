"""What RDV Service Public last told of each object, when it was last heard, who was sent there."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "webhook_seen",
        sa.Column("model", sa.String(length=30), nullable=False),
        sa.Column("external_id", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=10), nullable=False),
        sa.Column("bodies", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("model", "external_id", name=op.f("pk_webhook_seen")),
    )
    op.create_table(
        "webhook_heard",
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_webhook_heard")),
    )
    op.create_table(
        "handed_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=True),
        sa.Column("motif_code", sa.String(length=60), nullable=False),
        sa.Column("lieu_id", sa.String(length=60), nullable=False),
        sa.Column("handed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_over")),
        sa.UniqueConstraint(
            "conversation_id", "motif_code", "lieu_id", name=op.f("uq_handed_over_conversation_id_motif_code_lieu_id")
        ),
        sa.UniqueConstraint("plan_id", name=op.f("uq_handed_over_plan_id")),
        sa.UniqueConstraint("external_id", name=op.f("uq_handed_over_external_id")),
    )
    op.create_index("ix_handed_over_expires_at", "handed_over", ["expires_at"])


def downgrade() -> None:
    for name in ("handed_over", "webhook_heard", "webhook_seen"):
        op.drop_table(name)
