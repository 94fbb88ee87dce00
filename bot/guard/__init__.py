"""The guarded store: nobody reaches a repository without saying who acts."""

from bot.guard.store import GuardedStore

__all__ = ["GuardedStore"]
