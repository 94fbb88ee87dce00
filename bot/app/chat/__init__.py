"""The conversation: what comes in, where it leads, and what is always heard on the way."""
