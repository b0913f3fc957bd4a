"""Settings, from the environment only. docs/settings.md says what each is for, and a test holds the two together."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from planner.core.site import Site

ROOT = Path(__file__).parents[1]

LOCAL_URL = "http://127.0.0.1:8000"
MEGABYTE = 1024 * 1024


class UnsafeSettings(Exception):
    """Production was asked for without what it needs; the message names everything that is missing."""


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The Flask configuration that the environment asks for.

    Raises:
        UnsafeSettings: ``PLANNER_ENV=production`` and something is missing or unsafe.
    """
    production = environment.get("PLANNER_ENV", "") == "production"
    if production:
        _require_safe(environment)
    instance = Path(environment.get("PLANNER_INSTANCE") or ROOT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    public_url = environment.get("PUBLIC_URL", LOCAL_URL).rstrip("/")
    database = environment.get("DATABASE_URL", f"sqlite:///{instance / 'planner.db'}")
    return _of_the_web(environment, production) | {
        "PRODUCTION": production,
        "INSTANCE": instance,
        "SECRET_KEY": environment.get("SECRET_KEY") or _kept_secret(instance),
        "SQLALCHEMY_DATABASE_URI": database,
        # Values in an error of the database are personal data: they stay out of the log.
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "hide_parameters": production,
            # A server may have gone and come back; the file is always there.
            "pool_pre_ping": not database.startswith("sqlite"),
        },
        "SITE": Site(public_url=public_url, uid_domain=environment.get("UID_DOMAIN", "demokrativeckan.example")),
        "SMTP_URL": environment.get("SMTP_URL", ""),
        "MAIL_FROM": environment.get("MAIL_FROM", "Demokrativeckan <svara-inte@demokrativeckan.example>"),
        "OPERATOR": environment.get("OPERATOR", "Länsstyrelsen Värmland"),
        "OPERATOR_EMAIL": environment.get("OPERATOR_EMAIL", "demokrativeckan@demokrativeckan.example"),
    }


def _of_the_web(environment: Mapping[str, str], production: bool) -> dict[str, Any]:
    """How requests are answered: what is kept between them, their limits, and their cookies."""
    redis = environment.get("REDIS_URL", "")
    return {
        "REDIS_URL": redis,
        "JOBS": environment.get("JOBS") or ("outside" if redis else "inside"),
        "PROXIES": int(environment.get("PROXIES") or 0),
        "CACHE_MEGABYTES": int(environment.get("CACHE_MEGABYTES") or 64),
        "RATELIMIT_STORAGE_URI": redis or "memory://",
        "RATELIMIT_HEADERS_ENABLED": False,
        "MAX_CONTENT_LENGTH": 8 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "SESSION_COOKIE_NAME": "__Host-demokrativeckan" if production else "demokrativeckan",
        "SESSION_COOKIE_SECURE": production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "PROGRAMME_COOKIE": "__Secure-mitt-program" if production else "mitt-program",
    }


def _require_safe(environment: Mapping[str, str]) -> None:
    problems = []
    if len(environment.get("SECRET_KEY", "")) < 32:
        problems.append("SECRET_KEY: at least 32 random characters")
    if not environment.get("PUBLIC_URL", "").startswith("https://"):
        problems.append("PUBLIC_URL: the public address, beginning with https://")
    if not environment.get("UID_DOMAIN"):
        problems.append("UID_DOMAIN: the host part of calendar UIDs; it can never be changed")
    if not environment.get("SMTP_URL"):
        problems.append("SMTP_URL: the server that sends letters")
    if not environment.get("MAIL_FROM"):
        problems.append("MAIL_FROM: the sender of letters")
    if not environment.get("OPERATOR_EMAIL"):
        problems.append("OPERATOR_EMAIL: the public address of whoever runs the website")
    if problems:
        raise UnsafeSettings("PLANNER_ENV=production needs\n  " + "\n  ".join(problems) + "\nSee docs/settings.md.")


def _kept_secret(instance: Path) -> str:
    """A random secret of this instance's own, made at its first start and kept in its folder."""
    kept = instance / "secret_key"
    if not kept.exists():
        mine = instance / f".secret_key.{os.getpid()}"
        with os.fdopen(os.open(mine, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        # Of two processes that start at once the first keeps its secret: a link is never made over another.
        with suppress(FileExistsError):
            os.link(mine, kept)
        mine.unlink()
    return kept.read_text().strip()
