"""The pages of consents, exchanges and reports, and their files."""
