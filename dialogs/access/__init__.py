"""Who may do what: the actor, the table, and the one function that decides."""

from dialogs.access.actor import DOOR, OPERATOR, SETUP, WORKER, Actor, Channel, Service

__all__ = ["DOOR", "OPERATOR", "SETUP", "WORKER", "Actor", "Channel", "Service"]
