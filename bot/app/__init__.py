"""The use cases: what people can do, one transaction each. No web, no Telegram, no clock of its own."""
