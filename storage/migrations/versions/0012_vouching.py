"""Who made a way in for somebody that nobody else has vouched for (ADR 63). Nobody who is here now waits for a word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns, empty for everybody."""
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("let_in_by", sa.String(), nullable=False, server_default=sa.text("''")))
        people.add_column(sa.Column("came_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("people") as people:
        people.alter_column("let_in_by", server_default=None)
        people.alter_column("came_back", server_default=None)
