"""Local notes on the cards of the professions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "profile_notes",
        sa.Column("profession", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("profession", "school_id", "version", name="pk_profile_notes"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_profile_notes_school_id"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_profile_notes_author_id"),
    )
    op.create_index("ix_profile_notes_author_id", "profile_notes", ["author_id"])
