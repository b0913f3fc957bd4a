"""Where the product stands in the world: what letters, feeds and UIDs need to know, carried by the session."""

from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Site:
    """``public_url`` without a final slash; ``uid_domain`` is the host part of calendar UIDs and never changes."""

    public_url: str
    uid_domain: str


def site_of(session: Session) -> Site:
    """The site that this session writes for."""
    site: Site = session.info["site"]
    return site
