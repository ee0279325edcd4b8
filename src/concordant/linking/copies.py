"""Copies: reports that carry one dispatch, found by MinHash signatures and confirmed on their words.

A signature has two halves: one over the whole text, one over its lead, since an outlet that shortens a dispatch cuts
it from the end and keeps the lead. Bands of a signature are looked up by equality.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concordant.linking.words import plain, word_list

SHINGLE: Final = 3  # words; two reports of one event by two hands share 2 to 5 % of them, copies from 50 % on
HASHES: Final = 96
LEAD_HASHES: Final = 48
LEAD_WORDS: Final = 90
ROWS: Final = 3
FEWEST: Final = 12  # shingles of a text that can be compared
SAME_DISPATCH: Final = 0.5  # share of the shorter text that must be in the other
_EMPTY: Final = 0xFFFFFFFF

Numbers = NDArray[np.uint64]


def signature(text: str) -> bytes:
    """The MinHash signature of a text: 96 numbers of four bytes, empty for a text too short to be compared."""
    words = word_list(text)
    hashed = _shingle_hashes(words)
    if len(hashed) < FEWEST:
        return b""
    lead = _shingle_hashes(words[:LEAD_WORDS])
    return _least(hashed, 0, HASHES).tobytes() + _least(lead, HASHES, LEAD_HASHES).tobytes()


def bands(signature: bytes) -> tuple[bytes, ...]:
    """The keys under which a signature is filed: two texts that share one may be copies."""
    width = 4 * ROWS
    return tuple(
        number.to_bytes(1, "big") + zlib.crc32(signature[at : at + width]).to_bytes(4, "big") + signature[at : at + 3]
        for number, at in enumerate(range(0, len(signature), width))
    )


def shared(a: str, b: str) -> float:
    """The share of the shorter text's runs of three words that stand in the other too; 0 where one is too short."""
    one, other = _shingles(a), _shingles(b)
    least = min(len(one), len(other))
    return len(one & other) / least if least >= FEWEST else 0.0


def origins(reports: Iterable[str], links: Mapping[tuple[str, str], float], order: Mapping[str, str]) -> dict[str, str]:
    """The group of copies of each report, named by its first in `order` (publication); links below SAME_DISPATCH are passed over."""
    group = {report: report for report in reports}
    for a, b in sorted(pair for pair, share in links.items() if share >= SAME_DISPATCH):
        one, other = _root(group, a), _root(group, b)
        first, last = sorted((one, other), key=lambda r: (order.get(r, "~"), r))
        group[last] = first
    return {report: _root(group, report) for report in group}


def _root(group: dict[str, str], report: str) -> str:
    while group[report] != report:
        report = group[report]
    return report


def _shingles(text: str) -> frozenset[int]:
    return frozenset(_shingle_hashes(word_list(text)).tolist())


def _shingle_hashes(words: list[str]) -> Numbers:
    codes = np.array([_code(word) for word in words], dtype=np.uint64)
    if len(codes) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for place, factor in enumerate(_FACTORS):
        mixed += codes[place : place + len(mixed)] * factor
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


@lru_cache(maxsize=65536)
def _code(word: str) -> int:
    return zlib.crc32(plain(word).encode())


def _least(hashed: Numbers, first: int, count: int) -> NDArray[np.uint32]:
    if len(hashed) == 0:
        return np.full(count, _EMPTY, dtype=np.uint32)
    spread = hashed[:, None] * _ODD[None, first : first + count] + _ADDED[None, first : first + count]
    least: NDArray[np.uint32] = (spread >> np.uint64(32)).astype(np.uint32).min(axis=0)
    return least


def _numbers(seed: int, count: int) -> Numbers:
    """Fixed numbers spread over 64 bits, the same on every machine and with every numpy."""
    found, state = [], seed
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        found.append(mixed ^ (mixed >> 31))
    return np.array(found, dtype=np.uint64)


_ODD: Final = _numbers(1, HASHES + LEAD_HASHES) | np.uint64(1)
_ADDED: Final = _numbers(2, HASHES + LEAD_HASHES)
_FACTORS: Final = tuple(_numbers(3, SHINGLE) | np.uint64(1))
