"""Groups: phrases that speak of people who may have met something ("deux autres soldats", "le maire", "vingt")."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, cast

from concordant.codebook import Codebook
from concordant.coding.grammar import (
    COLLECTIVES,
    DEFINITE,
    MANY_VERB,
    OF,
    OTHER,
    PARTITIVE,
    PLURAL_DEFINITE,
    PREPOSITIONS,
    PRONOUNS,
)
from concordant.coding.mentions import PartyMention, PartyType, Quantity
from concordant.coding.outcomes import Trigger
from concordant.reading import Reading, Span, Token, fold

Victims = PartyType | Literal["mixed", "unknown"]
Sort = Literal["people", "thing", "bare", "pronoun", "name"]


@dataclass(frozen=True, slots=True)
class Group:
    """The tokens [first, last) that speak of people: how many, and of what type."""

    first: int
    core: int  # end of quantity, adjectives and noun
    last: int  # end of what follows the noun: "de l'armée malienne"
    head: int
    quantity: Quantity
    victims: Victims
    sort: Sort  # bare: a number alone; thing: an unknown noun; pronoun, name: an individual
    counted: bool  # whether words say how many
    other: bool  # "autres"
    among: bool  # "deux d'entre eux": some of those named before
    prep: bool  # a preposition stands before it
    part: bool = False  # "dont trois enfants"
    doers: bool = False  # told as those who did it ("un assaillant")
    kin: bool = False  # told by somebody else: "his driver", "two others"
    apposed: bool = False  # a noun without article behind a comma ("…, retraité et père de deux enfants, …")


@dataclass(frozen=True)
class Scene:
    """What the search for groups looks at: the reading, and what is known of its tokens."""

    reading: Reading
    quantities: dict[int, tuple[int, Quantity]]  # by first token: its end token and the quantity
    triggers: dict[int, list[Trigger]]
    parties: dict[int, PartyMention] = field(default_factory=dict)  # by token
    people: dict[str, str] = field(default_factory=dict)  # word: type or ""
    doers: frozenset[str] = frozenset()  # people words that mean who did it
    things: frozenset[str] = frozenset()  # nouns of what is no people, though it may stand for a party ("drone", "camp")

    def strong(self, i: int) -> bool:
        """Whether an outcome word starts at token i that is no mere people noun ("otages", "victimes")."""
        return any(trigger.frame != "weak" for trigger in self.triggers.get(i, ()))

    def token(self, i: int) -> Token | None:
        return self.reading.tokens[i] if 0 <= i < len(self.reading.tokens) else None


@lru_cache(maxsize=16)
def people_words(codebook: Codebook, language: str) -> dict[str, str]:
    """The people nouns of the table `victims`, singular and plural, without accents, and the type each says."""
    words: dict[str, str] = {}
    for row in codebook.table(f"{language}/victims"):
        word = fold(row["word"])
        kind = row["type"]
        french = [word + "s", word + "x", word[:-1] + "ux"]
        plurals = french if language == "fr" else [word + "s", word + "es", word.removesuffix("y") + "ies"]
        single = " ".join(part.removesuffix("s") for part in word.split()) if " " in word else word
        for form in [word, single, *plurals]:
            words.setdefault(form, kind)
    return words


@lru_cache(maxsize=16)
def doer_words(codebook: Codebook, language: str) -> frozenset[str]:
    """The people nouns that mean who did it, without accents."""
    rows = [row for row in codebook.table(f"{language}/victims") if row["doer"] == "yes"]
    return frozenset(fold(row["word"]) + ending for row in rows for ending in ("", "s", "es"))


@lru_cache(maxsize=16)
def things(codebook: Codebook, language: str) -> frozenset[str]:
    """Nouns of the table `things`, without accents, which are counted but are no people."""
    units = (row for row in codebook.table(f"{language}/units") if row["side"] == "after")
    times = frozenset(("instants", "instant", "moments", "moment", "reprises", "part", "cas"))
    return times | {fold(row["word"]) for row in (*codebook.table(f"{language}/things"), *units)}


def find_groups(
    reading: Reading, quantities: Sequence[Quantity], parties: Sequence[PartyMention],
    triggers: dict[int, list[Trigger]], *, codebook: Codebook,
) -> list[Group]:  # fmt: skip
    """The groups of a reading, in order; they do not overlap in their cores."""
    scene = Scene(
        reading, _by_token(reading, quantities), triggers, _party_tokens(reading, parties),
        people_words(codebook, reading.language), doer_words(codebook, reading.language),
        things(codebook, reading.language),
    )  # fmt: skip
    groups: list[Group] = []
    for sentence in reading.sentences:
        at = sentence.first
        while at < sentence.last:
            group = _group_at(scene, at, sentence.last)
            if group and not (groups and _attribute(scene, groups[-1], group)):
                groups.append(group)
            at = group.last if group else at + 1
    return _all_of(reading, groups)


def _attribute(scene: Scene, before: Group, group: Group) -> bool:
    """ "(Deux des policiers) blessés sont morts": a participle right behind people says something of them."""
    return group.first in (before.core, before.last) and scene.strong(group.first) and not group.counted


def _all_of(reading: Reading, groups: Sequence[Group]) -> list[Group]:
    """The groups, those that "tous des civils", "all of them civilians" explains taken together with it."""
    found: list[Group] = []
    for group in groups:
        before = found[-1] if found else None
        words = [t.lower for t in reading.tokens[before.last : group.first]] if before is not None else []
        if before is not None and words[:1] == [","] and set(words[1:2]) & {"tous", "toutes", "all"} and len(words) < 6:
            kind = group.victims if before.victims == "unknown" else before.victims
            found[-1] = replace(before, victims=kind)
        else:
            found.append(group)
    return found


def _by_token(reading: Reading, quantities: Sequence[Quantity]) -> dict[int, tuple[int, Quantity]]:
    found = {}
    for quantity in quantities:
        first, last = reading.range_of(quantity.span)
        found[first] = (last, quantity)
    return found


def _party_tokens(reading: Reading, parties: Sequence[PartyMention]) -> dict[int, PartyMention]:
    found: dict[int, PartyMention] = {}
    for party in sorted(parties, key=lambda p: p.span.start - p.span.end):
        first, last = reading.range_of(party.span)
        found.update(dict.fromkeys(range(first, last), party))
    return found


def _group_at(scene: Scene, at: int, end: int) -> Group | None:
    token = scene.reading.tokens[at]
    if at in scene.quantities:
        last, quantity = scene.quantities[at]
        if quantity.share or quantity.ordinal:
            return None
        return _counted(scene, at, last, end, quantity)
    if token.lower in DEFINITE:
        return _definite(scene, at, end)
    if token.lower in PRONOUNS:
        return _make(scene, at, at + 1, at + 1, at, _one(token), "pronoun", counted=False)
    if _is_people(scene, at) and token.pos in ("NOUN", "PROPN", "ADJ"):
        return _undetermined(scene, at, end)
    if token.pos == "PROPN":
        return _named(scene, at, end)
    return None


def _counted(scene: Scene, at: int, last: int, end: int, quantity: Quantity) -> Group | None:
    """The group that a quantity begins: with its noun, or bare before an outcome word or verb."""
    tokens = scene.reading.tokens
    article = quantity.span.end - quantity.span.start <= 3 and (quantity.state == "some" or quantity.best == 1)
    if article and not _is_article(scene, at, last):
        return None
    if article and (nth := _nth(scene, at, end)) is not None:
        return nth
    here, other = last, any(tokens[i].lower in OTHER for i in range(at, last))
    while here < end and tokens[here].lower in OTHER:
        here, other = here + 1, True
    among = here + 1 < end and tokens[here].lower in PARTITIVE and not article
    if among and tokens[here + 1].lower in ("entre", "them", "eux"):
        stop = min(end, here + 3 if tokens[here + 1].lower == "entre" else here + 2)
        return _make(scene, at, stop, stop, at, quantity, "bare", counted=True, other=other, among=True)
    noun = _noun(scene, here + 1 if among else here, end)
    if noun is None:
        if among and scene.strong(here + 1):
            return _make(scene, at, here + 1, here + 1, at, quantity, "bare", counted=True, other=other)
        bare = not article and not among and (here == end or _ends_bare(tokens[here], scene, here))
        blank = article and here < end and (here in scene.triggers or tokens[here].pos == "AUX")
        return _make(scene, at, here, here, at, quantity, "bare", counted=True, other=other) if bare or blank else None
    head, sort = noun
    if sort == "thing" and _struck(scene, head):
        sort = "people"
    if sort == "thing" and article and not _demonym(scene, head):
        return None
    core = _past_adjectives(scene, head + 1, end)
    partitive = (among and tokens[here + 1].lower in DEFINITE | {"de", "des"}) or (
        among and tokens[here].lower in ("des", "du", "of") and tokens[here].lower != "d'"
    )
    return _make(
        scene, at, core, _past_complement(scene, core, end), head, quantity, sort,
        counted=True, other=other, among=bool(partitive),
    )  # fmt: skip


def _demonym(scene: Scene, at: int) -> bool:
    """Whether a noun with a capital inside a sentence may be a person of some country: "un Suisse"."""
    token = scene.reading.tokens[at]
    return not scene.reading.lower_cased and token.text.istitle() and scene.reading.language == "fr"


def _is_article(scene: Scene, at: int, last: int) -> bool:
    """Whether "des" and "de" stand for an untold number: not in "la plupart des victimes", "des 14 suspects"."""
    tokens = scene.reading.tokens
    word = tokens[at].lower
    if last in scene.quantities and word in ("des", "de", "d'"):
        return False
    if word in ("de", "d'"):
        before = {t.lower for t in tokens[max(0, at - 5) : at]}
        return last < len(tokens) and tokens[last].pos != "DET" and bool(before & {"pas", "sans", "jamais", "ni", "point"})
    return word != "des" or at == 0 or tokens[at - 1].pos not in ("NOUN", "PROPN", "ADJ", "NUM")


def _ends_bare(token: Token, scene: Scene, at: int) -> bool:
    return scene.strong(at) or token.pos in ("VERB", "AUX", "ADV", "PUNCT", "ADP", "PRON", "CCONJ", "DET")


def _noun(scene: Scene, at: int, end: int) -> tuple[int, Sort] | None:
    """The head noun of a counted group within four words, and whether it is known to mean people."""
    tokens = scene.reading.tokens
    unknown: int | None = None
    for i in _words(scene, at, end):
        token = tokens[i]
        if _is_people(scene, i) and not (scene.strong(i) and not _followed_by_outcome(scene, i)):
            return _last_noun(scene, i, end), "people"
        if token.fold in scene.things:
            return None
        if token.dep in _WHEN:
            break  # "three others tonight"
        if _participle(scene, i) and scene.reading.language == "en" and i < token.head < end and token.pos != "NOUN":
            continue  # "seven kidnapped students"
        if token.lower in DEFINITE and i <= at + 1:
            if tokens[i - 1].lower in PARTITIVE:
                continue
            break  # "portant à sept le nombre"
        if token.pos in ("VERB", "AUX", "PUNCT", "ADP", "CCONJ", "PRON", "SCONJ") and token.text not in ('"', "'"):
            if token.lower in OF and unknown is None and i == at:
                continue
            break
        if scene.strong(i):
            break
        if token.pos in ("NOUN", "PROPN") and (unknown is None or scene.reading.language == "en"):
            unknown = i
        if token.lower in OTHER:
            continue
    return (unknown, "thing") if unknown is not None else None


_WHEN = frozenset(("npadvmod", "tmod"))
_REACH = 5  # words in which the noun of a number stands


def _words(scene: Scene, at: int, end: int) -> Iterator[int]:
    """The tokens in which a number's noun may stand; a long name before it ("five X liberation front rebels") is one word."""
    taken = 0
    while at < end and taken < _REACH:
        party = scene.parties.get(at)
        stop = scene.reading.range_of(party.span)[1] if party is not None and party.actor_id else at
        if party is not None and stop < end and _is_people(scene, stop) and scene.parties.get(stop) is not party:
            at = stop
        yield at
        at, taken = at + 1, taken + 1


