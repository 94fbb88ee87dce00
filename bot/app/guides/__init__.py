"""The guides: may I share it, who can help, what the law says, and what colleagues should know."""
