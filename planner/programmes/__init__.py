"""Mitt program: what a resident saves, without an account. Whoever holds the secret address holds the programme."""
