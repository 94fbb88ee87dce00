"""What stands in a Telegram chat, so that it is taken away before Telegram's limit: the bot's and the person's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the table with the notices that have been sent; those that are gone already are passed over later."""
    op.create_table(
        "traces",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_traces_person_id_people")),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_traces")),
    )
    op.create_index(op.f("ix_traces_at"), "traces", ["at"])
    op.execute(
        "INSERT INTO traces (chat_id, message_id, person_id, at) "
        "SELECT people.telegram_chat, CAST(outbox.sent_ref AS BIGINT), people.id, MIN(outbox.sent_at) "
        "FROM outbox JOIN people ON people.id = outbox.recipient "
        "WHERE outbox.state = 'sent' AND outbox.sent_via = 'telegram' AND outbox.sent_at IS NOT NULL "
        "AND outbox.sent_ref IS NOT NULL AND people.telegram_chat IS NOT NULL "
        "GROUP BY people.telegram_chat, CAST(outbox.sent_ref AS BIGINT), people.id"
    )
