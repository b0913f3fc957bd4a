"""The pages where people come in, and look after their accounts."""

from planner.accounts.views import account, credentials, sign_in
from planner.accounts.views.routes import blueprint

__all__ = ["account", "blueprint", "credentials", "sign_in"]
