"""Searching the programme: words and their stems, what is searched, how it is asked for, and what is marked."""