def _struck(scene: Scene, at: int, outcomes: Container[str] = ("killed", "wounded")) -> bool:
    """Whether the parse makes a noun the one whom a killing or wounding befell ("the pilot was killed"): a person, then.

    Words of the table `things`, which are killed in other senses ("the bill was killed"), are none.
    """
    tokens = scene.reading.tokens
    noun = tokens[at]
    if noun.pos not in ("NOUN", "PROPN", "ADJ") or noun.fold in scene.things:
        return False
    if noun.dep == "pobj":
        of = tokens[noun.head]
        acts = scene.triggers.get(of.head, ()) if of.lower == "of" else ()
        return any(t.frame == "act" and t.outcome in outcomes for t in acts) and tokens[of.head].fold not in _BODIES
    found = scene.triggers.get(noun.head, ()) if noun.dep in _STRUCK and not _disagrees(scene, noun) else ()
    return any(t.frame == "harms" and t.outcome in outcomes for t in found)


def _disagrees(scene: Scene, noun: Token) -> bool:
    """Whether a passive verb's auxiliary stands in the plural and its noun, with none joined to it, in the singular."""
    reading = scene.reading
    many = any(reading.tokens[i].lower in MANY_VERB for i in reading.children(noun.head))
    joined = any(reading.tokens[i].dep in ("conj", "cc") for i in reading.children(noun.i))
    return many and not joined and not _looks_plural(noun, reading.language)


