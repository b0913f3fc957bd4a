"""The servers in front of ours, whose word on who knocks and how is believed."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def init_app(app: Flask, count: int) -> None:
    """Believe exactly as many X-Forwarded-… entries as there are proxies of our own; none when there are none."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
