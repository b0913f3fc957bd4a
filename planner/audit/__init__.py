"""The append-only log: who did what to which thing, when and why."""
