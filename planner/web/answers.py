"""A finished public answer: its body in each encoding that anybody asked for, and what a client may ask about it again.

Each encoding has an ETag of its own, so all of them are strong. (RFC 9110 8.8.3.3)
"""

import gzip
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus

import brotli
from werkzeug.datastructures import Accept, Headers
from werkzeug.http import parse_accept_header, parse_date

BROTLI_QUALITY = 5
GZIP_LEVEL = 6
LONGEST_ACCEPTED = 256
"""Characters of an Accept-Encoding field that is looked at."""

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_PACKED_ALREADY = re.compile(r"image/(?!svg)|application/(zip|pdf|vnd\.openxmlformats)")

PACK: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}
UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


class Answer:
    """What a public address answers for now. ``tag`` names its bytes; no two different bodies share one.

    It holds the body as it was made and as it has been sent, one copy for each encoding; what is not there yet is made
    from what is. Without a body it stands for an answer that the client had already. ``changed_at`` is ``None`` where
    the tag is the only validator.
    """

    def __init__(self, tag: str, body: bytes | None, *, content_type: str, changed_at: datetime | None = None) -> None:
        self.tag = tag
        self.content_type = content_type
        self.changed_at = changed_at
        self.is_packed_already = bool(_PACKED_ALREADY.match(content_type))
        self._bodies: dict[str, bytes] = {} if body is None else {"": body}

    @property
    def has_body(self) -> bool:
        return bool(self._bodies)

    @property
    def size(self) -> int:
        """How many bytes of memory the bodies take."""
        return sum(map(len, self._bodies.values()))

    def encoding_for(self, accepted: str) -> str:
        """The encoding for a client that sent this Accept-Encoding: "br", "gzip" or none ("")."""
        # What nobody's browser sends is not worth remembering either: plain bytes are right for everybody.
        is_junk = len(accepted) > LONGEST_ACCEPTED
        return "" if self.is_packed_already or is_junk else best_encoding(accepted)

    def etag(self, encoding: str) -> str:
        """The strong entity tag of one encoding, with its quotation marks."""
        return etag(self.tag, encoding)

    def body(self, encoding: str) -> bytes:
        """The body in an encoding, packed once."""
        if encoding not in self._bodies:
            plain = self._plain()
            self._bodies[encoding] = PACK[encoding](plain) if encoding else plain
        return self._bodies[encoding]

    def forget_all_but(self, encoding: str) -> None:
        """Keep only the body that is asked for: the others can be made from it, and memory is dear."""
        self._bodies = {encoding: self.body(encoding)}

    def _plain(self) -> bytes:
        if "" in self._bodies:
            return self._bodies[""]
        encoding, packed = next(iter(self._bodies.items()))
        return UNPACK[encoding](packed)


def etag(tag: str, encoding: str) -> str:
    """The entity tag of one encoding of what ``tag`` names."""
    return f'"{tag}-{encoding}"' if encoding else f'"{tag}"'


@lru_cache(maxsize=512)
def best_encoding(accepted: str) -> str:
    """The encoding for an Accept-Encoding field: what the client likes at least as well as plain bytes, br first.

    Brotli has to be named: a client that takes "anything" may be older than it.
    """
    wished: Accept = parse_accept_header(accepted, Accept)
    plain, zipped = wished.quality("identity"), wished.quality("gzip")
    brotli_named = wished.quality("br") if "br" in map(str.lower, wished.values()) else 0
    if brotli_named and brotli_named >= max(plain, zipped):
        return "br"
    return "gzip" if zipped and zipped >= plain else ""


def outcome(headers: Mapping[str, str] | Headers, etag: str, changed_at: datetime | None) -> HTTPStatus:
    """What the preconditions of a GET or HEAD lead to, in the order of RFC 9110 13.2.2: 200, 304 or 412.

    Dates say nothing about an answer that has none.
    """
    if "If-Match" in headers:
        if not _names(headers["If-Match"], etag, weakly=False):
            return HTTPStatus.PRECONDITION_FAILED
    elif (limit := _date(headers.get("If-Unmodified-Since"))) and changed_at and changed_at > limit:
        return HTTPStatus.PRECONDITION_FAILED
    if "If-None-Match" in headers:
        return HTTPStatus.NOT_MODIFIED if _names(headers["If-None-Match"], etag, weakly=True) else HTTPStatus.OK
    since = _date(headers.get("If-Modified-Since"))
    return HTTPStatus.NOT_MODIFIED if since and changed_at and changed_at <= since else HTTPStatus.OK


def _names(field: str, etag: str, *, weakly: bool) -> bool:
    """Whether a list of entity tags, or ``*``, names this one, compared as RFC 9110 8.8.3.2 says."""
    if field.strip() == "*":
        return True
    return any(f'"{tag}"' == etag and (weakly or not weak) for weak, tag in _TAG.findall(field))


def _date(field: str | None) -> datetime | None:
    """An HTTP date; nothing if the field is missing, junk or a list, which the RFC wants ignored (9110 13.1.3)."""
    # An HTTP date has one comma, after the day's name, or none in the form of asctime.
    if not field or field.count(",") > 1:
        return None
    try:
        return parse_date(field)
    except OverflowError:  # a zone that lies further away than any number of hours can
        return None
