"""Coding the texts of a made world with the real coder, and linking what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from made_coverage import Piece
from made_texts import texts

import concordant
from concordant.linking import Account, bands, happenings_told, origins, revises_toll, shared, signature, telling_words
from concordant.linking.names import name_key, skeleton


def coded(pieces: Sequence[Piece], seed: int = 2) -> tuple[list[Account], dict[str, int | str]]:
    """The accounts that the coder reads off the texts of all pieces, and what each truly tells of."""
    written = {piece.id: (piece, title, text) for piece, title, text in texts(pieces, seed)}
    group = _origins({name: (piece, text) for name, (piece, _, text) in written.items()})
    accounts, truth = [], {}
    for piece, title, text in written.values():
        for number, event in enumerate(_events(piece, title, text)):
            name = f"{piece.id}/{number}"
            accounts.append(
                Account(
                    name, piece.id, piece.time, piece.outlet, group[piece.id], piece.language, event, None,
                    telling_words(title, text, event), happenings_told(title, text, piece.language, event),
                    revises_toll(title, text, piece.language, event),
                )
            )  # fmt: skip
            truth[name] = _told(piece, event)
    return accounts, truth


def _events(piece: Piece, title: str, text: str) -> Iterator[Mapping[str, Any]]:
    report = concordant.code(text, title=title, published=piece.published, outlet=piece.outlet, id=piece.id)
    return iter(report.to_dict()["events"])


def _origins(written: Mapping[str, tuple[Piece, str]]) -> dict[str, str]:
    filed: dict[bytes, list[str]] = {}
    links: dict[tuple[str, str], float] = {}
    for name, (_, text) in written.items():
        for band in bands(signature(text)):
            for other in filed.setdefault(band, []):
                links.setdefault((other, name), shared(written[other][1], text))
            filed[band].append(name)
    return origins(written, links, {name: piece.time for name, (piece, _) in written.items()})


def _told(piece: Piece, event: Mapping[str, Any]) -> int | str:
    """What an account truly tells of: the mention whose place it names, or else the one with its role."""
    if piece.summed:
        return piece.id
    where = (event.get("place") or {}).get("name") or ""
    for mention in piece.mentions:
        if where and skeleton(where) == skeleton(mention.happening.place.name) and name_key(where):
            return mention.happening.id
    return piece.mentions[-1 if event["role"] == "background" else 0].happening.id
