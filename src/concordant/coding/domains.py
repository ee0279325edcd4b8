"""Domains: sentences that speak of sport, fiction, business and the like, where the words of violence are not meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from concordant.codebook import Codebook
from concordant.coding.lexicon import Match, PhraseBook
from concordant.coding.mentions import MoodMention
from concordant.reading import Reading, Sentence, Span

DOMAINS = ("sport", "fiction", "business", "technology", "health", "politics", "violence")
_REAL = "violence"
_ENOUGH = 3  # weight of a domain in a sentence from which it governs the sentence
_OUTWEIGHS = 3  # a domain this many times as heavy as violence governs a sentence in spite of it ("his budget was killed")
_HINT = 1  # the same in a report that is full of the domain:
_FULL = 0.06  # from this weight a word of the report
_MOSTLY = 4  # this many times the weight of violence in it
_LEAST = 6  # and this weight in all


@lru_cache(maxsize=8)
def _book(codebook: Codebook, language: str) -> PhraseBook:
    rows = codebook.table(f"{language}/domains")
    for row in rows:
        if row["domain"] not in DOMAINS:
            raise row.error(f"no domain {row['domain']!r}; there are {', '.join(DOMAINS)}")
    return PhraseBook(rows)


def find_domains(reading: Reading, *, codebook: Codebook) -> Iterator[MoodMention]:
    """A mood for each sentence that a domain other than violence governs: fictional, or figurative."""
    here: dict[int, list[Match]] = {}
    for match in _book(codebook, reading.language).find(reading):
        here.setdefault(reading.tokens[match.first].sentence, []).append(match)
    whole = sum((_weights(matches) for matches in here.values()), Counter[str]())
    for index, matches in here.items():
        sentence = reading.sentences[index]
        domain = _governing(_weights(matches), whole, len(reading.tokens))
        if domain is not None:
            yield _mention(reading, sentence, domain, matches)


def _weights(matches: list[Match]) -> Counter[str]:
    """The weight of each domain, counting each phrase of the table once."""
    found: Counter[str] = Counter()
    for row in {match.row["phrase"]: match.row for match in matches}.values():
        found[row["domain"]] += int(row.number("weight") or 0)
    return found


def _governing(weights: Counter[str], whole: Counter[str], words: int) -> str | None:
    """The domain that a sentence speaks of, None where it speaks of none or of violence itself."""
    domain, weight = max(((d, weights[d]) for d in DOMAINS if d != _REAL), key=lambda pair: pair[1])
    if weights[_REAL] and weight < _OUTWEIGHS * weights[_REAL]:
        return None
    full = whole[domain] >= max(_LEAST, _FULL * words) and whole[domain] > _MOSTLY * whole[_REAL]
    return domain if weight >= _ENOUGH or (full and weight >= _HINT) else None


def _mention(reading: Reading, sentence: Sentence, domain: str, matches: list[Match]) -> MoodMention:
    first = next(m for m in matches if m.row["domain"] == domain)
    mood: Literal["fictional", "figurative"] = "fictional" if domain == "fiction" else "figurative"
    return MoodMention(Span(sentence.start, sentence.end), reading.span(first.first, first.last), mood)
