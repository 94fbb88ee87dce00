"""From an editor's YAML to checked values: every mistake with its file, its line and what to do."""
