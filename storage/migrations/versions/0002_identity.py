"""How people sign in: credentials, what waits to come back, failed tries, and how sure a session is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables, and say of every open session that one thing proves it."""
    _credentials()
    _challenges()
    _tries()
    _presence()
    _widen("web_sessions", ("assurance", "'one'"), ("method", "'invite'"), ("device", "''"), flag="shared")
    _widen("invites", flag="web_only")


def _widen(table: str, *words: tuple[str, str], flag: str) -> None:
    """Add columns with what the old rows get, then leave no default behind: every new row says what it is."""
    with op.batch_alter_table(table) as batch:
        for name, value in words:
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=sa.text(value)))
        batch.add_column(sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table(table) as batch:
        for name in (*(name for name, _ in words), flag):
            batch.alter_column(name, server_default=None)


def _credentials() -> None:
    op.create_table(
        "credentials",
        sa.Column("lookup", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=True),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="pk_credentials"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_credentials_person_id"),
    )
    op.create_index("ix_credentials_person_id", "credentials", ["person_id"])


def _challenges() -> None:
    op.create_table(
        "challenges",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_challenges"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_challenges_person_id"),
    )
    op.create_index("ix_challenges_person_id", "challenges", ["person_id"])
    op.create_index("ix_challenges_expires_at", "challenges", ["expires_at"])


def _tries() -> None:
    op.create_table(
        "tries",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_tries"),
    )


def _presence() -> None:
    op.create_table(
        "presence",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_presence"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_presence_person_id"),
    )
