"""The pages of meetings: booking, answering, preparing, running, and one's coming reminders."""
