"""Ties: how a party's words stand in the grammar to a word that tells of something done.

A tie is told by its name alone: "does" (subject of an active verb, agent), "suffers" (object, subject of a passive),
"of", "against", "on", "between" (what a noun's complement is), "light does" and "light suffers" (the subject of a verb
that only carries the noun: "ont mené une attaque", "est tombé dans une embuscade"; carriers.tsv), "before" and "after"
where the parse says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from concordant.codebook import Codebook
from concordant.coding.mentions import PartyMention
from concordant.coding.triggers import Trigger
from concordant.reading import Reading, Token

_SUBJECT = frozenset(("nsubj", "nsubj:caus", "csubj"))
_PASSIVE = frozenset(("nsubj:pass", "nsubjpass"))
_OBJECT = frozenset(("obj", "dobj", "iobj", "dative"))
_JOINED = frozenset(("conj", "appos", "flat:name", "flat:foreign", "nmod:appos"))
_UNDER = frozenset(("xcomp", "advcl", "pcomp", "conj", "acl"))  # clauses that share a subject from above
# Acts whose subject suffers where the verb has no object ("sont morts", "a sauté sur une mine").
_SUFFERED = frozenset(("die", "wound", "ied"))
_BY = frozenset(("par", "by"))
_AGAINST = frozenset(("contre", "visant", "envers", "against", "targeting", "ciblant"))
_ON = frozenset(("sur", "a", "dans", "chez", "on", "at", "in", "into", "aux", "au"))
_OF = frozenset(("de", "d'", "des", "du", "of", "'s"))
_BETWEEN = frozenset(("entre", "between", "avec", "with"))
_WHERE = frozenset(("ou", "dont", "lequel", "laquelle", "lesquels", "lesquelles", "where", "whose", "when", "whom"))
_FAR = 18  # tokens between a trigger and a party that still have to do with each other
_STEPS = 5  # the longest chain of verbs that is climbed


@dataclass(frozen=True, slots=True)
class Carriers:
    """The stems of carriers.tsv: words whose subject suffers or does what they carry, or has no part in it."""

    suffers: tuple[str, ...]
    neither: tuple[str, ...]
    losing: tuple[str, ...]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, codebook: Codebook, language: str) -> Carriers:
        rows = codebook.table(f"{language}/carriers")
        return cls(*(tuple(r["word"] for r in rows if r["sort"] == sort) for sort in ("suffers", "neither", "losing")))

    def sort(self, folded: str) -> str:
        if folded.startswith(self.suffers):
            return "suffers"
        return "neither" if folded.startswith(self.neither) else "does"


@dataclass(frozen=True, slots=True)
class Grammar:
    """What ties are read with: the reading, its language's carriers, and the tokens of all triggers."""

    reading: Reading
    carriers: Carriers
    told: Set[int]

    def ties(self, trigger: Trigger, party: PartyMention) -> frozenset[str]:
        """The ties between a trigger and a party of its sentence; none for a party that has nothing to do with it."""
        tokens = self.reading.tokens
        if tokens[party.head].sentence != tokens[trigger.first].sentence:
            return frozenset()
        if trigger.first <= party.head < trigger.last:  # "la frappe française"
            return frozenset(("of",))
        if self._participle_of(trigger, party):
            return frozenset(("suffers",))
        places = list(_places(self.reading, party.head, self.told))
        found = {name for place in places for name in _grammar(self, trigger, place)}
        if not found:
            found = set(_by_position(self, trigger, party))
        return frozenset(found or _order(self.reading, trigger, party))

    def _participle_of(self, trigger: Trigger, party: PartyMention) -> bool:
        """Whether a French participle stands right behind a party: "les élèves enlevés", whatever the parse says."""
        word = self.reading.tokens[trigger.first].lower
        behind = self.reading.token_at(party.span.end - 1) + 1 == trigger.first or party.head + 1 == trigger.first
        french = self.reading.language == "fr" and not trigger.noun
        return french and behind and word.endswith(("é", "ée", "és", "ées", "is", "ise", "ises"))


def _places(reading: Reading, head: int, told: Set[int]) -> Iterator[int]:
    """The token of a party, and those it is joined to or counted by ("une dizaine de civils", "X et Y")."""
    at, steps = head, 0
    yield at
    while steps < 3:
        token = reading.tokens[at]
        above = _governor(reading, at)
        if token.dep in _JOINED and above.pos in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "X"):
            at = token.head
        elif _case(reading, at) in _OF and above.pos in ("NOUN", "NUM", "PROPN"):
            at = above.i
        else:
            return
        if at == head or at in told:
            return
        yield at
        steps += 1


def _case(reading: Reading, at: int) -> str:
    """The preposition that governs a noun ("" for none)."""
    token = reading.tokens[at]
    if token.dep in ("pobj", "pcomp"):
        return reading.tokens[token.head].fold
    if token.dep == "poss":
        return "of"
    return next(
        (reading.tokens[c].fold for c in reading.children(at) if reading.tokens[c].dep == "case" and c < at), ""
    )


