"""The programme as others show it, and the page where they choose what."""

from planner.embed.views.builder import blueprint as building
from planner.embed.views.frame import blueprint

__all__ = ["blueprint", "building"]
