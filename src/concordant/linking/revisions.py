"""Revisions: reports that give their toll in the place of an earlier one ("le bilan passe à 17")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from concordant.codebook import Codebook
from concordant.linking.words import carrying_sentences


def revises_toll(title: str | None, text: str, language: str | None, event: Mapping[str, Any]) -> bool:
    """Whether the sentences that carry an account's toll say that it is a new one."""
    tolls = {"casualties": [row for row in event.get("casualties") or () if row["outcome"] in ("killed", "wounded")]}
    pattern = _pattern(Codebook(), language or "")
    return pattern is not None and any(map(pattern.search, carrying_sentences(title or "", text, tolls)))


@lru_cache(maxsize=8)
def _pattern(codebook: Codebook, language: str) -> re.Pattern[str] | None:
    rows = [row["pattern"] for row in codebook.table("revised") if row["language"] == language]
    return re.compile("|".join(rows)) if rows else None
