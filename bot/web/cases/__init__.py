"""The pages of a case and of the team around it."""
