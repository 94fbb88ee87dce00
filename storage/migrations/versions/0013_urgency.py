"""A notice has an urgency: `lane` is what keeps the works of one chat in order, and meant two things."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the column and its index; no row changes."""
    op.drop_index("ix_outbox_state_lane_due_at", "outbox")
    op.execute("ALTER TABLE outbox RENAME COLUMN lane TO urgency")
    op.create_index(op.f("ix_outbox_state_urgency_due_at"), "outbox", ["state", "urgency", "due_at"])
