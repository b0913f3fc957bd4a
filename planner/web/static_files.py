"""Static files: addresses that change with the content, one style sheet out of many, compressed once.

``static/css/main.css`` lists the style sheets in ``@import`` lines. It works as it is; this module serves it as one
file, so that a first visit fetches one style sheet instead of thirty.
"""

import gzip
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from planner.web.access import Level, access
from planner.web.language import plain

_IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\(([\w.-]+)\))?;\n?')
_FILE = re.compile(r'url\("(\.\.?/[^"?]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMPRESSIBLE = {"text/css", "text/javascript", "image/svg+xml", "application/manifest+json", "text/plain"}


def init_app(app: Flask) -> None:
    """Serve static files from here rather than from Flask's own view."""
    app.jinja_env.globals["static_url"] = static_url
    app.view_functions["static"] = serve


def static_url(name: str) -> str:
    """The address of a static file, the same in every language, new when its content is."""
    return plain(f"{current_app.static_url_path}/{name}?v={_file(_path(name)).version}")


@access(Level.ANYONE)
def serve(filename: str) -> Response:
    """A static file; for a year if it is asked for by its version."""
    path = _path(filename)
    if not path.is_file():
        abort(404)
    file = _file(path)
    compressed = file.compressed is not None and request.accept_encodings.quality("gzip") > 0
    response = Response(file.compressed if compressed else file.content, mimetype=file.mimetype)
    response.set_etag(f"{file.version}{'-gzip' if compressed else ''}")
    if file.compressed is not None:
        response.vary.add("Accept-Encoding")
    if compressed:
        response.content_encoding = "gzip"
    response.cache_control.public = True
    response.cache_control.max_age = 31_536_000 if request.args.get("v") == file.version else 300
    response.cache_control.immutable = request.args.get("v") == file.version
    response.make_conditional(request)
    return response


class StaticFile:
    """A file's content as it is sent, with a version made of the content."""

    def __init__(self, path: Path) -> None:
        is_list = path.name == "main.css"
        self.content = bundle(path).encode() if is_list else path.read_bytes()
        self.mimetype = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.version = hashlib.sha256(self.content).hexdigest()[:12]
        self.compressed = gzip.compress(self.content, 9, mtime=0) if self.mimetype in _COMPRESSIBLE else None


def bundle(path: Path) -> str:
    """The style sheet with every ``@import`` replaced by what it imports, in its layer, without comments.

    Files that it names (fonts, pictures) get their version, as in ``static_url``.
    """

    def imported(match: re.Match[str]) -> str:
        name, layer = match.groups()
        content = bundle((path.parent / name).resolve())
        return f"@layer {layer}{{{content}}}\n" if layer else content

    def versioned(match: re.Match[str]) -> str:
        name = match.group(1)
        return f'url("{name}?v={_file((path.parent / name).resolve()).version}")'

    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    return _FILE.sub(versioned, _IMPORT.sub(imported, text)).strip() + "\n"


def _path(name: str) -> Path:
    folder = Path(current_app.static_folder or "").resolve()
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder) else folder / "outside"


def _file(path: Path) -> StaticFile:
    changed = path.stat().st_mtime_ns
    if path.name == "main.css" and current_app.debug:
        changed = max(sheet.stat().st_mtime_ns for sheet in path.parent.glob("*.css"))
    return _read(path, changed)


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> StaticFile:
    return StaticFile(path)
