"""Consents, exchanges, reports and packages for access, as people make them and see them."""
