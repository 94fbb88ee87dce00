"""One pace for all processes that send with the same token; what can't wait stands before what can."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the table, and give every notice its lane; those of before stand with what can wait."""
    op.create_table(
        "paces",
        sa.Column("road", sa.String(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("road", name=op.f("pk_paces")),
    )
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("lane", sa.Integer(), nullable=False, server_default=sa.text("1")))
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("lane", server_default=None)
    op.drop_index("ix_outbox_state_due_at", "outbox")
    op.create_index(op.f("ix_outbox_state_lane_due_at"), "outbox", ["state", "lane", "due_at"])
    op.create_index(op.f("ix_outbox_state_due_at"), "outbox", ["state", "due_at"])
