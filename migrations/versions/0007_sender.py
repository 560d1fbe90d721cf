"""Who may send messages, and how many left in the last minute."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "sender",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_sender_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sender")),
    )
    op.create_index("ix_outbox_claimed_at", "outbox", ["claimed_at"])


def downgrade() -> None:
    op.drop_index("ix_outbox_claimed_at", "outbox")
    op.drop_table("sender")
