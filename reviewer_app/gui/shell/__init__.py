"""Around the review: theme, settings, first run, key sheet, report, and what happens when something breaks."""
