"""Run by Alembic: applies the revisions on the connection that `storage.schema` has opened and will commit."""

from __future__ import annotations

from typing import Any

from alembic import context

from storage.tables import Row


def _tell(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:
    context.config.attributes["progress"](f"{step.up_revision_id} {step.up_revision.doc}")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    on_version_apply=_tell,
)
context.run_migrations()
