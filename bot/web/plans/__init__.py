"""The page of a case's one plan."""
