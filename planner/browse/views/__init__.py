"""The public routes. Each answer is the same for everybody and sets no cookie."""

from planner.browse.views import (
    calendar,
    design,
    event,
    news,
    now,
    organisations,
    pictures,
    places,
    printed,
    sitemap,
    start,
    subscribe,
    themes,
)
from planner.browse.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "calendar",
    "design",
    "event",
    "news",
    "now",
    "organisations",
    "pictures",
    "places",
    "printed",
    "sitemap",
    "start",
    "subscribe",
    "themes",
]
