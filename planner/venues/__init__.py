"""The shared regional registry of places, physical and digital."""
