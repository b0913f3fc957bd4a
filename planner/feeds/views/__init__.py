"""The feeds' addresses, public and secret, and the page that shows organisers what calendar apps make of them."""

from planner.feeds.views import programmes, structured_data
from planner.feeds.views.calendar_apps import blueprint as previews
from planner.feeds.views.feeds import blueprint

__all__ = ["blueprint", "previews", "programmes", "structured_data"]
