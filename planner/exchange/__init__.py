"""Programmes in bulk: the interchange format, the real programme of 2021, the demonstration week. Owns no tables."""
