"""Long times in little: reminders over a year, outages of hours, and ten thousand messages in the same minute."""
