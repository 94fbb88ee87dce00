"""Papers as files: text, DOCX and an accessible PDF. The one door of weasyprint and python-docx, both imported late."""

from bot.documents.press import Press

__all__ = ["Press"]
