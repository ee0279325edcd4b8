"""Roles: which people an outcome word speaks of, by the word order of French and English and the parse's help."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace

from concordant.coding.groups import Group, Victims
from concordant.coding.mentions import Quantity
from concordant.coding.outcomes import Trigger
from concordant.reading import Reading, Span, Token


@dataclass(frozen=True, slots=True)
class Draft:
    """An outcome word with its people; `quantity` and `victims` where other words than the people's say them."""

    trigger: Trigger
    groups: tuple[Group, ...]
    quantity: Quantity | None = None
    victims: Victims | None = None
    more: tuple[Span, ...] = ()  # further words that belong to what is said
    part: bool = False  # takes its outcome word from the whole
    both: bool = False  # "morts et blessés": one number for two outcomes

    @property
    def first(self) -> int:
        """Where its people start, its outcome word where there are none."""
        return self.groups[0].first if self.groups else self.trigger.first


# Closed classes of the grammar.
_BE = frozenset("été est sont était étaient sera seront serait seraient fut furent soit soient être étant es suis "
                "was were is are been being be get gets got having".split())  # fmt: skip
_HAVE = frozenset("a ont avait avaient aura auront aurait auraient ayant avoir ai avons eu eut eurent ait aient "
                  "has have had".split())  # fmt: skip
_ADVERBS = frozenset("également aussi tous toutes grièvement mortellement légèrement gravement sérieusement déjà pas "
                     "depuis toujours encore ensuite alors finalement seulement lâchement sauvagement froidement "
                     "then also later all both reportedly subsequently not already seriously critically badly "
                     "either slightly gravely immediately still peu après".split())  # fmt: skip
_JOIN = frozenset([",", "et", "ainsi", "que", "and", "as", "well", "&", "d'", "de", "plus", "/", "of"])
_PART = frozenset("dont including".split())
_AMONG = (("parmi", "lesquels"), ("parmi", "lesquelles"), ("parmi", "eux"), ("among", "them"), ("among", "whom"))
_RELATIVE = frozenset("qui who which that".split())
_POSSESSIVE = frozenset("sa son leur leurs ses his her their its".split())


@dataclass(frozen=True)
class Stage:
    """A reading with its outcome words and groups, and look-ups over them."""

    reading: Reading
    triggers: dict[int, list[Trigger]]
    groups: list[Group]
    _ending: dict[int, Group] = field(default_factory=dict)
    _starting: dict[int, Group] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups[:] = _marked_parts(self.reading, self.groups)
        for group in self.groups:
            self._starting[group.first] = group
            for end in {group.core, group.last}:
                self._ending.setdefault(end, group)

    def start(self, group: Group) -> int:
        return group.quantity.span.start

    def part_at(self, offset: int) -> bool:
        return any(group.part and group.quantity.span.start == offset for group in self.groups)

    def ending(self, at: int) -> Group | None:
        """The group that ends right before token `at`, adverbs and adjectives aside."""
        tokens = self.reading.tokens
        for _ in range(4):
            if at in self._ending:
                return self._ending[at]
            if at <= 0 or tokens[at - 1].pos not in ("ADV", "ADJ", "NOUN", "PROPN") and tokens[at - 1].lower not in _ADVERBS:
                return None
            at -= 1
        return None

    def starting(self, at: int, reach: int) -> Group | None:
        """The first group that starts within `reach` tokens from `at`, with no verb or end of clause before it."""
        tokens = self.reading.tokens
        if at >= len(tokens):
            return None
        for i in range(at, min(len(tokens), at + reach)):
            if i in self._starting:
                group = self._starting[i]
                if group.sort not in ("name", "thing") or i <= at + 2:
                    return group
            token = tokens[i]
            if token.sentence != tokens[at - 1].sentence or token.text in ".;:!?" or token.pos in ("VERB", "SCONJ"):
                return None
        return None

    def before(self, at: int) -> list[Group]:
        """The groups of the sentence that end before token `at`, nearest first."""
        first = self.reading.sentences[self.reading.tokens[at].sentence].first
        return [g for g in reversed(self.groups) if first <= g.first and g.core <= at]

    def holding(self, at: int) -> Group | None:
        return next((g for g in self.groups if g.first <= at < g.last), None)


