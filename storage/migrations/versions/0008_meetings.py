"""Meetings and who sits in them; how long a school's weekly meeting is and who leads it; notices about meetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables, and widen schools and the outbox. Every known school's meeting lasts an hour."""
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("school_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_meetings_school_id_schools")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_meetings_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("slot", name=op.f("uq_meetings_slot")),
    )
    for column in ("school_id", "case_id", "starts_at"):
        op.create_index(op.f(f"ix_meetings_{column}"), "meetings", [column])
    op.create_table(
        "meeting_people",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_people_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_meeting_people_person_id_people")),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_people")),
    )
    op.create_index(op.f("ix_meeting_people_person_id"), "meeting_people", ["person_id"])
    _widen_schools()
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("meeting_id", sa.String(), nullable=True))
    op.create_index(op.f("ix_outbox_meeting_id"), "outbox", ["meeting_id"])


def _widen_schools() -> None:
    """Add the columns with what the old rows get, then leave no default behind: every new row says what it is."""
    with op.batch_alter_table("schools") as batch:
        batch.add_column(sa.Column("trio_minutes", sa.Integer(), nullable=False, server_default=sa.text("60")))
        batch.add_column(sa.Column("trio_chair", sa.String(), nullable=False, server_default=sa.text("'leader'")))
    with op.batch_alter_table("schools") as batch:
        batch.alter_column("trio_minutes", server_default=None)
        batch.alter_column("trio_chair", server_default=None)
