"""Organisations, their members, and what a person may speak for."""
