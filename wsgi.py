"""The door for WSGI servers and for ``flask --app wsgi``."""

from planner import create_app

app = create_app()
