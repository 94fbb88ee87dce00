"""A person's notices: which is still of use, in which order they go, gathered into one, and chosen between."""
