"""Embedding: clauses inside a sentence that tell of another happening than the sentence does.

"Les hommes enlevés lundi près de Talma ont été libérés mercredi": the participle has its own day and place, and what
it tells is another event than the release. Which groups of acts do not go together is data (embedding.tsv).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.triggers import Trigger
from concordant.reading import Reading, Token

_CLAUSES = ("acl", "acl:relcl", "relcl")
_AFTER = frozenset(("apres", "after"))
_DURING = frozenset("lors pendant durant dans during in at cours amid".split())
_AUX_REACH = 3  # tokens before a participle in which its auxiliary would stand
_NOMINAL = ("NOUN", "PROPN", "ADJ", "PUNCT", "NUM")
_SERIES = ("attentat",)  # whose plural names one happening: "l'auteur des attentats de Lormac a été arrêté"
_STOPS = frozenset((".", ";", ":"))


@lru_cache(maxsize=8)
def _apart(codebook: Codebook) -> frozenset[tuple[str, str, str]]:
    return frozenset((row["matrix"], row["embedded"], row["form"]) for row in codebook.table("embedding"))


@lru_cache(maxsize=8)
def _groups(codebook: Codebook) -> dict[str, str]:
    return {row["act"]: row["group"] for row in codebook.table("acts")}


def embedded(
    reading: Reading, first: int, last: int, triggers: Sequence[Trigger], *, codebook: Codebook
) -> list[tuple[int, int]]:
    """Token ranges inside [first, last) that tell of a happening apart from that of the words around them."""
    table, groups = _apart(codebook), _groups(codebook)
    told = [t for t in triggers if t.strength >= 2 and first <= t.first < last]
    found: list[tuple[int, int]] = []
    for trigger in told:
        reach = _reach(reading, trigger, first, last)
        if reach is None or any(a <= trigger.first < b for a, b in found):
            continue
        outside = [t for t in told if not reach[0] <= t.first < reach[1]]
        form = "noun" if trigger.noun else "clause"
        lead = [groups[t.act] for t in outside if not t.noun] or [groups[t.act] for t in outside]
        if lead and all((group, groups[trigger.act], form) in table for group in lead):
            found.append(reach)
    return found


def topic_end(reading: Reading, first: int, last: int, triggers: Sequence[Trigger], *, codebook: Codebook) -> int | None:
    """Where the topic of a title ends that tells of another happening than its news: "Attentat de X : deux arrestations".

    Which groups of acts do not go together is the same as for clauses and nouns.
    """
    colon = next((i for i in range(first, last) if reading.tokens[i].text == ":"), None)
    if colon is None:
        return None
    table, groups = {(matrix, inner) for matrix, inner, _ in _apart(codebook)}, _groups(codebook)
    told = [t for t in triggers if t.strength >= 2 and first <= t.first < last]
    topic = {groups[t.act] for t in told if t.first < colon}
    news = {groups[t.act] for t in told if t.first > colon}
    apart = bool(topic and news) and all((after, before) in table for after in news for before in topic)
    return colon + 1 if apart else None


def _reach(reading: Reading, trigger: Trigger, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of the clause or noun phrase that a trigger heads; None where it heads the sentence itself."""
    token = reading.tokens[trigger.first]
    if trigger.noun:
        return _noun_reach(reading, trigger, first, last)
    at, upto = _clause_head(reading, token), _participle_reach(reading, trigger, first, last)
    if at is None:
        return upto
    start, end = _bounded(reading, at, trigger, first, last)
    # What stands between a participle and the sentence's verb is the participle's, wherever the parse hangs it.
    return start, max(end, upto[1]) if upto is not None else end


def _participle_reach(reading: Reading, trigger: Trigger, first: int, last: int) -> tuple[int, int] | None:
    """A French participle that stands by a noun without auxiliary, up to the sentence's own verb, whatever the parse says."""
    token = reading.tokens[trigger.first]
    before = [reading.tokens[i] for i in range(max(first, trigger.first - _AUX_REACH), trigger.first)]
    bare = token.has("VerbForm=Part") and token.has("Tense=Past") and not any(t.pos == "AUX" for t in before)
    if reading.language != "fr" or not bare or not before or before[-1].pos not in _NOMINAL:
        return None
    for end in range(trigger.last, last):
        if _finite(reading.tokens[end]):
            return trigger.first, end
    return None


def _finite(token: Token) -> bool:
    return token.pos in ("AUX", "VERB") and token.has("VerbForm=Fin")


def _clause_head(reading: Reading, token: Token) -> int | None:
    """The head of the participle, relative or "après" clause that a verb stands in, None where it is a main verb."""
    for _ in range(3):
        if token.dep in _CLAUSES:
            return token.i
        if token.dep == "advcl" and any(reading.tokens[i].fold in _AFTER for i in reading.children(token.i)):
            return token.i
        if token.dep not in ("conj", "xcomp", "aux", "auxpass", "aux:pass", "ccomp") or token.head == token.i:
            return None
        token = reading.tokens[token.head]
    return None


def _noun_reach(reading: Reading, trigger: Trigger, first: int, last: int) -> tuple[int, int] | None:
    """A definite noun that another noun governs ("l'auteur de l'attaque"), with what belongs to it."""
    token = reading.tokens[trigger.first]
    if trigger.definiteness not in ("definite", "demonstrative") or (trigger.plural and trigger.act not in _SERIES):
        return None
    before = {reading.tokens[i].fold for i in range(max(first, trigger.first - 3), trigger.first)}
    if before & _DURING or token.dep not in ("nmod", "pobj", "obl", "obl:mod", "obl:arg", "obj", "dobj"):
        return None
    return _bounded(reading, trigger.first, trigger, first, last)


def _bounded(reading: Reading, at: int, trigger: Trigger, first: int, last: int) -> tuple[int, int]:
    """The run of tokens around a trigger that its head governs, kept inside the stretch."""
    below = set(reading.subtree(at))
    start, end = trigger.first, trigger.last
    while start > first and (start - 1) in below and reading.tokens[start - 1].text not in _STOPS:
        start -= 1
    while end < last and end in below and reading.tokens[end].text not in _STOPS:
        end += 1
    return start, end
