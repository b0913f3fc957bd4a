"""The public pages: the week, the calendar, and a page for each event, organisation, kommun, theme and place."""
