from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from concordant.cli.gazetteer_download import DownloadError, download

_CELLS = [
    "4",
    "Soulbaga",
    "Soulbaga",
    "",
    "13.9",
    "2.1",
    "P",
    "PPL",
    "QZ",
    "",
    "",
    "",
    "",
    "",
    "10",
    "",
    "",
    "",
    "2020-01-01",
]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/dump/QZ.zip":
            self.send_error(404)
            return
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("QZ.txt", "\t".join(_CELLS))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(data.getvalue())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def base_url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/dump"
    server.shutdown()
    server.server_close()


def test_a_country_is_fetched_and_taken_in(base_url: str, tmp_path: Path) -> None:
    added = download("qz", base_url, tmp_path / "QZ.sqlite")
    assert added.places == 1
    assert (tmp_path / "QZ.zip").exists()


def test_an_unknown_country_is_answered(base_url: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="Not Found"):
        download("QX", base_url, tmp_path / "QX.sqlite")
    with pytest.raises(DownloadError, match="two letters"):
        download("Zandoria", base_url, tmp_path / "QX.sqlite")
    assert list(tmp_path.iterdir()) == []