_STRUCK = frozenset(("nsubjpass", "nsubj:pass", "dobj", "obj"))
_BODIES = frozenset(("body", "bodies", "corpse", "corpses", "injury", "injuries"))
_HARMS = frozenset(("killed", "wounded", "abducted", "arrested", "released", "captured"))


def _full_name(scene: Scene, at: int, end: int) -> int:
    """The end of a person's name whose words the parse holds together ("alberto celis sanchez"): `at` where there is none.

    In a text without capitals the tags know few names, but what befalls somebody tells where the name ends.
    """
    tokens = scene.reading.tokens
    head = at
    while tokens[head].dep in _INSIDE and head < tokens[head].head < min(end, at + 6):
        head = tokens[head].head
    words = tokens[at : head + 1]
    if head == at or not _struck(scene, head, _HARMS) or any(t.pos not in _NAME_TAGS for t in words):
        return at
    people = [t for t in words if t.fold in scene.people]
    plural = bool(people) and _looks_plural(people[-1], scene.reading.language)
    return at if plural or any(scene.strong(t.i) for t in words) else head + 1


_INSIDE = frozenset(("compound", "flat", "flat:name", "amod", "nmod"))
_NAME_TAGS = frozenset(("PROPN", "NOUN", "ADJ", "X"))


def _participle(scene: Scene, at: int) -> bool:
    return any(t.form == "participle" and t.frame != "weak" for t in scene.triggers.get(at, ()))


