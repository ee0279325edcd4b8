"""Roles: which people an outcome word speaks of, by the word order of French and English and the parse's help."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from concordant.coding.counting import act, counts, further_side, loses, number_of, weak
from concordant.coding.grammar import ALONG, BE, HAVE, MANY_VERB, ONE_VERB, RELATIVE
from concordant.coding.groups import Group
from concordant.coding.mentions import Outcome
from concordant.coding.outcomes import Trigger
from concordant.coding.stage import Draft, Stage, alike, bracketed, joined, listed, voice, with_next, with_previous
from concordant.reading import Reading, Span


def draft_tolls(stage: Stage) -> list[Draft]:
    """A draft for each outcome word that speaks of people, in order."""
    drafts: list[Draft] = []
    for at in sorted(stage.triggers):
        strong = [trigger for trigger in _ranked(stage.triggers[at]) if trigger.frame != "weak"]
        if drafts and drafts[-1].both and at <= drafts[-1].trigger.last + 1:
            continue
        draft = next((d for trigger in strong if (d := _draft(stage, trigger, drafts)) and _fits(d, stage.reading)), None)
        if draft and draft.groups and not draft.groups[0].counted:
            draft = number_of(stage, draft.trigger, draft.groups[0]) or draft
        if draft and draft.both and drafts and drafts[-1].groups == draft.groups:
            drafts.pop()  # "ont été tués ou blessés": one number for both
        if draft:
            drafts.extend([*_both_told(draft), *further_side(stage, draft)])
    taken = {at for draft in drafts for g in draft.groups for at in range(g.first, g.last)}
    taken -= {
        at
        for draft in drafts
        if draft.trigger.outcome == "released"
        for g in draft.groups
        for at in range(g.first, g.last)
    }
    taken |= {at for draft in drafts for at in range(draft.trigger.first, draft.trigger.last)}
    rest = [t for at in sorted(stage.triggers) for t in stage.triggers[at] if t.frame == "weak" and at not in taken]
    drafts += [draft for trigger in rest if (draft := weak(stage, trigger))]
    return [*drafts, *_parts(stage, drafts)]


def _untold(group: Group, reading: Reading) -> bool:
    """ "Des passants ont fui": people who run are not displaced where no word says how many they are."""
    article = group.counted and reading.words(group.quantity.span).lower() in ("des", "de", "d'")
    return group.quantity.low == 2 and group.quantity.state == "some" and (article or not group.counted)


def _both_told(draft: Draft) -> list[Draft]:
    """ "Several dead and wounded": where no number is told, some of each."""
    if not draft.both or any(g.quantity.best is not None for g in draft.groups):
        return [draft]
    outcomes: tuple[Outcome, ...] = ("killed", "wounded")
    return [replace(draft, trigger=replace(draft.trigger, outcome=outcome)) for outcome in outcomes]


def _fits(draft: Draft, reading: Reading) -> bool:
    """Whether such people can meet such an outcome in a toll: fighters who flee are not displaced."""
    if draft.trigger.outcome == "displaced":
        return bool(draft.groups) and all(
            g.victims in ("civilians", "unknown", "crowd") and g.quantity.best != 1 and not _untold(g, reading)
            for g in draft.groups
        )
    if draft.trigger.outcome == "casualties":
        return bool(draft.groups) and all(g.counted for g in draft.groups)
    if draft.trigger.frame == "act" or draft.trigger.form == "active" or draft.trigger.outcome != "killed":
        # "Le massacre de Thiaroye", "la libération de Kidal": one capitalised word alone may well be a place.
        return all(g.sort != "name" or g.core - g.first > 1 for g in draft.groups)
    return True


def _ranked(triggers: Sequence[Trigger]) -> list[Trigger]:
    order = ("counts", "act", "loses", "harms", "suffers", "weak")
    return sorted(triggers, key=lambda t: (not t.split, order.index(t.frame)))


def _draft(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    by_frame: dict[str, Callable[[Stage, Trigger, Sequence[Draft]], Draft | None]] = {
        "counts": counts, "act": act, "harms": _harms, "loses": loses, "suffers": _suffers,
    }  # fmt: skip
    return by_frame[trigger.frame](stage, trigger, drafts)


# "Ont tué cinq personnes", "cinq personnes ont été tuées", "cinq personnes tuées".
def _harms(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    how = voice(stage, trigger)
    if _is_noun(stage, trigger):
        return None
    if how == "active":
        return _object(stage, trigger, drafts)
    if how == "passive":
        return _subject(stage, trigger, drafts) or _before_being(stage, trigger)
    if (group := _parsed_object(stage, trigger)) is not None:
        return Draft(trigger, with_next(stage, group))
    if _strikes_a_thing(stage, trigger):
        return None
    left = stage.ending(trigger.first)
    if left is not None and left.sort == "name" and left.prep and stage.reading.tokens[left.first - 1].lower in _WHERE:
        left = None  # "un homme né en Tchétchénie abattu par la police"
    if left is not None and left.sort != "pronoun":
        object_ = stage.starting(trigger.last, 2)
        if not (
            stage.reading.language == "en" and object_ is not None and _english_past(stage, trigger, left, object_)
        ):
            return Draft(trigger, with_previous(stage, left))
    inside = stage.holding(trigger.first)
    if inside is not None and inside.sort == "people" and inside.first < trigger.first < inside.head:
        return Draft(trigger, (inside,))
    return (
        _bare_object(stage, trigger, drafts)
        or _shared(stage, trigger, drafts)
        or _conjoined(stage, trigger)
        or _attribute(stage, trigger)
    )


_WHERE = frozenset("à au aux en dans in at near from vers sur".split())
_NAMING = frozenset("le la les du des un une aux au ce ces cette de d' son sa ses leurs".split())


def _is_noun(stage: Stage, trigger: Trigger) -> bool:
    """Whether a verb's form is a noun here: "un massacre imputé à des chasseurs", "the kidnapping"."""
    tokens = stage.reading.tokens
    token = tokens[trigger.first]
    before = tokens[trigger.first - 1] if trigger.first else None
    alone = before is None or before.sentence != token.sentence or before.pos in ("DET", "ADP", "ADJ", "NUM")
    if trigger.form == "participle":  # "la compagne du détenu", "les déplacés"
        named = trigger.outcome in ("arrested", "displaced", "released", "captured") and token.pos in ("NOUN", "ADJ")
        return named and before is not None and before.lower in _NAMING
    return trigger.form == "active" and token.pos == "NOUN" and trigger.last == trigger.first + 1 and alone


