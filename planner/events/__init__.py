"""Joint events: the event, its occurrences, hosting with consent, the workflow, and the calendar query."""
