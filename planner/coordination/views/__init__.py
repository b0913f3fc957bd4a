"""The pages of the coordinators' desk, one module for each part of it."""

from planner.coordination.views import coordinators, desk, editions, organisations, review, venues
from planner.coordination.views.blueprint import blueprint

__all__ = ["blueprint", "coordinators", "desk", "editions", "organisations", "review", "venues"]
