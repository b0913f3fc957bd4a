"""The outbox: letters are rows written in the same transaction as what they tell of, and leave after it."""
