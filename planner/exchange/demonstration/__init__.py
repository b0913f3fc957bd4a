"""The demonstration week: Demokrativeckan 2027 out of the real shapes of 2021, made by the actions people use."""

from planner.exchange.demonstration.week import SLUG, make_demonstration

__all__ = ["SLUG", "make_demonstration"]
