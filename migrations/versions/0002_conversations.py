"""Conversations: the gateway's own record, Rasa's events, contact details on their way, agents' accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("orientation", sa.Text()),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("last_seen_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_index(op.f("ix_conversation_last_seen_at"), "conversation", ["last_seen_at"])
    op.create_table(
        "pending_contact",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=80)),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_pending_contact")),
    )
    op.create_table(
        "agent_account",
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_agent_account")),
    )
    # The table of Rasa's SQL tracker store, which creates it when absent: here so that erasing never meets its absence.
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.String(length=255), nullable=False),
        sa.Column("type_name", sa.String(length=255), nullable=False),
        sa.Column("timestamp", sa.Float()),
        sa.Column("intent_name", sa.String(length=255)),
        sa.Column("action_name", sa.String(length=255)),
        sa.Column("data", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_sender_id", "events", ["sender_id"])


def downgrade() -> None:
    for table in ("events", "agent_account", "pending_contact", "conversation"):
        op.drop_table(table)
