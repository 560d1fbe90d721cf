"""A first name given without a number is kept with the appointment too."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("pending_contact") as pending:
        pending.alter_column("phone", existing_type=sa.String(length=20), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM pending_contact WHERE phone IS NULL")
    with op.batch_alter_table("pending_contact") as pending:
        pending.alter_column("phone", existing_type=sa.String(length=20), nullable=False)
