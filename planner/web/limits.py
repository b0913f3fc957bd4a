"""How often one visitor may do what costs us or somebody else something; only views that say so are limited.

@blueprint.post("/konto/lank")
@access(Level.VISITOR)
@limiter.limit("5 per minute; 30 per hour")
"""

import logging

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, default_limits=[])


def init_app(app: Flask) -> None:
    """Count in this process, or in Redis where there are several machines."""
    limiter.init_app(app)
    # It would write down who tried too often, by address: no personal data in the log.
    logging.getLogger("flask-limiter").setLevel(logging.WARNING)
