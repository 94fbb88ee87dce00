"""Keys in their own tables, and what people wrote in sealed columns. The sealing itself is in storage/sealing.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
SEALED = (
    ("people", "name", sa.String(), False),
    ("people", "email", sa.String(), True),
    ("conversations", "body", sa.Text(), False),
    ("drafts", "body", sa.Text(), False),
    ("cases", "body", sa.Text(), False),
    ("entries", "data", sa.Text(), False),
    ("receipts", "reply", sa.Text(), False),
    ("credentials", "data", sa.Text(), False),
    ("challenges", "data", sa.Text(), False),
)


def upgrade() -> None:
    """The key tables, and the columns as bytes; the texts stay until they are sealed in the same transaction."""
    op.create_table(
        "tenant_keys",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("kek_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_tenant_keys")),
    )
    op.create_table(
        "data_keys",
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["version"], ["tenant_keys.version"], name=op.f("fk_data_keys_version_tenant_keys")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_data_keys")),
        sa.UniqueConstraint("kind", "owner", name=op.f("uq_data_keys_kind_owner")),
    )
    op.create_index(op.f("ix_data_keys_version"), "data_keys", ["version"])
    for table, column, was, nullable in SEALED:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                column,
                type_=sa.LargeBinary(),
                existing_type=was,
                existing_nullable=nullable,
                postgresql_using=f"convert_to({column}, 'UTF8')",
            )
