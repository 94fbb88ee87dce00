"""Meetings about cases: booked, prepared, answered, run, and followed by what was promised."""
