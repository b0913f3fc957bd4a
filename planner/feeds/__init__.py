"""Every view is a feed: the shapes that calendars, readers and other sites fetch."""
