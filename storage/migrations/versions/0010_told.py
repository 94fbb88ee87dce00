"""How each person wants to be reminded; and the queue's third lane, for what is planned beforehand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

USUAL = (
    ("gathering", sa.String(), "'at_once'"),
    ("gather_hour", sa.Integer(), "8"),
    ("first_road", sa.String(), "'telegram'"),
)
PLANNED = (  # as of this version: names may come and go in the program, and old rows keep the lane that they got here
    "meeting_soon", "meeting_prepare", "meeting_drafts", "meeting_after",
    "followup_due", "followup_missed", "plan_followup", "plan_missed", "plan_effort", "keeper_needed",
    "consent_ends", "receipt_due", "draft_rest", "draft_waiting", "draft_expiring",
)  # fmt: skip


def upgrade() -> None:
    """Add the choice, as it has been for everybody, and move what was planned to the last lane."""
    with op.batch_alter_table("people") as batch:
        for name, kind, usual in USUAL:
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=sa.text(usual)))
    with op.batch_alter_table("people") as batch:
        for name, _, _ in USUAL:
            batch.alter_column(name, server_default=None)
    outbox = sa.table("outbox", sa.column("lane"), sa.column("template"), sa.column("delivery"))
    planned = outbox.update().where(outbox.c.lane == 1, outbox.c.template.in_(PLANNED))
    op.execute(planned.where(outbox.c.delivery != "alert").values(lane=2))
