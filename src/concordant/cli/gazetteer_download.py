"""Fetching a GeoNames country file over the network, to be added to a user's gazetteers."""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path

from concordant.places.gazetteer import user_folder
from concordant.places.importer import Added, add_dump

BASE_URL = "https://download.geonames.org/export/dump"
_TIMEOUT = 60  # seconds without a byte


class DownloadError(RuntimeError):
    """The country file could not be fetched."""


def download(country: str, base_url: str = BASE_URL, target: Path | None = None) -> Added:
    """Fetch a country's file (ISO code of two letters) and take it into `target`, as `add_dump` does.

    The archive is kept beside the target, so that the import can be repeated without a network.
    """
    if not re.fullmatch(r"[A-Za-z]{2}", country):
        raise DownloadError(f"a country's code has two letters, as ML for Mali: {country!r}")
    name = f"{country.upper()}.zip"
    folder = target.parent if target else user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    kept, partial = folder / name, folder / f"{name}.partial"
    url = f"{base_url.rstrip('/')}/{name}"
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as answer, partial.open("wb") as out:
            shutil.copyfileobj(answer, out)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        partial.unlink(missing_ok=True)
        raise DownloadError(f"{url} cannot be fetched: {getattr(error, 'reason', error)}") from None
    partial.replace(kept)
    return add_dump(kept, target or folder / f"{country.upper()}.sqlite")
