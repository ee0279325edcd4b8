"""The operator's own tiles, a stretch of the archive at a time."""

from __future__ import annotations

from starlette.responses import FileResponse, Response

from concordant.record import UnknownError
from concordant.web.page import Ask


def archive(ask: Ask) -> Response:
    """The archive of tiles; a request that names a range gets just that."""
    tiles = ask.request.app.state.settings.tiles
    if tiles is None or tiles.path is None:
        raise UnknownError("no archive of tiles is served (serve --tiles)")
    return FileResponse(tiles.path, media_type="application/octet-stream", headers={"Cache-Control": "private, max-age=3600"})
