"""Meetings that lead somewhere: who is invited, what they answer, what they are reminded of, and what was agreed."""