def _governor(reading: Reading, at: int) -> Token:
    """The token that a noun depends on, its preposition passed over."""
    token = reading.tokens[at]
    above = reading.tokens[token.head]
    return reading.tokens[above.head] if token.dep in ("pobj", "pcomp") else above


def _grammar(grammar: Grammar, trigger: Trigger, at: int) -> Iterator[str]:
    """The ties that the parse gives between a trigger and the noun at a token."""
    reading = grammar.reading
    inside = range(trigger.first, trigger.last)
    above, case, dep = _governor(reading, at), _case(reading, at), reading.tokens[at].dep
    if above.i in inside:
        yield from _noun_tie(dep, case) if trigger.noun else _verb_tie(grammar, trigger, at, case)
    elif trigger.noun and case in _BY and above.dep == "acl" and _governor(reading, above.i).i in inside:
        yield "does"  # "une embuscade tendue par …"
    root = _root(reading, trigger)
    if not trigger.noun:
        yield from _clause_tie(grammar, trigger, root, at)
    yield from _carried(grammar, trigger, root, at)


def _root(reading: Reading, trigger: Trigger) -> int:
    """The token of a trigger that the others hang on."""
    inside = range(trigger.first, trigger.last)
    return next((i for i in inside if reading.tokens[i].head not in inside), trigger.first)


def _noun_tie(dep: str, case: str) -> Iterator[str]:
    if case in _BY:
        yield "does"
    elif case in _AGAINST:
        yield "against"
    elif case in _BETWEEN:
        yield "between"
    elif case in _OF or dep in ("compound", "amod", "nmod"):
        yield "of"
    elif case in _ON:
        yield "on"


def _verb_tie(grammar: Grammar, trigger: Trigger, at: int, case: str) -> Iterator[str]:
    dep = grammar.reading.tokens[at].dep
    if dep in _SUBJECT and 0 <= at - trigger.last < 4:  # no subject stands behind its verb: "ont tué dix personnes"
        yield "suffers"
    elif dep in _PASSIVE or dep in _SUBJECT:
        yield "suffers" if dep in _PASSIVE or _passive(grammar, trigger) else "does"
    elif dep in _OBJECT:
        yield "suffers"
    elif case in _BY or dep in ("obl:agent", "agent"):
        yield "does"
    elif case in _AGAINST:
        yield "against"
    elif case in _BETWEEN:
        yield "between"
    elif case in _ON:
        yield "on"


def _passive(grammar: Grammar, trigger: Trigger) -> bool:
    """Whether the subject of a verb suffers it: a passive, a bare participle, a verb of dying."""
    reading, tokens = grammar.reading, grammar.reading.tokens
    words = [tokens[i].fold for i in range(trigger.first, trigger.last)]
    if any(word.startswith(grammar.carriers.losing) for word in words) and not words[0].startswith(("cout", "cost")):
        return True
    if len(words) > 1 and any(word.startswith(grammar.carriers.suffers) for word in words):
        return True
    if trigger.act in _SUFFERED and not _transitive(reading, trigger):
        return True
    root = _root(reading, trigger)
    if any(
        tokens[c].dep in ("aux:pass", "auxpass")
        for i in range(trigger.first, trigger.last)
        for c in reading.children(i)
    ):
        return True
    if any(tokens[c].dep.startswith("aux") for c in reading.children(root)):
        return False
    if tokens[root].dep in ("acl", "amod"):
        return not tokens[root].lower.endswith(("ant", "ing", "er", "ir", "re"))
    return tokens[root].dep == "ROOT" and tokens[root].has("VerbForm=Part") and tokens[root].has("Tense=Past")


def _transitive(reading: Reading, trigger: Trigger) -> bool:
    return any(
        reading.tokens[c].dep in _OBJECT for i in range(trigger.first, trigger.last) for c in reading.children(i)
    )


def _clause_tie(grammar: Grammar, trigger: Trigger, root: int, at: int) -> Iterator[str]:
    """Ties through relative clauses, participles and verbs that share a subject."""
    reading, tokens = grammar.reading, grammar.reading.tokens
    verb, steps = tokens[root], 0
    while steps < _STEPS:
        if verb.dep in ("acl:relcl", "relcl") and _governor(reading, verb.i).i == at:
            yield from _relative(grammar, trigger, verb.i)
            return
        if verb.dep in ("acl", "amod") and _governor(reading, verb.i).i == at:
            yield "suffers" if _passive(grammar, trigger) else "does"
            return
        if verb.dep not in _UNDER or (steps == 0 and _has_subject(reading, verb.i)):
            return
        verb = _governor(reading, verb.i)
        if verb.pos not in ("VERB", "AUX", "ADJ", "ADV"):
            steps += 1
            continue
        if tokens[at].head == verb.i and tokens[at].dep in _SUBJECT | _PASSIVE:
            yield "suffers" if _passive(grammar, trigger) else "does"
            return
        steps += 1


