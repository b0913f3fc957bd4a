"""How often one visitor may do something: counted in the process, or in Redis for several machines together."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from planner import create_app
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.limits import limiter
from tests import databases

MakeNode = Callable[..., Flask]


@pytest.fixture
def make_node(tmp_path: Path) -> Iterator[MakeNode]:
    """Starts a web node with one page that may be asked for twice a minute."""
    nodes = []
    address = databases.new_database("sqlite", "limits", databases.original("sqlite"))

    def make(redis_url: str = "") -> Flask:
        app = create_app({**databases.environment_for(address, tmp_path), "REDIS_URL": redis_url})

        @app.get("/sallan")
        @access(Level.VISITOR)
        @limiter.limit("2 per minute")
        def seldom() -> str:
            return "Välkommen"

        with app.app_context():
            limiter.reset()
        nodes.append(app)
        return app

    yield make
    for app in nodes:
        with app.app_context():
            db.engine.dispose()


def statuses(*nodes: Flask, address: str = "192.0.2.7") -> list[int]:
    """The answers that a visitor gets who asks the nodes in turn."""
    return [node.test_client().get("/sallan", environ_overrides={"REMOTE_ADDR": address}).status_code for node in nodes]


def test_a_visitor_is_asked_to_wait_and_others_are_not(make_node: MakeNode) -> None:
    node = make_node()
    assert statuses(node, node, node) == [200, 200, 429]
    assert statuses(node, address="192.0.2.8") == [200]


def test_nodes_that_share_redis_count_together(make_node: MakeNode, redis_url: str) -> None:
    one, other = make_node(redis_url), make_node(redis_url)
    assert statuses(one, other, one, other) == [200, 200, 429, 429]


def test_only_as_many_proxies_are_believed_as_there_are(tmp_path: Path) -> None:
    address = databases.new_database("sqlite", "proxies", databases.original("sqlite"))
    seen = []
    for proxies in ("0", "1"):
        app = create_app({**databases.environment_for(address, tmp_path), "PROXIES": proxies})

        @app.get("/vem")
        @access(Level.VISITOR)
        def who() -> str:
            return limiter._key_func()

        answer = app.test_client().get("/vem", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"})
        seen.append(answer.get_data(as_text=True))
    assert seen == ["127.0.0.1", "198.51.100.4"]