def _marked_parts(reading: Reading, groups: Sequence[Group]) -> list[Group]:
    """The groups, those after "dont", "including" marked as parts, with those that "et" or a comma joins to them."""
    marked: list[Group] = []
    for group in groups:
        before = reading.tokens[group.first - 1] if group.first else None
        previous = marked[-1] if marked else None
        opens = before is not None and (before.lower in _PART or _among(reading, group.first))
        if before is not None and before.lower in ("les", "le", "la", "l'", "the") and group.first > 1:
            opens = opens or reading.tokens[group.first - 2].lower in _PART
        follows = previous is not None and previous.part and _joined(reading, previous, group)
        marked.append(replace(group, part=bool(opens or follows)))
    return marked


def _among(reading: Reading, at: int) -> bool:
    words = tuple(token.lower for token in reading.tokens[max(0, at - 2) : at])
    return words in _AMONG


def _joined(reading: Reading, left: Group, right: Group) -> bool:
    """Whether nothing but commas and "et" stands between two groups of a sentence."""
    for end in {left.last, left.core}:
        between = reading.tokens[end : right.first]
        if between and len(between) <= 3 and all(token.lower in _JOIN for token in between):
            return between[0].sentence == reading.tokens[right.first].sentence
    return False


def draft_tolls(stage: Stage) -> list[Draft]:
    """A draft for each outcome word that speaks of people, in order."""
    drafts: list[Draft] = []
    for at in sorted(stage.triggers):
        strong = [trigger for trigger in _ranked(stage.triggers[at]) if trigger.frame != "weak"]
        if drafts and drafts[-1].both and at <= drafts[-1].trigger.last + 1:
            continue
        draft = next((d for trigger in strong if (d := _draft(stage, trigger, drafts)) and _fits(d)), None)
        if draft and draft.groups and not draft.groups[0].counted:
            draft = _number_of(stage, draft.trigger, draft.groups[0]) or draft
        if draft:
            drafts.extend([draft, *_further_side(stage, draft)])
    taken = {at for draft in drafts for g in draft.groups for at in range(g.first, g.last)}
    taken -= {at for draft in drafts if draft.trigger.outcome == "released" for g in draft.groups for at in range(g.first, g.last)}
    taken |= {at for draft in drafts for at in range(draft.trigger.first, draft.trigger.last)}
    weak = [t for at in sorted(stage.triggers) for t in stage.triggers[at] if t.frame == "weak" and at not in taken]
    drafts += [draft for trigger in weak if (draft := _weak(stage, trigger))]
    return [*drafts, *_parts(stage, drafts)]


def _fits(draft: Draft) -> bool:
    """Whether such people can meet such an outcome in a toll: fighters who flee are not displaced."""
    if draft.trigger.outcome == "displaced":
        return bool(draft.groups) and all(
            g.victims in ("civilians", "unknown", "crowd") and g.quantity.best != 1 for g in draft.groups
        )
    if draft.trigger.outcome == "casualties":
        return all(g.counted for g in draft.groups)
    if draft.trigger.frame == "act" or draft.trigger.form == "active" or draft.trigger.outcome != "killed":
        # "Le massacre de Thiaroye", "la libération de Kidal": one capitalised word alone may well be a place.
        return all(g.sort != "name" or g.core - g.first > 1 for g in draft.groups)
    return True


def _ranked(triggers: Sequence[Trigger]) -> list[Trigger]:
    order = ("counts", "act", "loses", "harms", "suffers", "weak")
    return sorted(triggers, key=lambda t: order.index(t.frame))


