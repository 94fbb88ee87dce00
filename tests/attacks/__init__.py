"""Attacks: hostile input by the ten thousand, from a seed. `python -m tests.attacks` runs the long ones."""
