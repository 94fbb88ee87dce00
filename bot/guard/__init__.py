"""The guarded store: nobody reaches a repository without saying who acts."""

from bot.guard.staffing import staff_all
from bot.guard.store import GuardedStore

__all__ = ["GuardedStore", "staff_all"]
