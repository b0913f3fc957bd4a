"""What an event's page has in its head for machines. The page asks for it by name, as it does for the feeds' shapes."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from planner.core.clock import utc_now
from planner.core.site import site_of
from planner.events.models import Event
from planner.feeds.schema_org import Node, graph_of
from planner.feeds.views.feeds import blueprint
from planner.web.database import db
from planner.web.language import current_language


@blueprint.app_template_global()
def structured_data(event: Event, related: Sequence[Event], picture: str) -> Node:
    """The occurrences of an event as schema.org has them, for the template to write with ``tojson``."""
    return graph_of(
        event,
        related=related,
        site=site_of(db.session()),
        language=current_language(),
        picture=picture,
        today=utc_now().astimezone(ZoneInfo(event.edition.time_zone)).date(),
    )
