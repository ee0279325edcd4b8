"""Counting nouns and acts: "15 morts", "le nombre de blessés", "la mort de trois soldats", "quatre otages"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from concordant.coding.grammar import SIDES
from concordant.coding.groups import Group
from concordant.coding.mentions import Quantity
from concordant.coding.outcomes import Trigger
from concordant.coding.stage import Draft, Stage, voice, with_next
from concordant.reading import Reading, Span, Token


# "15 morts", "deux autres blessés", "le nombre de morts s'élève à 15".
def counts(stage: Stage, trigger: Trigger, _: Sequence[Draft]) -> Draft | None:
    group = stage.ending(trigger.first)
    if group is not None and group.sort == "bare" and _only_article(stage, trigger, group):
        group = None
    if group is not None and group.sort == "people" and stage.reading.tokens[trigger.first].pos == "VERB":
        return None  # "a group of men killed two farmers": a verb, whose people its own frame finds
    if group is not None and (group.sort == "bare" or (stage.reading.language == "en" and group.counted)):
        return _counted(stage, trigger, group)
    people = group if group is not None and group.sort == "people" and not group.counted else None
    return number_of(stage, trigger, people)


def _only_article(stage: Stage, trigger: Trigger, group: Group) -> bool:
    """ "A toll of three": the article of a noun that is no person counts nobody."""
    tokens = stage.reading.tokens
    return tokens[trigger.last - 1].lower in ("toll", "lives") and tokens[group.core - 1].lower in ("a", "an", "the")


def _counted(stage: Stage, trigger: Trigger, group: Group) -> Draft:
    both = _both(stage, trigger)
    side = _side(stage, trigger.last) or _those(stage, trigger.last + 2 * both) or next(
        (g for g in stage.groups if g is not group and group.core <= g.first and g.core <= trigger.first), None
    )
    quantity = _negated(stage.reading, group)
    victims = side.victims if side and side.victims != "unknown" else None
    if both:
        return Draft(
            replace(trigger, outcome="casualties", last=trigger.last + 2), (group,), quantity, victims, both=True
        )
    return Draft(trigger, (group,), quantity, victims)


def _those(stage: Stage, at: int) -> Group | None:
    """ "One dead soldier", "several wounded civilians": the people right behind a count."""
    group = stage.starting(at, 1) if stage.reading.language == "en" else None
    return group if group is not None and group.sort == "people" and not group.counted and group.first == at else None


def _both(stage: Stage, trigger: Trigger) -> bool:
    """ "Plus de cent morts et blessés": the number counts both together."""
    tokens = stage.reading.tokens
    if trigger.last + 1 >= len(tokens) or tokens[trigger.last].lower not in ("et", "ou", "and", "or"):
        return False
    following = stage.triggers.get(trigger.last + 1, ())
    return any(t.frame == "counts" and t.outcome != trigger.outcome for t in following)


def further_side(stage: Stage, draft: Draft) -> list[Draft]:
    """ "209 blessés civils et 194 parmi les policiers": the second number counts what the first did."""
    last = draft.trigger.last
    group = next((g for g in stage.groups if last < g.first <= last + 3 and g.counted and g.sort == "bare"), None)
    if draft.trigger.frame != "counts" or group is None:
        return []
    side = _side(stage, group.core)
    return [Draft(draft.trigger, (group,), victims=side.victims, more=(_words(stage, group),))] if side else []


def _words(stage: Stage, group: Group) -> Span:
    return stage.reading.span(group.first, group.core)


def _negated(reading: Reading, group: Group) -> Quantity | None:
    """ "N'a pas fait de victimes", "sans faire de blessés": none."""
    words = reading.words(group.quantity.span).lower()
    before = [t.lower for t in reading.tokens[max(0, group.first - 7) : group.first]]
    if words == "any":
        denied = bool(_DENIALS & set(before))
        return replace(group.quantity, state="none", low=0, best=0, high=0) if denied else None
    before = before[-5:]
    if words not in ("de", "d'", "des"):
        return None
    if {"pas", "sans", "jamais", "ni", "point"} & set(before) and "," not in before[-3:]:
        return replace(group.quantity, state="none", low=0, best=0, high=0)
    return None


_DENIALS = frozenset(("not", "n't", "no", "without", "never", "nor", "neither", "nobody", "hardly", "failed", "denied"))


def _side(stage: Stage, at: int) -> Group | None:
    """The people named after "parmi", "dans les rangs de", "côté", "among" right after a count."""
    tokens = stage.reading.tokens
    for words in SIDES:
        if tuple(t.lower for t in tokens[at : at + len(words)]) == words:
            own = stage.holding(at)
            return own or stage.starting(at + len(words), 4)
    return None


def number_of(stage: Stage, trigger: Trigger, people: Group | None = None) -> Draft | None:
    """ "Le nombre de morts passe à 15", "portant à six le nombre de morts", "the number of dead rose to 17"."""
    tokens = stage.reading.tokens
    first = people.first if people else trigger.first
    words = [t.lower for t in tokens[max(0, first - 4) : first]]
    if people and "nombre" not in words and "number" not in words:
        return None
    if not {"nombre", "number", "toll", "bilan"} & {*words, tokens[trigger.last - 1].lower}:
        return None
    sentence = stage.reading.sentences[tokens[trigger.first].sentence]
    near = [
        g for g in stage.groups
        if g.counted and g.sort == "bare" and sentence.first <= g.first < sentence.last
        and -12 <= g.first - trigger.last <= 20 and tokens[g.first - 1].lower in ("à", "to", "at", "de", "est", "is", "was")
    ]  # fmt: skip
    if not near:
        return None
    group = min(near, key=lambda g: abs(g.first - trigger.first))
    return Draft(trigger, (group,), victims=people.victims if people else None)


# "La mort de trois soldats", "l'arrestation du maire", "huit arrestations", "sa libération".
def act(stage: Stage, trigger: Trigger, _: Sequence[Draft]) -> Draft | None:
    tokens = stage.reading.tokens
    before = stage.ending(trigger.first)
    after = tokens[trigger.last] if trigger.last < len(tokens) else None
    if after is not None and (
        after.lower in ("de", "d'", "du", "des", "à", "au", "aux", "of", "to") or _ends_in_of(stage, trigger)
    ):
        group = stage.starting(trigger.last, 4)
        if (
            group is not None
            and group.sort != "pronoun"
            and (group.sort != "thing" or group.counted)
            and (group.sort == "people" or group.counted or after.lower in ("de", "d'", "du", "of"))
        ):
            groups = with_next(stage, _article_of(stage, group, after))
            return Draft(trigger, groups)
    if before is not None and before.sort == "bare" and not before.other and before.quantity.state == "number":
        article = tokens[before.core - 1].lower in ("un", "une", "a", "an", "one", "another")
        return None if article else Draft(trigger, (before,))  # "un massacre", "une arrestation": acts, not people
    if (group := _distant_complement(stage, trigger)) is not None:
        return Draft(trigger, with_next(stage, group))
    owner = tokens[trigger.first - 1] if trigger.first else None
    if owner is not None and owner.lower in ("sa", "son", "his", "her"):
        return Draft(trigger, (), more=(Span(owner.start, owner.end),))
    while owner is not None and owner.i and owner.pos == "ADJ":
        owner = tokens[owner.i - 1]  # "the priests' brutal murder"
    if owner is not None and owner.lower in ("'s", "'", "’s", "’") and (group := stage.ending(owner.i)):
        named = group.sort == "name" and group.core - group.first > 1
        told = group.counted or group.quantity.best == 1 or trigger.outcome == "killed"
        return Draft(trigger, (group,)) if (group.sort == "people" and told) or named else None
    return None


def _distant_complement(stage: Stage, trigger: Trigger) -> Group | None:
    """ "L'arrestation lundi à Bamako de huit soldats": counted people behind a later "de"."""
    tokens = stage.reading.tokens
    for at in range(trigger.last, min(len(tokens), trigger.last + 10)):
        if (
            tokens[at].pos == "VERB"
            or tokens[at].text in ",.;:"
            or tokens[at].sentence != tokens[trigger.first].sentence
        ):
            return None
        group = stage.starting(at + 1, 1) if tokens[at].lower in ("de", "d'", "du", "of") else None
        if group is not None and group.sort == "people" and (group.counted or _is_when(tokens[at - 1], trigger)):
            return group
    return None


def _is_when(token: Token, trigger: Trigger) -> bool:
    """Whether a word between an act and its people ends a date or a place: "the murder in june of the mayor"."""
    return token.i > trigger.last and (token.pos in ("PROPN", "NUM") or token.fold in _TIMES)


_TIMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday today yesterday week month year night morning evening janvier fevrier mars avril "
    "mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche "
    "hier semaine mois annee dernier derniere passe passee".split()
)


def _ends_in_of(stage: Stage, trigger: Trigger) -> bool:
    return stage.reading.tokens[trigger.last - 1].lower in ("de", "d'", "du", "des", "à", "au", "aux", "of")


def _article_of(stage: Stage, group: Group, of: Token) -> Group:
    """ "La mort du maire" is one person, "la mort d'habitants" some."""
    if of.lower == "des" and not group.counted:
        return replace(group, quantity=replace(group.quantity, state="some", low=2, best=None, high=None))
    return group


# "Les terroristes ont perdu quinze combattants".
def loses(stage: Stage, trigger: Trigger, _: Sequence[Draft]) -> Draft | None:
    group = stage.starting(trigger.last, 4)
    if group is None or group.sort != "people" or not group.counted or voice(stage, trigger) == "passive":
        return None
    return Draft(trigger, with_next(stage, group))


# "Quatre otages", "160 corps", "35 victimes": people words that say an outcome where nothing else does.
def weak(stage: Stage, trigger: Trigger) -> Draft | None:
    group = stage.ending(trigger.first) or stage.holding(trigger.first)
    if group is None or not group.counted:
        return number_of(stage, trigger)
    if group.quantity.state == "some" and not _negated(stage.reading, group):
        return None
    if group.first < trigger.first and (group.sort == "bare" or group.head == trigger.first):
        return _counted(stage, trigger, group)
    return None
