"""A case at the team: what each reader may see, what they can do now, and who hears of it."""
