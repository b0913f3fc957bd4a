"""Editions: a week with its days, themes, criteria and deadlines, and the number that says what is published."""
