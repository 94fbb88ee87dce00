"""What every use case has at hand: the turn and its world, what came in, the menu, and cards of many places."""
