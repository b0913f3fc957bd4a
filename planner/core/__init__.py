"""Rank 0: what every room stands on. No product words, no Flask."""
