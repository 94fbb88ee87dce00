"""Typed Danish: spelling, words, stems, typing errors, negation, and how hard a text is to read."""
