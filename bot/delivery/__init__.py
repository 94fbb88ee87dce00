"""Sending: one module a channel, the rules of trying again, and the budget that keeps us welcome."""
