"""The one plan of a case: written together, followed up, and told in chat and on a page."""
