"""Coming in, proving who one is, and the secure page from Telegram."""
