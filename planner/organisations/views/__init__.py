"""The pages of an organisation in the workspace: registering it, its profile, its members."""

from planner.organisations.views import invitations, members, profile, registering
from planner.organisations.views.routes import blueprint

__all__ = ["blueprint", "invitations", "members", "profile", "registering"]