def _last_noun(scene: Scene, at: int, end: int) -> int:
    """The last of people nouns that stand side by side: "jeune homme"."""
    while at + 1 < end and _is_people(scene, at + 1) and scene.reading.tokens[at + 1].pos == "NOUN":
        if scene.strong(at + 1):
            break
        at += 1
    return at


def _followed_by_outcome(scene: Scene, at: int) -> bool:
    """Whether a people noun that is itself an outcome word ("otages") stands before another one within its clause."""
    tokens = scene.reading.tokens
    verb = False
    for i in range(at + 1, min(len(tokens), at + 8)):
        if tokens[i].sentence != tokens[at].sentence or tokens[i].text in ",.;:" or tokens[i].pos == "CCONJ":
            return False
        if any(t.frame in ("harms", "suffers") for t in scene.triggers.get(i, ())):
            return verb or not scene.strong(at)
        verb = verb or tokens[i].pos == "AUX"
    return False


def _is_people(scene: Scene, at: int) -> bool:
    token = scene.reading.tokens[at]
    if token.fold in scene.things and token.fold not in scene.people:
        return False
    if token.pos == "ADJ" and at > 0 and scene.reading.tokens[at - 1].fold in scene.things:
        return False  # "un drone malien"
    party = scene.parties.get(at)
    if party is not None and party.head == at and (token.pos in ("NOUN", "PROPN", "ADJ") or _demonym(scene, at)):
        return True
    tokens = scene.reading.tokens
    if at + 1 < len(tokens) and _compound(scene, at + 1):
        return True
    return token.fold in scene.people or token.fold.removesuffix("(s)") in scene.people


_ONE_OF = frozenset(("un", "une", "a", "la", "le"))
_ORDINALS = {
    word: n
    for n, words in enumerate(
        (
            "deuxieme second seconde", "troisieme third", "quatrieme fourth", "cinquieme fifth", "sixieme sixth",
            "septieme seventh", "huitieme eighth", "neuvieme ninth", "dixieme tenth", "onzieme eleventh",
            "douzieme twelfth", "treizieme thirteenth", "quatorzieme fourteenth", "quinzieme fifteenth",
        ),
        start=2,
    )
    for word in words.split()
}  # fmt: skip


def _nth(scene: Scene, at: int, end: int) -> Group | None:
    """ "Une cinquième victime": the last of five."""
    tokens, noun = scene.reading.tokens, at + 2
    n = _ORDINALS.get(tokens[at + 1].fold) if noun < end and tokens[at].lower in _ONE_OF else None
    if n is None or not _is_people(scene, noun) or (scene.strong(noun) and not _followed_by_outcome(scene, noun)):
        return None
    total = replace(_one(tokens[at]), low=n, best=n, high=n, ordinal=True)
    core = _past_adjectives(scene, noun + 1, end)
    return _make(scene, at, core, _past_complement(scene, core, end), noun, total, "people", counted=True)


