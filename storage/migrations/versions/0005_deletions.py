"""The ledger of what is gone for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the table; its numbers are never used twice."""
    op.create_table(
        "deletions",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_deletions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deletions_owner", "deletions", ["owner"])
    op.create_index("ix_deletions_at", "deletions", ["at"])
