"""The coordinators' desk: what waits, review, organisations, editions, coordinators, places. Owns no tables."""
