"""The pages of Mitt program."""

from planner.programmes.views import address, programme, saving, sharing
from planner.programmes.views.blueprint import blueprint

__all__ = ["address", "blueprint", "programme", "saving", "sharing"]
