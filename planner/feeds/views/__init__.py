"""The feeds' addresses, and the page that shows organisers what calendar apps make of them."""

from planner.feeds.views.calendar_apps import blueprint as previews
from planner.feeds.views.feeds import blueprint

__all__ = ["blueprint", "previews"]
