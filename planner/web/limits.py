"""How often one visitor may do what costs us or somebody else something; only views that say so are limited.

@blueprint.post("/konto/lank")
@access(Level.VISITOR)
@limiter.limit("5 per minute; 30 per hour")
"""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, default_limits=[])


def init_app(app: Flask) -> None:
    """Count in this process, or in Redis where there are several machines."""
    limiter.init_app(app)
