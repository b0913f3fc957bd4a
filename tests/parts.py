"""The parts of the suite that need more than Python: a machine without them leaves them out, and says so last."""

import os
import shutil
from pathlib import Path

from tools.services import chromium, program

CHROMIUM = os.environ.get("CHROMIUM") or chromium() or "/usr/bin/chromium"
REDIS = os.environ.get("TEST_REDIS_URL", "")
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "")
JAVA = shutil.which("java")
NGINX = program("nginx")
OPENSSL = program("openssl")
CHECKER = os.environ.get("HTML_CHECKER", "")
REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") == "1"


def missing_parts() -> list[str]:
    """What this machine cannot test, in words."""
    found = {
        "everything in a real browser: there is no Chromium": Path(CHROMIUM).exists(),
        "deploy/ behind nginx: there is no nginx, or no openssl": NGINX is not None and OPENSSL is not None,
        "the Nu HTML checker: HTML_CHECKER does not name its jar, or there is no Java": bool(CHECKER and JAVA),
        "everything on PostgreSQL: TEST_DATABASE_URL is not set": bool(POSTGRESQL),
        "everything with Redis: TEST_REDIS_URL is not set": bool(REDIS),
    }
    return [part for part, is_there in found.items() if not is_there]
