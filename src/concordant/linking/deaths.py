"""Later deaths: reports that tell of the wounded who have died since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from concordant.codebook import Codebook
from concordant.linking.words import plain


@dataclass(frozen=True, slots=True)
class LaterDeath:
    """A later death as told: `toll` is the whole toll where an ordinal gives it ("a third victim")."""

    toll: int | None


def later_death(event: Mapping[str, Any]) -> LaterDeath | None:
    """Whether an account's killed are wounded who have died since."""
    quotes = [str(row.get("quote") or "") for row in event.get("casualties") or () if row["outcome"] == "killed"]
    triggers = (e.get("text", "") for e in (event.get("evidence") or {}).get("trigger") or ())
    if not quotes:
        return None
    return _read((*quotes, *triggers))


def _read(words: Iterable[str]) -> LaterDeath | None:
    told = " | ".join(re.sub(r"[^a-z0-9]+", " ", plain(w)) for w in words)
    died, ordinals = _cues(Codebook())
    if not died.search(told):
        return None
    found = next(
        (
            n
            for word, n in ordinals.items()
            if re.search(rf"\b{word} (?:victim|mort|deces|personne|person|death|man|homme|soldat|soldier)", told)
        ),
        None,
    )
    return LaterDeath(found)


@lru_cache(maxsize=8)
def _cues(codebook: Codebook) -> tuple[re.Pattern[str], Mapping[str, int]]:
    rows = codebook.table("died")
    patterns = [row["pattern"] for row in rows if row["what"] == "died"]
    pairs = [pair.split("=") for row in rows if row["what"] == "ordinal" for pair in row["pattern"].split("|")]
    return re.compile(rf"\b(?:{'|'.join(patterns)})"), {word: int(n) for word, n in pairs}
