"""Sources: whom a report names for what it tells, and who claims responsibility."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.lexicon import Match, PhraseBook
from concordant.coding.mentions import SourceMention
from concordant.reading import Reading, Sentence, Span, Token

_LONGEST = 14  # words of a source's name
_PRONOUNS = frozenset(
    "il elle ils elles on nous je tu vous ce cela qui celui-ci celle-ci ceux-ci ceux celui celle dernier derniere lui eux y en "
    "he she they it we i you who which that this these those one there me him them".split()
)
_ARTICLES = frozenset("le la les l' un une des du de d' the a an ce cette cet ces this that these".split())
_STOPS = frozenset("qui que qu' dont ou quand lorsque alors mais car who which that where when while but as after".split())
_JOIN = frozenset("de du des d' la le les l' et of the and for a in à au aux en".split())
_RECALLED = re.compile(r"^(?:la |les |cette |ces |the )?(?:meme|memes|same)s? |^(?:ce|cette) derni")
_CLAIM = {"fr": "revendiqu", "en": "claimed"}
_RELAY = re.compile(r"^(?:a l'|a la |a |au |aux |to |to the )$")
_AGENCY = frozenset("afp rfi reuters bbc cnn ap efe franceinfo".split())


@lru_cache(maxsize=8)
def _book(codebook: Codebook, language: str) -> PhraseBook:
    return PhraseBook(codebook.table(f"{language}/sources"))


def find_sources(reading: Reading, *, outlet: str | None, codebook: Codebook) -> tuple[SourceMention, ...]:
    """The sources of a reading, in order; a source named twice is listed where each naming stands."""
    book = _book(codebook, reading.language)
    found: list[SourceMention] = []
    for sentence in reading.sentences:
        if sentence.in_title:
            continue
        for at in range(sentence.first, sentence.last):
            match = book.longest(reading, at)
            if match is not None:
                found.extend(_told(reading, sentence, match))
        found.extend(_agencies(reading, sentence))
        found.extend(_claims(reading, sentence))
    return tuple(sorted(found, key=lambda s: s.span))


def sources_for(sources: tuple[SourceMention, ...], spans: tuple[Span, ...]) -> tuple[str, ...]:
    """The names of the sources that vouch for words at some spans, in order, each once."""
    names = (s.name for s in sources if not s.claim and any(s.scope.overlaps(span) for span in spans))
    return tuple(dict.fromkeys(names))


def _told(reading: Reading, sentence: Sentence, match: Match) -> Iterator[SourceMention]:
    if match.row["use"] in ("before", "relay"):
        extent = _phrase_after(reading, sentence, match.last)
        if extent and match.row["phrase"].startswith("de source"):
            extent = (match.last - 1, extent[1])
        yield from _source(reading, sentence, extent)
        return
    token = reading.tokens[match.first]
    if token.pos not in ("VERB", "AUX", "ADJ") and match.last - match.first == 1:
        return
    yield from _source(reading, sentence, _subject(reading, sentence, match) or _inverted(reading, sentence, match))


def _source(reading: Reading, sentence: Sentence, extent: tuple[int, int] | None) -> Iterator[SourceMention]:
    if extent is None:
        return
    first, last = _trimmed(reading, *extent)
    if first >= last:
        return
    name = reading.words(reading.span(first, last)).strip(" \"'")
    heads = [t for t in reading.tokens[first:last] if t.pos in ("NOUN", "PROPN", "X")]
    lowered = name.lower()
    if not heads or len(name) < 3 or lowered in _PRONOUNS or _RECALLED.match(heads[0].fold) or "même" in lowered[:8]:
        return
    yield SourceMention(
        reading.span(first, last), name, Span(sentence.start, sentence.end), None, _kind(lowered)
    )


def _kind(name: str) -> str:
    for kind, words in (
        ("agency", ("afp", "reuters", "agence")), ("military", ("armée", "état-major", "army", "militar")),
        ("medical", ("médical", "hôpital", "medical", "hospital")), ("local", ("local", "habitant", "resident", "élu")),
        ("official", ("ministère", "ministre", "gouvern", "autorit", "police", "president", "government")),
        ("witness", ("témoin", "survivant", "rescapé", "witness")), ("un", ("onu", "ocha", "minusma", "monusco")),
    ):  # fmt: skip
        if any(word in name for word in words):
            return kind
    return "unnamed" if name.startswith(("source", "une source", "des sources", "plusieurs")) else "person"


def _trimmed(reading: Reading, first: int, last: int) -> tuple[int, int]:
    while first < last and (reading.tokens[first].fold in _ARTICLES or reading.tokens[first].pos == "PUNCT"):
        first += 1
    while last > first and (
        reading.tokens[last - 1].fold in _JOIN or reading.tokens[last - 1].pos in ("PUNCT", "ADP", "CCONJ", "DET", "ADV")
    ):
        last -= 1
    return first, last


def _phrase_after(reading: Reading, sentence: Sentence, at: int) -> tuple[int, int] | None:
    """The noun phrase that begins at a token, up to the next mark, verb or relative."""
    end, limit = at, min(sentence.last, at + _LONGEST)
    while end < limit:
        token = reading.tokens[end]
        if _ends(reading, token, end, at):
            break
        end += 1
    return (at, end) if end > at else None


def _ends(reading: Reading, token: Token, at: int, first: int) -> bool:
    if token.fold in _STOPS and at > first:
        return True
    if token.text in ('"', "(", ":", ";", ".", "[", "-", "--"):
        return at > first
    if token.text == ",":
        following = reading.tokens[at + 1] if at + 1 < len(reading.tokens) else None
        return following is None or not (following.text[0].isupper() and following.pos == "PROPN")
    return token.pos in ("VERB", "AUX") and (
        token.has("VerbForm=Fin") or token.fold in ("ayant", "citant", "interrogee", "contactee", "rapportees")
    )


def _subject(reading: Reading, sentence: Sentence, match: Match) -> tuple[int, int] | None:
    """The subject that the grammar gives a verb of speech, its relative clauses left out."""
    for at in range(match.first, match.last):
        for child in reading.children(at):
            if reading.tokens[child].dep == "nsubj" and child < at:
                return _nominal(reading, sentence, child)
    return None


def _nominal(reading: Reading, sentence: Sentence, head: int) -> tuple[int, int] | None:
    if reading.tokens[head].fold in _PRONOUNS or reading.tokens[head].pos == "PRON":
        return None
    first = last = head
    for i in reading.subtree(head):
        if i <= head and i >= head - 6 and reading.tokens[i].pos not in ("PUNCT", "VERB"):
            first = min(first, i)
    extent = _phrase_after(reading, sentence, head)
    last = extent[1] if extent else head + 1
    return first, last


def _inverted(reading: Reading, sentence: Sentence, match: Match) -> tuple[int, int] | None:
    """", a indiqué à l'AFP un responsable": the phrase right behind the verb, an address to an outlet skipped."""
    before = reading.tokens[max(sentence.first, match.first - 3) : match.first]
    marked = any(t.text in (",", '"', ")") for t in before) or match.first - sentence.first <= 2
    at = match.last
    if not marked or at >= sentence.last:
        return None
    if reading.tokens[at].fold in ("a", "au", "aux", "to", "dans", "sur", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"):
        skipped = _skip(reading, sentence, at)
        if skipped is None:
            return None
        at = skipped
    if reading.tokens[at].pos not in ("DET", "PROPN", "NOUN", "X", "ADJ"):
        return None
    return _phrase_after(reading, sentence, at)


def _skip(reading: Reading, sentence: Sentence, at: int) -> int | None:
    """The first article or name behind an adjunct of at most six words."""
    seen = False
    for i in range(at + 1, min(sentence.last, at + 7)):
        token = reading.tokens[i]
        if token.text in (".", ",", '"'):
            return i + 1 if token.text == "," and i + 1 < sentence.last else None
        if seen and token.pos in ("DET", "PROPN") and reading.tokens[i - 1].pos not in ("ADP", "DET"):
            return i
        seen = seen or token.pos in ("NOUN", "PROPN", "X")
    return None


def _agencies(reading: Reading, sentence: Sentence) -> Iterator[SourceMention]:
    """"… à l'AFP", "to Reuters": the agency to which something was said."""
    for token in reading.sentence_tokens(sentence):
        if token.fold in _AGENCY and token.i - 1 > sentence.first:
            lead = " ".join(t.fold for t in reading.tokens[max(sentence.first, token.i - 2) : token.i]).split(" ")
            if any(word in ("a", "au", "aux", "to", "par", "by") for word in lead):
                yield SourceMention(
                    Span(token.start, token.end), token.text, Span(sentence.start, sentence.end), None, "agency"
                )


def _claims(reading: Reading, sentence: Sentence) -> Iterator[SourceMention]:
    stem = _CLAIM[reading.language]
    for token in reading.sentence_tokens(sentence):
        if not token.fold.startswith(stem) or _negated(reading, sentence, token.i):
            continue
        after = [t.fold for t in reading.tokens[token.i + 1 : token.i + 3]]
        if reading.language == "en" and "responsibility" not in after and "by" not in after:
            continue
        extent = None
        if after[:1] in (["par"], ["by"]):
            extent = _phrase_after(reading, sentence, token.i + 2)
        else:
            subject = next((c for c in reading.children(token.i) if reading.tokens[c].dep == "nsubj"), None)
            extent = _nominal(reading, sentence, subject) if subject is not None else None
        if extent is None:
            continue
        first, last = _trimmed(reading, *extent)
        if first < last:
            span = reading.span(first, last)
            yield SourceMention(
                span, reading.words(span).strip(" \"'"), Span(sentence.start, sentence.end), None, "party", claim=True
            )


def _negated(reading: Reading, sentence: Sentence, at: int) -> bool:
    near = {t.fold for t in reading.tokens[max(sentence.first, at - 6) : at]}
    return bool(near & {"pas", "non", "jamais", "not", "no", "n't", "encore", "aucun", "aucune"})
