"""The same form as other libraries recommend it; each module is a process of its own and imports nothing of ours."""