def _definite(scene: Scene, at: int, end: int) -> Group | None:
    """ "Le maire de X", "son chauffeur", "les quatre otages" (then the quantity makes the group)."""
    tokens = scene.reading.tokens
    if at + 1 < end and tokens[at + 1].fold == "mort" and tokens[at].lower != "le":
        return None  # "la mort"
    if (nth := _nth(scene, at, end)) is not None:
        return nth
    if at + 2 < end and tokens[at + 1].lower in ("autre", "other") and tokens[at + 2].pos not in ("NOUN", "ADJ"):
        return _make(scene, at, at + 2, at + 2, at + 1, _one(tokens[at]), "bare", counted=True, other=True)
    for i in range(at + 1, min(end, at + 5)):
        token = tokens[i]
        if i in scene.quantities and token.lower not in DEFINITE:
            return None
        if token.lower in _SHORT or (token.text == "." and tokens[i - 1].lower in _SHORT):
            continue
        if _is_people(scene, i) and (not scene.strong(i) or _followed_by_outcome(scene, i)):
            i = _last_noun(scene, i, end)  # noqa: PLW2901
            core = _past_name(scene, i, end)
            quantity = _definite_quantity(scene, at, i, core)
            return _make(
                scene, at, core, _past_complement(scene, core, end), i, quantity, "people", counted=False
            )  # fmt: skip
        if token.pos not in ("ADJ", "NOUN", "PROPN") or scene.strong(i):
            return None
        if _struck(scene, i):
            quantity = _definite_quantity(scene, at, i, i + 1)
            last = _past_complement(scene, i + 1, end)
            return _make(scene, at, i + 1, last, i, quantity, "people", counted=False)
    return None


_SHORT = frozenset(("u.s", "u.n", "u.s.", "u.n.", "u.k."))  # in lower case the tokenizer cuts their last point off


def _definite_quantity(scene: Scene, at: int, head: int, core: int) -> Quantity:
    """ "Le maire" is one, "les otages" two or more, "la population" any number."""
    token, article = scene.reading.tokens[head], scene.reading.tokens[at]
    if token.lower in COLLECTIVES:
        return _some(scene.reading, at, core)
    plural = article.lower in PLURAL_DEFINITE or _looks_plural(token, scene.reading.language)
    return replace(_some(scene.reading, at, core), low=2) if plural else _one(article)


def _undetermined(scene: Scene, at: int, end: int) -> Group | None:
    """A people noun without article: "policiers tués" in a headline, "civilians", "Mme X"."""
    token = scene.reading.tokens[at]
    if token.fold == "mort" or (scene.strong(at) and not _followed_by_outcome(scene, at)):
        return None
    at = _last_noun(scene, first := at, end)
    named = _full_name(scene, first, end) if scene.reading.lower_cased else first
    core = max(_past_adjectives(scene, at + 1, end), named)
    token = scene.reading.tokens[at]
    if named > at + 1 or not _looks_plural(token, scene.reading.language):
        last = _past_complement(scene, core, end)
        group = _make(scene, first, core, last, at, _one(token), "people", counted=False)
        before = [t.lower for t in scene.reading.tokens[max(0, first - 2) : first]]
        return replace(group, apposed="," in before)
    quantity = Quantity(Span(token.start, token.end), "some", 2, None, None)
    return _make(scene, first, core, _past_complement(scene, core, end), at, quantity, "people", counted=False)


def _named(scene: Scene, at: int, end: int) -> Group | None:
    tokens = scene.reading.tokens
    party = scene.parties.get(at)
    if party is not None and party.actor_id is not None:
        return None  # "ISIL's captured drones": an organisation is nobody who is captured
    last = at
    while last < end and (tokens[last].pos == "PROPN" or tokens[last].lower in ("el", "al", "bin", "ben", "-", "de")):
        last += 1
    while last > at and tokens[last - 1].pos != "PROPN":
        last -= 1
    if scene.reading.lower_cased:
        last = max(last, _full_name(scene, at, end))
    return _make(scene, at, last, last, at, _one(tokens[at]), "name", counted=False)


def _looks_plural(token: Token, language: str) -> bool:
    if token.has("Number=Plur"):
        return True
    irregular = ("men", "children", "people", "persons", "troops", "police")
    return token.lower.endswith(("s", "x")) if language == "fr" else token.lower.endswith(("s", *irregular))


