"""Settings, from the environment only. docs/settings.md says what each is for."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.core.site import Site

ROOT = Path(__file__).parents[1]


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The Flask configuration that the environment asks for."""
    instance = Path(environment.get("PLANNER_INSTANCE") or ROOT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    public_url = environment.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    return {
        "INSTANCE": instance,
        "SECRET_KEY": environment.get("SECRET_KEY", "only-for-development"),
        "SQLALCHEMY_DATABASE_URI": environment.get("DATABASE_URL", f"sqlite:///{instance / 'planner.db'}"),
        "SITE": Site(public_url=public_url, uid_domain=environment.get("UID_DOMAIN", "demokrativeckan.example")),
    }