def _draft(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    by_frame: dict[str, Callable[[Stage, Trigger, Sequence[Draft]], Draft | None]] = {
        "counts": _counts, "act": _act, "harms": _harms, "loses": _loses, "suffers": _suffers, 
    }  # fmt: skip
    return by_frame[trigger.frame](stage, trigger, drafts)


# "15 morts", "deux autres blessés", "le nombre de morts s'élève à 15".
def _counts(stage: Stage, trigger: Trigger, _: Sequence[Draft]) -> Draft | None:
    group = stage.ending(trigger.first)
    if group is not None and (group.sort == "bare" or (stage.reading.language == "en" and group.counted)):
        return _counted(stage, trigger, group)
    return _number_of(stage, trigger)


def _counted(stage: Stage, trigger: Trigger, group: Group) -> Draft:
    side = _side(stage, trigger.last) or next(
        (g for g in stage.groups if g is not group and group.core <= g.first and g.core <= trigger.first), None
    )
    quantity = _negated(stage.reading, group)
    victims = side.victims if side and side.victims != "unknown" else None
    if _both(stage, trigger):
        return Draft(replace(trigger, outcome="casualties", last=trigger.last + 2), (group,), quantity, victims, both=True)
    return Draft(trigger, (group,), quantity, victims)


def _both(stage: Stage, trigger: Trigger) -> bool:
    """ "Plus de cent morts et blessés": the number counts both together."""
    tokens = stage.reading.tokens
    if trigger.last + 1 >= len(tokens) or tokens[trigger.last].lower not in ("et", "ou", "and", "or"):
        return False
    following = stage.triggers.get(trigger.last + 1, ())
    return any(t.frame == "counts" and t.outcome != trigger.outcome for t in following)


def _further_side(stage: Stage, draft: Draft) -> list[Draft]:
    """ "209 blessés civils et 194 parmi les policiers": the second number counts what the first did."""
    group = stage.starting(draft.trigger.last, 4) if draft.trigger.frame == "counts" else None
    if group is None or group.sort != "bare" or group.first in stage.triggers:
        return []
    side = _side(stage, group.core)
    return [Draft(draft.trigger, (group,), victims=side.victims, more=(_words(stage, group),))] if side else []


def _words(stage: Stage, group: Group) -> Span:
    return stage.reading.span(group.first, group.core)


def _negated(reading: Reading, group: Group) -> Quantity | None:
    """ "N'a pas fait de victimes", "sans faire de blessés": none."""
    words = reading.words(group.quantity.span).lower()
    if words not in ("de", "d'", "des"):
        return None
    before = [t.lower for t in reading.tokens[max(0, group.first - 5) : group.first]]
    if {"pas", "sans", "jamais", "ni", "point"} & set(before) and "," not in before[-3:]:
        return replace(group.quantity, state="none", low=0, best=0, high=0)
    return None


_SIDES = (("parmi",), ("dans", "les", "rangs"), ("dans", "le", "rang"), ("côté",), ("du", "côté"), ("chez",), ("among",),
          ("civils",), ("civiles",), ("militaires",), ("civilian",), ("au", "sein"))  # fmt: skip


def _side(stage: Stage, at: int) -> Group | None:
    """The people named after "parmi", "dans les rangs de", "côté", "among" right after a count."""
    tokens = stage.reading.tokens
    for words in _SIDES:
        if tuple(t.lower for t in tokens[at : at + len(words)]) == words:
            own = stage.holding(at)
            return own or stage.starting(at + len(words), 4)
    return None


def _number_of(stage: Stage, trigger: Trigger, people: Group | None = None) -> Draft | None:
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
def _act(stage: Stage, trigger: Trigger, _: Sequence[Draft]) -> Draft | None:
    tokens = stage.reading.tokens
    before = stage.ending(trigger.first)
    after = tokens[trigger.last] if trigger.last < len(tokens) else None
    if after is not None and (after.lower in ("de", "d'", "du", "des", "à", "au", "aux", "of", "to") or _ends_in_of(stage, trigger)):
        group = stage.starting(trigger.last, 4)
        if group is not None and group.sort != "pronoun" and (group.sort != "thing" or group.counted) and (
            group.sort == "people" or group.counted or after.lower in ("de", "d'", "du", "of")
        ):
            groups = _with_next(stage, _article_of(stage, group, after))
            return Draft(trigger, groups)
    if before is not None and before.sort == "bare" and not before.other and before.quantity.state == "number":
        return Draft(trigger, (before,))
    if (group := _distant_complement(stage, trigger)) is not None:
        return Draft(trigger, _with_next(stage, group))
    owner = tokens[trigger.first - 1] if trigger.first else None
    if owner is not None and owner.lower in ("sa", "son", "his", "her"):
        return Draft(trigger, (), more=(Span(owner.start, owner.end),))
    if owner is not None and owner.lower in ("'s", "'") and (group := stage.ending(trigger.first - 1)):
        return Draft(trigger, (group,)) if group.quantity.best == 1 and group.sort == "people" else None
    return None


def _distant_complement(stage: Stage, trigger: Trigger) -> Group | None:
    """ "L'arrestation lundi à Bamako de huit soldats": counted people behind a later "de"."""
    tokens = stage.reading.tokens
    for at in range(trigger.last, min(len(tokens), trigger.last + 10)):
        if tokens[at].pos == "VERB" or tokens[at].text in ",.;:" or tokens[at].sentence != tokens[trigger.first].sentence:
            return None
        group = stage.starting(at + 1, 1) if tokens[at].lower in ("de", "d'", "of") else None
        if group is not None and group.counted and group.sort == "people":
            return group
    return None


def _ends_in_of(stage: Stage, trigger: Trigger) -> bool:
    return stage.reading.tokens[trigger.last - 1].lower in ("de", "d'", "du", "des", "à", "au", "aux", "of")


def _article_of(stage: Stage, group: Group, of: Token) -> Group:
    """ "La mort du maire" is one person, "la mort d'habitants" some."""
    if of.lower == "des" and not group.counted:
        return replace(group, quantity=replace(group.quantity, state="some", low=2, best=None, high=None))
    return group


# "Ont tué cinq personnes", "cinq personnes ont été tuées", "cinq personnes tuées".
def _harms(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    voice = _voice(stage, trigger)
    if voice == "active":
        return _object(stage, trigger, drafts)
    if voice == "passive":
        return _subject(stage, trigger, drafts)
    left = stage.ending(trigger.first)
    if left is not None and left.sort != "pronoun":
        object_ = stage.starting(trigger.last, 2)
        if not (stage.reading.language == "en" and object_ is not None and _english_past(stage, trigger, left, object_)):
            return Draft(trigger, _with_previous(stage, left))
    inside = stage.holding(trigger.first)
    if inside is not None and inside.sort == "people" and inside.first < trigger.first < inside.head:
        return Draft(trigger, (inside,))
    return _bare_object(stage, trigger, drafts) or _shared(stage, trigger, drafts) or _attribute(stage, trigger)


def _english_past(stage: Stage, trigger: Trigger, left: Group, right: Group) -> bool:
    """ "Gunmen killed five soldiers": people stand on both sides, and the right ones are no "by" phrase."""
    return right.first <= trigger.last + 1 and right.sort != "pronoun" and not right.prep


def _voice(stage: Stage, trigger: Trigger) -> str:
    if trigger.form == "active":
        return "active"
    tokens = stage.reading.tokens
    at = trigger.first - 1
    while at >= 0 and tokens[at].sentence == tokens[trigger.first].sentence and trigger.first - at <= 5:
        word = tokens[at].lower
        if word in _BE:
            return "passive"
        if word in _HAVE:
            return "active"
        if word not in _ADVERBS and tokens[at].pos != "ADV":
            return "bare"
        at -= 1
    return "bare"


def _object(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    group = stage.starting(trigger.last, 7)
    if group is not None and group.sort != "pronoun" and not (group.sort == "name" and group.first > trigger.last):
        return Draft(trigger, _with_next(stage, group))
    return _shared_object(stage, trigger) or _object_pronoun(stage, trigger)


def _object_pronoun(stage: Stage, trigger: Trigger) -> Draft | None:
    """ "L'ont tué": one person, named before."""
    tokens = stage.reading.tokens
    for i in range(max(0, trigger.first - 3), trigger.first):
        if tokens[i].lower == "l'" and i + 1 < len(tokens) and tokens[i + 1].lower in _HAVE:
            return Draft(trigger, (), more=(Span(tokens[i].start, tokens[i].end),))
    return None


def _shared_object(stage: Stage, trigger: Trigger) -> Draft | None:
    """ "Tuant et blessant deux passagers": the next verb's people."""
    tokens = stage.reading.tokens
    if trigger.last + 1 < len(tokens) and tokens[trigger.last].lower in ("et", "ou", "and", "or"):
        group = stage.starting(trigger.last + 2, 5)
        if trigger.last + 1 in stage.triggers and group is not None and group.sort != "pronoun":
            return Draft(trigger, _with_next(stage, group))
    return None


def _bare_object(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    """ "(Ont égorgé 18 personnes,) blessé deux autres et enlevé dix femmes"."""
    group = stage.starting(trigger.last, 3)
    if group is None or group.prep or group.sort in ("pronoun", "name"):
        return None
    return Draft(trigger, _with_next(stage, group))


def _shared(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    """ "Ont été enlevés puis tués": the people of the outcome word just before."""
    if not drafts or stage.reading.tokens[trigger.first - 1].lower not in ("et", "puis", "ou", "and", "then", "or", ","):
        return None
    last = drafts[-1]
    near = 0 < trigger.first - last.trigger.last <= 3
    return Draft(trigger, last.groups) if near and last.groups and last.trigger.frame in ("harms", "suffers") else None


def _attribute(stage: Stage, trigger: Trigger) -> Draft | None:
    """ "Le préfet Paul Durand, tué en mai": the people a few words before, whom the parse or a comma binds to it."""
    tokens = stage.reading.tokens
    head = tokens[trigger.first].head
    bound = stage.holding(head) if tokens[trigger.first].dep in ("acl", "amod", "appos", "nmod") else None
    near = [g for g in stage.before(trigger.first) if trigger.first - g.last <= 6 and g.sort in ("people", "bare")]
    between = bound or next(
        (g for g in near if _agrees(stage, trigger, g) and not any(t.pos in ("VERB", "AUX") for t in tokens[g.last : trigger.first])), None
    )
    if between is None or between.core > trigger.first or between.sort == "pronoun":
        return None
    return Draft(trigger, _with_previous(stage, between))


def _suffers(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    tokens = stage.reading.tokens
    left = stage.ending(trigger.first)
    if trigger.form == "active" or _voice(stage, trigger) in ("passive", "active"):
        return _subject(stage, trigger, drafts)
    if left is not None:
        return Draft(trigger, _with_previous(stage, left))
    if tokens[trigger.first].lower in ("dead", "missing", "mort", "morts"):
        return _subject(stage, trigger, drafts) if tokens[trigger.first - 1].lower in _BE else None
    if stage.reading.language == "en":
        return _subject(stage, trigger, drafts)
    return _attribute(stage, trigger)


def _subject(stage: Stage, trigger: Trigger, drafts: Sequence[Draft]) -> Draft | None:
    """The people before a verb: the parse's subject, else the nearest that no preposition governs."""
    objects = {g.first for d in drafts[-3:] if d.trigger.first < d.first for g in d.groups}
    group = (
        _antecedent(stage, trigger) or _parsed_subject(stage, trigger) or _nearest_subject(stage, trigger, objects)
    )
    if group is None:
        return None
    doer = [d for d in drafts if d.groups and group.last <= d.trigger.first < d.groups[0].first and d.trigger.frame == "harms"]
    if doer and stage.reading.tokens[doer[-1].trigger.first].sentence == stage.reading.tokens[group.first].sentence:
        # "Un homme a tué deux femmes avant d'être abattu": who did it is none of the victims.
        kind = group.victims if group.victims not in ("unknown", "civilians") else "unidentified"
        return Draft(trigger, (group,), victims=kind)
    if _is_denied(stage, trigger) and group.quantity.state != "none":
        return None
    return Draft(trigger, (*_around(stage, group, trigger), *_along_with(stage, trigger)))


def _around(stage: Stage, group: Group, trigger: Trigger) -> tuple[Group, ...]:
    """The list that a subject stands in: the parse may have taken its first member for the whole."""
    groups = list(_with_previous(stage, group))
    for right in stage.groups[stage.groups.index(group) + 1 :]:
        if right.core > trigger.first or right.part or not _joined(stage.reading, groups[-1], right):
            break
        if not _alike(groups[-1], right):
            break
        groups.append(right)
    return tuple(groups)


_ALONG = (("ainsi", "que"), ("en", "même", "temps", "que"), ("en", "même", "temps", "qu'"), ("along", "with"),
          ("as", "well", "as"), ("together", "with"))  # fmt: skip


def _along_with(stage: Stage, trigger: Trigger) -> tuple[Group, ...]:
    """ "Dix personnes sont mortes, ainsi que cinq assaillants": those who come after the verb."""
    tokens = stage.reading.tokens
    at = trigger.last + (trigger.last < len(tokens) and tokens[trigger.last].text == ",")
    for words in _ALONG:
        if tuple(t.lower for t in tokens[at : at + len(words)]) == words:
            group = stage.starting(at + len(words), 2)
            return _with_next(stage, group) if group is not None and group.counted else ()
    return ()


_ONE_VERB = frozenset("a est était avait fut sera serait aurait soit eut was has is".split())
_MANY_VERB = frozenset("ont sont étaient avaient furent seront seraient auraient soient were have are".split())


def _agrees(stage: Stage, trigger: Trigger, group: Group) -> bool:
    """Whether a verb can have a group for its subject: "a été secouru" is not said of 86 people."""
    if stage.reading.words(group.quantity.span).lower().startswith(("un", "plus d'un")):
        return True
    tokens = stage.reading.tokens
    verb = next(
        (t.lower for t in reversed(tokens[max(group.core, trigger.first - 5) : trigger.first])
         if t.lower in _ONE_VERB | _MANY_VERB), None
    )  # fmt: skip
    many = group.quantity.state == "some" or (group.quantity.low or group.quantity.best or 1) > 1
    if verb is None:
        word = tokens[trigger.first].lower
        return stage.reading.language == "en" or trigger.form == "active" or word.endswith("s") or not many
    if many:
        return verb in _MANY_VERB
    return verb in _ONE_VERB or len(_with_previous(stage, group)) > 1


def _is_denied(stage: Stage, trigger: Trigger) -> bool:
    words = {t.lower for t in stage.reading.tokens[max(0, trigger.first - 4) : trigger.first]}
    return bool({"n'", "ne"} & words and {"pas", "jamais", "point"} & words) or "not" in words or "n't" in words


def _parsed_subject(stage: Stage, trigger: Trigger) -> Group | None:
    tokens = stage.reading.tokens
    for at in range(trigger.first, trigger.last):
        for child in stage.reading.children(at):
            if tokens[child].dep.startswith("nsubj") and child < trigger.first:
                group = stage.holding(child)
                if group is not None and group.sort != "thing" and tokens[child].lower not in _RELATIVE:
                    return _unparted(stage, group)
    return None


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
        if not _agrees(stage, trigger, group) or group.first in objects:
            continue
        if tokens[min(group.last, len(tokens) - 1)].lower in _RELATIVE or not group.prep:
            return group
    named = [g for g in stage.before(trigger.first) if g.sort == "name" and not g.prep]
    return named[0] if named and trigger.first - named[0].last <= 4 else None


def _antecedent(stage: Stage, trigger: Trigger) -> Group | None:
    """ "(À la famille de) Jean Dupont, qui a été tué": the people before "qui", whatever governs them."""
    tokens = stage.reading.tokens
    for at in range(trigger.first - 1, max(0, trigger.first - 7), -1):
        if tokens[at].lower in _RELATIVE:
            near = [g for g in stage.before(at) if at - g.last <= 2 and g.sort != "pronoun"]
            return _unparted(stage, near[0]) if near else None
        if tokens[at].pos in ("NOUN", "PROPN", "VERB") or tokens[at].text in ".;:":
            return None
    return None


def _with_previous(stage: Stage, group: Group) -> tuple[Group, ...]:
    """The group and those that commas and "et" join to it on the left."""
    groups = [group]
    while (left := _previous(stage, groups[0])) is not None:
        groups.insert(0, left)
    return tuple(groups)


def _previous(stage: Stage, group: Group) -> Group | None:
    at = stage.groups.index(group)
    left = stage.groups[at - 1] if at else None
    if left is None or left.part != group.part or group.other or not _alike(left, group):
        return None
    return left if _joined(stage.reading, left, group) else None


def _with_next(stage: Stage, group: Group) -> tuple[Group, ...]:
    """The group and those that commas and "et" join to it on the right, unless an outcome word claims them."""
    groups = [group]
    index = next((i for i, g in enumerate(stage.groups) if g.first == group.first), -1)
    for right in stage.groups[index + 1 :]:
        if right.part or not _joined(stage.reading, groups[-1], right) or not _alike(groups[-1], right):
            break
        if _claimed(stage, right):
            break
        groups.append(right)
    return tuple(groups)


def _alike(left: Group, right: Group) -> bool:
    """Whether two groups can be one list: both counted, or both individuals."""
    if "pronoun" in (left.sort, right.sort) or (left.sort == "name") != (right.sort == "name"):
        return False
    return all(g.counted and g.quantity.best is not None or g.quantity.best == 1 for g in (left, right))


def _claimed(stage: Stage, group: Group) -> bool:
    """Whether an outcome word or a verb right after a group takes it ("… et 23 autres blessés")."""
    tokens = stage.reading.tokens
    for end in {group.core, group.last}:
        for at in range(end, min(end + 4, len(tokens))):
            if tokens[at].sentence != tokens[group.first].sentence or tokens[at].text in ",.;":
                break
            if tokens[at].pos == "AUX" or any(t.frame != "weak" for t in stage.triggers.get(at, ())):
                return True
            if tokens[at].pos not in ("ADV", "ADJ"):
                break
    return False


# "Les terroristes ont perdu quinze combattants".
def _loses(stage: Stage, trigger: Trigger, _: Sequence[Draft]) -> Draft | None:
    group = stage.starting(trigger.last, 4)
    if group is None or group.sort != "people" or not group.counted or _voice(stage, trigger) == "passive":
        return None
    return Draft(trigger, _with_next(stage, group))


# "Quatre otages", "160 corps", "35 victimes": people words that say an outcome where nothing else does.
def _weak(stage: Stage, trigger: Trigger) -> Draft | None:
    group = stage.ending(trigger.first) or stage.holding(trigger.first)
    if group is None or not group.counted:
        return _number_of(stage, trigger)
    if group.quantity.state == "some" and not _negated(stage.reading, group):
        return None
    if group.first < trigger.first and (group.sort == "bare" or group.head == trigger.first):
        return _counted(stage, trigger, group)
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