def _one(token: Token) -> Quantity:
    return Quantity(Span(token.start, token.end), "number", 1, 1, 1)


def _some(reading: Reading, first: int, last: int) -> Quantity:
    return Quantity(reading.span(first, last), "some", None, None, None)


def _past_adjectives(scene: Scene, at: int, end: int) -> int:
    tokens = scene.reading.tokens
    while at < end and not scene.strong(at) and at not in scene.quantities and (
        tokens[at].pos in ("ADJ", "PROPN") or tokens[at].lower in OTHER or _quoted(tokens, at) or _compound(scene, at)
    ):  # fmt: skip
        at += 1
    return at


def _compound(scene: Scene, at: int) -> bool:
    """Whether a word ends a people noun of two words: "casque bleu"."""
    return at > 0 and bool(scene.people.get(_pair(scene.reading.tokens, at)))


def _pair(tokens: Sequence[Token], at: int) -> str:
    return f"{tokens[at - 1].fold.removesuffix('s')} {tokens[at].fold.removesuffix('s')}"


def _past_name(scene: Scene, at: int, end: int) -> int:
    """The end of a noun with the adjectives or the name behind it: "mayor ana ruiz"."""
    core = _past_adjectives(scene, at + 1, end)
    return max(core, _full_name(scene, at, end)) if scene.reading.lower_cased else core


def _quoted(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text == '"' and at > 1 and tokens[at - 2].text == '"'


def _past_complement(scene: Scene, at: int, end: int) -> int:
    """Past "de l'armée malienne", "from the army", "en patrouille": the end of what belongs to the noun."""
    tokens = scene.reading.tokens
    while at < end and tokens[at].lower in OF and not (at in scene.quantities and _is_article(scene, at, at + 1)):
        last = at + 1
        while last < end and not scene.strong(last) and last not in scene.quantities and (
            tokens[last].pos in ("NOUN", "PROPN", "ADJ") or (last < at + 3 and tokens[last].pos == "DET")
        ):  # fmt: skip
            last += 1
        if last == at + 1:
            return at
        at = last
    return at


def _make(
    scene: Scene, first: int, core: int, last: int, head: int, quantity: Quantity, sort: Sort, *,
    counted: bool, other: bool = False, among: bool = False,
) -> Group:  # fmt: skip
    before = scene.token(first - 1)
    while before is not None and before.lower in DEFINITE and before.i > 0 and counted:
        before = scene.token(before.i - 1)  # "des": "les 12 soldats" stands after what precedes "les"
    prep = (
        before is not None and before.lower in PREPOSITIONS and before.sentence == scene.reading.tokens[first].sentence
    )
    victims = victims_type(scene, first, last, head)
    doers = scene.reading.tokens[head].fold in scene.doers
    kin = other or scene.reading.tokens[first].lower in _OWN
    return Group(
        first, core, max(core, last), head, quantity, victims, sort, counted, other, among, prep, doers=doers, kin=kin
    )  # fmt: skip


_OWN = frozenset("his her their son sa ses leur leurs".split())


_ARMS = frozenset(
    "armed arme armes armee armees masked masque masques hooded cagoule cagoules encagoule encagoules heavily "
    "lourdement gunmen gunman uniformed motorcycles motos moto".split()
)
_UNIFORM = frozenset(("uniforme", "uniform", "uniformed"))


def victims_type(scene: Scene, first: int, last: int, head: int) -> Victims:
    """The type that the head says, or else the first typed word after it; "unknown" where none does."""
    party = scene.parties.get(head)
    tokens = scene.reading.tokens
    words = {token.fold for token in tokens[first : last + 2]}
    if party is not None and party.type == "unidentified" and words & _UNIFORM:
        return "state_forces"
    plain = scene.people.get(tokens[head].fold) == "" and party is not None
    anyone = plain and party is not None and party.type in ("civilians", "crowd")
    # "The body of an unidentified man": that nobody knows him makes him no gunman.
    anyone = anyone or (plain and party is not None and party.type == "unidentified" and not words & _ARMS)
    if party is not None and not anyone and not (party.type == "unidentified" and party.generic):
        return party.type
    if head + 1 < len(tokens) and _compound(scene, head + 1):
        return cast(PartyType, scene.people[_pair(tokens, head + 1)])
    for i in (head, *range(first, last)):
        kind = scene.people.get(tokens[i].fold, "")
        if kind:
            return cast(PartyType, kind)
        other = scene.parties.get(i)
        if other is not None and i != head and not (anyone and other is party):
            return other.type
    return "unknown"
