"""The door for WSGI servers and for ``flask --app wsgi``."""

import os

from planner import background, create_app

app = create_app()

# A command of the command line leaves the background work to the server, or to ``flask --app wsgi jobs``.
if "FLASK_RUN_FROM_CLI" not in os.environ:
    background.start_inside(app)
