"""What the product is measured by: an otherwise empty Flask application behind the same server.

``/bytes/<name>`` is a constant byte string, read from the folder that ``BENCH_BODIES`` names; ``/empty`` is a view with
nothing in it.
"""

import os
from pathlib import Path

from flask import Flask, Response

BODIES = {path.name: path.read_bytes() for path in Path(os.environ["BENCH_BODIES"]).iterdir() if path.is_file()}

app = Flask("yardstick")


@app.get("/bytes/<name>")
def constant(name: str) -> Response:
    """Always the same bytes."""
    return Response(BODIES[name], content_type="text/plain")


@app.get("/empty")
def empty() -> str:
    """Nothing."""
    return ""
