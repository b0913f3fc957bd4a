"""Facts that the product ships, read from the files beside this module; sources and licences stand in CREDITS.md."""