def _has_subject(reading: Reading, verb: int) -> bool:
    return any(reading.tokens[c].dep in _SUBJECT | _PASSIVE for c in reading.children(verb))


def _relative(grammar: Grammar, trigger: Trigger, verb: int) -> Iterator[str]:
    reading = grammar.reading
    children = [reading.tokens[c] for c in reading.children(verb)]
    if any(c.fold in _WHERE for c in children):
        return
    for child in children:
        if child.dep in _PASSIVE or (child.dep in _SUBJECT and child.fold in ("qui", "who", "that", "which")):
            yield "suffers" if child.dep in _PASSIVE or _passive(grammar, trigger) else "does"
            return
    yield "suffers" if any(c.fold in ("que", "qu'") for c in children) else "does"


def _carried(grammar: Grammar, trigger: Trigger, root: int, at: int) -> Iterator[str]:
    """Ties through a word that carries the trigger: "ont lancé une attaque", "est tombé dans une embuscade"."""
    reading, tokens = grammar.reading, grammar.reading.tokens
    if not (trigger.noun or tokens[root].dep in ("xcomp", "ccomp")) or at == root:
        return
    verb, mine = _governor(reading, root), tokens[at]
    noun = verb.pos not in ("VERB", "AUX", "ADV")
    sort = grammar.carriers.sort(verb.fold)
    if noun and not (sort == "suffers" and verb.i != root):
        return
    if _governor(reading, at).i != verb.i or sort == "neither":
        return
    yield from _carried_by(reading, verb, sort, root, mine)


def _carried_by(reading: Reading, verb: Token, sort: str, root: int, mine: Token) -> Iterator[str]:
    dep, case, subject = reading.tokens[root].dep, _case(reading, root), mine.dep in _SUBJECT | _PASSIVE
    if verb.fold.startswith(("oppos", "pit")):
        yield "between"
    elif subject and sort == "suffers" and dep not in _SUBJECT | _PASSIVE:
        yield "light suffers"
    elif subject and dep in _OBJECT:
        yield "light does"
    elif subject and case:
        yield "light suffers" if case in ("dans", "de", "a", "par", "by", "into", "in", "of") else f"light {case}"
    elif dep in _SUBJECT and mine.dep in _OBJECT:
        yield "light object"
    elif dep in _PASSIVE and _case(reading, mine.i) in _BY:
        yield "does"
    elif dep in _SUBJECT | _PASSIVE | _OBJECT and _case(reading, mine.i) in _AGAINST:
        yield "against"


def _by_position(grammar: Grammar, trigger: Trigger, party: PartyMention) -> Iterator[str]:
    """What the words between a trigger and a party say where the parse gives no tie."""
    reading, tokens = grammar.reading, grammar.reading.tokens
    first = reading.token_at(party.span.start)
    if first < trigger.first:
        yield from _before_carrier(grammar, trigger, party)
        return
    if first - trigger.last >= 12 or _told_between(grammar, trigger, first):
        return
    at = first - 1
    while at > trigger.last and tokens[at].pos in ("DET", "NUM", "ADJ") and at > first - 4:
        at -= 1
    word = tokens[at].fold
    if word in _BY:
        yield "does"
    elif word in _AGAINST:
        yield "against"
    elif word in _BETWEEN and first - trigger.last < 4:
        yield "between"


def _told_between(grammar: Grammar, trigger: Trigger, first: int) -> bool:
    """Whether a verb or another trigger stands between a trigger and a party, unless it only qualifies the trigger."""
    inside = range(trigger.first, trigger.last)
    for token in grammar.reading.tokens[trigger.last : first]:
        if token.i in grammar.told or (token.pos == "VERB" and not (token.dep == "acl" and token.head in inside)):
            return True
    return False


def _before_carrier(grammar: Grammar, trigger: Trigger, party: PartyMention) -> Iterator[str]:
    """ "Une patrouille (…) tombe à son tour dans une embuscade", whatever word the parse takes for the verb."""
    tokens = grammar.reading.tokens
    if tokens[party.head].dep not in (*_SUBJECT, *_PASSIVE, "ROOT") or not trigger.noun:
        return
    for token in reversed(tokens[max(party.head + 1, trigger.first - 7) : trigger.first]):
        if token.fold.startswith(grammar.carriers.suffers):
            yield "light suffers"
            return
        if token.text in ",.;:":
            return


def _order(reading: Reading, trigger: Trigger, party: PartyMention) -> Iterator[str]:
    first = reading.token_at(party.span.start)
    if first < trigger.first:
        yield "before" if trigger.first - first <= _FAR else "far before"
    else:
        yield "after" if first - trigger.last <= _FAR else "far after"
