"""What is filed on a case and what is printed of it: consents, exchanges, reports and the package for access."""