def _english_past(stage: Stage, trigger: Trigger, left: Group, right: Group) -> bool:
    """ "Gunmen killed five soldiers": people stand on both sides, and the right ones are no "by" phrase."""
    return right.first <= trigger.last + 1 and right.sort != "pronoun" and not right.prep


def _object(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    group = stage.starting(trigger.last, 7)
    if group is not None and group.sort != "pronoun" and not (group.sort == "name" and group.first > trigger.last):
        return Draft(trigger, with_next(stage, group))
    return _shared_object(stage, trigger) or _object_pronoun(stage, trigger)


def _object_pronoun(stage: Stage, trigger: Trigger) -> Draft | None:
    """ "L'ont tué", "l'abat": one person, named before; one whom forces of order kill has done something."""
    tokens = stage.reading.tokens
    for i in range(max(0, trigger.first - 3), trigger.first):
        if tokens[i].lower == "l'" and (tokens[i + 1].lower in HAVE or i + 1 == trigger.first):
            by = _parsed_subject(stage, trigger) or _nearest_subject(stage, trigger, frozenset())
            answer = by is not None and by.victims in _UNIFORMED
            more = (Span(tokens[i].start, tokens[i].end),)
            return Draft(trigger, (), victims="unidentified" if answer else None, more=more, doers=answer)
    return None


_UNIFORMED = ("state_forces", "foreign_forces", "peacekeepers")


def _before_being(stage: Stage, trigger: Trigger) -> Draft | None:
    """ "Il a tué trois personnes avant d'être abattu": one person, who did what is told before."""
    tokens = stage.reading.tokens
    words = tuple(t.lower for t in tokens[max(0, trigger.first - 3) : trigger.first])
    one = stage.reading.language == "en" or not tokens[trigger.first].lower.endswith("s")
    if one and (words[-3:] == ("avant", "d'", "être") or words[-2:] == ("before", "being")):
        return Draft(trigger, (), victims="unidentified", doers=True)
    return None


def _parsed_object(stage: Stage, trigger: Trigger) -> Group | None:
    """ "Gunmen on motorcycles today killed ana ruiz": the people whom the parse makes the object of an English past."""
    reading = stage.reading
    if reading.language != "en" or not reading.tokens[trigger.first].has("VerbForm=Fin"):
        return None
    group = stage.starting(trigger.last, 3)
    if group is None or group.prep or group.sort == "pronoun":
        return None
    objects = [i for i in reading.children(trigger.first) if reading.tokens[i].dep in ("dobj", "obj")]
    return group if any(group.first <= i < group.last for i in objects) else None


def _strikes_a_thing(stage: Stage, trigger: Trigger) -> bool:
    """ "Lawmakers killed the bill": an English past whose object, with its article, is nobody."""
    reading = stage.reading
    if reading.language != "en" or not reading.tokens[trigger.first].has("VerbForm=Fin"):
        return False
    nouns = [reading.tokens[i] for i in reading.children(trigger.first) if reading.tokens[i].dep == "dobj"]
    return any(
        noun.pos == "NOUN" and stage.holding(noun.i) is None and trigger.last < noun.i < trigger.last + 4
        and reading.tokens[trigger.last].lower in ("the", "a", "an", "its", "their")
        for noun in nouns
    )  # fmt: skip


def _conjoined(stage: Stage, trigger: Trigger) -> Draft | None:
    """ "He was ambushed and shot dead": the subject of the passive verb that another joins."""
    tokens = stage.reading.tokens
    first = tokens[trigger.first]
    if first.dep != "conj" or tokens[trigger.first - 1].lower not in ("and", "then", "or", "et", "puis", "ou", ","):
        return None
    verb = tokens[first.head]
    for child in stage.reading.children(verb.i):
        if tokens[child].dep in ("nsubjpass", "nsubj:pass") and child < verb.i < trigger.first:
            group = stage.holding(child)
            return Draft(trigger, with_previous(stage, group)) if group is not None else None
    return None


def _shared_object(stage: Stage, trigger: Trigger) -> Draft | None:
    """ "Tuant et blessant deux passagers": the next verb's people."""
    tokens = stage.reading.tokens
    if trigger.last + 1 < len(tokens) and tokens[trigger.last].lower in ("et", "ou", "and", "or"):
        group = stage.starting(trigger.last + 2, 5)
        if trigger.last + 1 in stage.triggers and group is not None and group.sort != "pronoun":
            groups = with_next(stage, group)
            return _both(trigger, stage.triggers[trigger.last + 1][0], groups) or Draft(trigger, groups)
    return None


def _both(first: Trigger, second: Trigger, groups: tuple[Group, ...]) -> Draft | None:
    """ "Ont tué ou blessé 400 soldats": a number for the killed and the wounded together."""
    told = {first.outcome, second.outcome}
    size = groups[0].quantity.best if groups and groups[0].counted else None
    if told != {"killed", "wounded"} or size is None or size < 3:
        return None
    return Draft(replace(first, outcome="casualties", last=max(first.last, second.last)), groups, both=True)


def _bare_object(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    """ "(Ont égorgé 18 personnes,) blessé deux autres et enlevé dix femmes"."""
    group = stage.starting(trigger.last, 3)
    between = stage.reading.tokens[trigger.last : group.first] if group is not None else ()
    if group is None or group.prep or group.sort in ("pronoun", "name"):
        return None
    if any(t.pos in ("CCONJ", "PUNCT") and t.text != '"' for t in between):
        return None
    return Draft(trigger, with_next(stage, group))


def _shared(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    """ "Ont été enlevés puis tués": the people of the outcome word just before."""
    if not drafts or stage.reading.tokens[trigger.first - 1].lower not in (
        "et",
        "puis",
        "ou",
        "and",
        "then",
        "or",
        ",",
    ):
        return None
    last = drafts[-1]
    near = 0 < trigger.first - last.trigger.last <= 3
    if not (near and last.groups and last.trigger.frame in ("harms", "suffers")):
        return None
    joint = stage.reading.tokens[trigger.first - 1].lower in ("et", "ou", "and", "or")
    return (_both(last.trigger, trigger, last.groups) if joint else None) or Draft(trigger, last.groups)


def _attribute(stage: Stage, trigger: Trigger) -> Draft | None:
    """ "Le préfet Paul Durand, tué en mai": the people a few words before, whom the parse or a comma binds to it."""
    tokens = stage.reading.tokens
    head = tokens[trigger.first].head
    bound = stage.holding(head) if tokens[trigger.first].dep in ("acl", "amod", "appos", "nmod") else None
    near = [g for g in stage.before(trigger.first) if trigger.first - g.last <= 6 and g.sort in ("people", "bare")]
    between = bound or next(
        (
            g
            for g in near
            if _agrees(stage, trigger, g) and not any(t.pos in ("VERB", "AUX") for t in tokens[g.last : trigger.first])
        ),
        None,
    )
    if between is None or between.core > trigger.first or between.sort == "pronoun":
        return None
    return Draft(trigger, with_previous(stage, between))


def _suffers(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    tokens = stage.reading.tokens
    left = stage.ending(trigger.first)
    if trigger.outcome == "released" and _escapes_harm(stage, trigger):
        return None
    if trigger.form == "active" or voice(stage, trigger) in ("passive", "active"):
        return _subject(stage, trigger, drafts)
    if left is not None:
        return Draft(trigger, with_previous(stage, left))
    if tokens[trigger.first].lower in ("dead", "missing", "mort", "morts"):
        return _subject(stage, trigger, drafts) if tokens[trigger.first - 1].lower in BE else None
    if stage.reading.language == "en":
        return _subject(stage, trigger, drafts)
    return _attribute(stage, trigger)


def _escapes_harm(stage: Stage, trigger: Trigger) -> bool:
    """ "The mayor escaped an attack", "escaped unhurt": who escapes something was nobody's prisoner."""
    children = [stage.reading.tokens[i] for i in stage.reading.children(trigger.first)]
    return any(t.dep in ("dobj", "obj", "acomp", "oprd") for t in children)


def _subject(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    """The people before a verb: the parse's subject, else the nearest that no preposition governs."""
    objects = {g.first for d in drafts[-3:] if d.trigger.first < d.first for g in d.groups}
    group = _antecedent(stage, trigger) or _parsed_subject(stage, trigger) or _nearest_subject(stage, trigger, objects)
    if group is None:
        return None
    group = _named_before(stage, group, trigger)
    doer = [
        d
        for d in drafts
        if d.groups and group.last <= d.trigger.first < d.groups[0].first and d.trigger.frame == "harms"
    ]
    if doer and stage.reading.tokens[doer[-1].trigger.first].sentence == stage.reading.tokens[group.first].sentence:
        # "Un homme a tué deux femmes avant d'être abattu": who did it is none of the victims.
        kind = group.victims if group.victims not in ("unknown", "civilians") else "unidentified"
        return Draft(trigger, (group,), victims=kind, doers=True)
    if _is_denied(stage, trigger) and group.quantity.state != "none":
        return None
    return Draft(trigger, (*_around(stage, group, trigger), *_along_with(stage, trigger)))


def _named_before(stage: Stage, group: Group, trigger: Trigger) -> Group:
    """ "L'assaillant, un homme de 34 ans, a été arrêté": the one whom an apposition describes."""
    at = stage.groups.index(group)
    left = stage.groups[at - 1] if at else None
    tokens = stage.reading.tokens
    if left is None or left.sort != "people" or left.quantity.best != 1 or group.quantity.best != 1:
        return group
    between = [t.text for t in tokens[left.last : group.first]]
    one = _singular(stage, group, trigger)
    closed = any(t.text == "," for t in tokens[group.core : trigger.first])
    return left if between == [","] and one and closed and group.victims in ("unknown", "civilians") else group


def _singular(stage: Stage, group: Group, trigger: Trigger) -> bool:
    """Whether the verb between a group and an outcome word speaks of one ("a été tué")."""
    verbs = stage.reading.tokens[max(group.core, trigger.first - 5) : trigger.first]
    return any(t.lower in ("a", "est", "avait", "fut", "was", "has") for t in verbs)


def _around(stage: Stage, group: Group, trigger: Trigger) -> tuple[Group, ...]:
    """The list that a subject stands in: the parse may have taken its first member for the whole."""
    if group.quantity.best == 1 and _singular(stage, group, trigger):
        return (group,)  # "L'assaillant, un homme de 34 ans, a été arrêté"
    groups = list(with_previous(stage, group))
    for right in stage.groups[stage.groups.index(group) + 1 :]:
        if bracketed(stage.reading, right) and not bracketed(stage.reading, group):
            continue
        if right.core > trigger.first or right.part or not joined(stage.reading, groups[-1], right):
            break
        if not alike(groups[-1], right):
            break
        groups.append(right)
    return listed(stage.reading, groups)


def _along_with(stage: Stage, trigger: Trigger) -> tuple[Group, ...]:
    """ "Dix personnes sont mortes, ainsi que cinq assaillants": those who come after the verb."""
    tokens = stage.reading.tokens
    at = trigger.last + (trigger.last < len(tokens) and tokens[trigger.last].text == ",")
    for words in ALONG:
        if tuple(t.lower for t in tokens[at : at + len(words)]) == words:
            group = stage.starting(at + len(words), 2)
            return with_next(stage, group) if group is not None and group.counted else ()
    return ()


def _agrees(stage: Stage, trigger: Trigger, group: Group) -> bool:
    """Whether a verb can have a group for its subject: "a été secouru" is not said of 86 people."""
    if stage.reading.words(group.quantity.span).lower().startswith(("un", "plus d'un")):
        return True
    tokens = stage.reading.tokens
    verb = next(
        (t.lower for t in reversed(tokens[max(group.core, trigger.first - 5) : trigger.first])
         if t.lower in ONE_VERB | MANY_VERB), None
    )  # fmt: skip
    many = group.quantity.state == "some" or (group.quantity.low or group.quantity.best or 1) > 1
    if verb is None:
        word = tokens[trigger.first].lower
        return stage.reading.language == "en" or trigger.form == "active" or word.endswith("s") or not many
    if many:
        return verb in MANY_VERB
    return verb in ONE_VERB or len(with_previous(stage, group)) > 1


def _is_denied(stage: Stage, trigger: Trigger) -> bool:
    words = {t.lower for t in stage.reading.tokens[max(0, trigger.first - 4) : trigger.first]}
    return bool({"n'", "ne"} & words and {"pas", "jamais", "point"} & words) or "not" in words or "n't" in words


def _parsed_subject(stage: Stage, trigger: Trigger) -> Group | None:
    tokens = stage.reading.tokens
    for at in range(trigger.first, trigger.last):
        for child in stage.reading.children(at):
            if tokens[child].dep.startswith("nsubj") and child < trigger.first:
                group = stage.holding(child)
                if group is not None and group.sort != "thing" and tokens[child].lower not in RELATIVE:
                    if group.sort == "name" and tokens[group.last].text in _DASHES:
                        return None  # a dateline
                    return _unparted(stage, group)
    return None


_DASHES = frozenset(("-", "--", "–", "—", ":"))


def _unparted(stage: Stage, group: Group) -> Group:
    """The whole that a "dont" part stands in, where the parse took the part for the subject."""
    while group.part:
        before = [g for g in stage.before(group.first) if not g.part]
        if not before:
            return group
        group = before[0]
    return group


def _nearest_subject(stage: Stage, trigger: Trigger, objects: Set[int]) -> Group | None:
    tokens = stage.reading.tokens
    candidates = [
        g for g in stage.before(trigger.first)
        if not g.part and g.sort != "name" and (g.sort != "pronoun" or trigger.first - g.last <= 4)
    ]  # fmt: skip
    for group in candidates:
        if not _agrees(stage, trigger, group) or group.first in objects or _without(stage, group):
            continue
        if tokens[min(group.last, len(tokens) - 1)].lower in RELATIVE or not group.prep:
            return group
    named = [
        g for g in stage.before(trigger.first)
        if g.sort == "name" and not g.prep and tokens[g.last].text not in _DASHES
    ]  # fmt: skip
    return named[0] if named and trigger.first - named[0].last <= 4 else None


def _without(stage: Stage, group: Group) -> bool:
    """ "Sans faire de blessés": such people are nobody's subject."""
    return group.quantity.state == "none" and stage.reading.words(group.quantity.span).lower().startswith(("sans", "ni"))


def _antecedent(stage: Stage, trigger: Trigger) -> Group | None:
    """ "(À la famille de) Jean Dupont, qui a été tué": the people before "qui", whatever governs them."""
    tokens = stage.reading.tokens
    for at in range(trigger.first - 1, max(0, trigger.first - 7), -1):
        if tokens[at].lower in RELATIVE:
            near = [g for g in stage.before(at) if at - g.last <= 2 and g.sort != "pronoun"]
            return _unparted(stage, near[0]) if near else None
        if tokens[at].pos in ("NOUN", "PROPN", "VERB") or tokens[at].text in ".;:":
            return None
    return None


def _parts(stage: Stage, drafts: Sequence[Draft]) -> list[Draft]:
    """ "12 morts, dont 11 soldats et un gendarme": drafts for the parts that no outcome word of their own takes."""
    taken = {group.first for draft in drafts for group in draft.groups}
    found: list[Draft] = []
    for group in stage.groups:
        if not group.part or group.first in taken or group.sort == "pronoun":
            continue
        whole = _whole_of(stage, drafts, group)
        if whole is not None and (group.counted or group.sort == "people"):
            found.append(Draft(whole.trigger, (group,), part=True))
    return found


def _whole_of(stage: Stage, drafts: Sequence[Draft], part: Group) -> Draft | None:
    """The draft that a part belongs to: its people or its outcome word end a few tokens before."""
    near = [
        draft for draft in drafts
        for end in (draft.trigger.last, *(g.last for g in draft.groups), *(g.core for g in draft.groups))
        if 0 <= part.first - end <= 14 and draft.groups and draft.groups[0].first < part.first
        and stage.reading.tokens[end - 1].sentence == stage.reading.tokens[part.first].sentence
    ]  # fmt: skip
    return max(near, key=lambda d: d.groups[0].first) if near else None
