"""What a worry is after it has been sent: its acts, its one transition table, its days and its words."""
