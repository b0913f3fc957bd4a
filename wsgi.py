"""The door for WSGI servers and for ``flask --app wsgi``."""

import gc
import os

from planner import background, create_app

app = create_app()

# All this stays for as long as the process lives. The collector need not go through it again and again: that would be
# a quarter of the work of a large feed, and a quarter of a second in the middle of a small page.
gc.collect()
gc.freeze()

# A command of the command line leaves the background work to the server, or to ``flask --app wsgi jobs``.
if "FLASK_RUN_FROM_CLI" not in os.environ:
    background.start_inside(app)
