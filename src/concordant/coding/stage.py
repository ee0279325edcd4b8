"""The stage: a reading with its outcome words and groups, and the lists in which people are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from concordant.coding.grammar import ADVERBS, AMONG, BE, DEFINITE, HAVE, JOIN, OF, PART
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
    doers: bool = False  # "a tué deux femmes avant d'être abattu": the people did what is told before

    @property
    def first(self) -> int:
        """Where its people start, its outcome word where there are none."""
        return self.groups[0].first if self.groups else self.trigger.first


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
            if at <= 0 or (
                tokens[at - 1].pos not in ("ADV", "ADJ", "NOUN", "PROPN")
                and tokens[at - 1].lower not in ADVERBS
                and tokens[at - 1].text != '"'
            ):
                return None
            at -= 1
        return None

    def starting(self, at: int, reach: int) -> Group | None:
        """The first group that starts within `reach` tokens from `at`, with no verb or end of clause before it."""
        tokens = self.reading.tokens
        if at >= len(tokens):
            return None
        for i in range(at, min(len(tokens), at + reach)):
            if i in self._starting and tokens[i].sentence == tokens[at - 1].sentence:
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
    inside = _told_in_parts(reading, groups)
    for n, group in enumerate(groups):
        before = reading.tokens[group.first - 1] if group.first else None
        previous = marked[-1] if marked else None
        opens = before is not None and (before.lower in PART or _among(reading, group.first))
        if before is not None and before.lower in ("les", "le", "la", "l'", "the") and group.first > 1:
            opens = opens or reading.tokens[group.first - 2].lower in PART
        follows = previous is not None and previous.part and joined(reading, previous, group)
        marked.append(replace(group, part=bool(opens or follows or n in inside)))
    return marked


_OPENERS = frozenset(("--", "-", "–", "—", ":", "("))


def _told_in_parts(reading: Reading, groups: Sequence[Group]) -> frozenset[int]:
    """ "Nine people died -- seven civilians and two soldiers": the places of numbers behind a dash or in brackets that add
    up to the one before."""
    found: set[int] = set()
    for n, group in enumerate(groups):
        total = groups[n - 1].quantity.best if n else None
        opens = bool(group.first) and reading.tokens[group.first - 1].text in _OPENERS
        if not opens or not group.counted or total is None or total < 3 or not groups[n - 1].counted:
            continue
        if reading.tokens[groups[n - 1].first].sentence != reading.tokens[group.first].sentence:
            continue
        run, added = [n], group.quantity.best or 0
        while added < total and run[-1] + 1 < len(groups) and joined(reading, groups[run[-1]], groups[run[-1] + 1]):
            run.append(run[-1] + 1)
            added += groups[run[-1]].quantity.best or 0
        if added == total and len(run) > 1:
            found.update(run)
    return frozenset(found)


def _among(reading: Reading, at: int) -> bool:
    words = tuple(token.lower for token in reading.tokens[max(0, at - 2) : at])
    return words in AMONG


def joined(reading: Reading, left: Group, right: Group) -> bool:
    """Whether nothing but commas and "et" stands between two groups of a sentence."""
    return bool(_joint(reading, left, right))


def _joint(reading: Reading, left: Group, right: Group) -> frozenset[str]:
    """The words that join two groups into a list; none where "de" alone stands between ("un père de deux enfants")."""
    for end in {left.last, left.core}:
        between = _unbracketed(reading.tokens[end : right.first])
        while right.counted and len(between) > 1 and between[-1].lower in DEFINITE:
            between.pop()  # "et leurs deux fils"
        if len(between) > 1 and between[-1].lower in _TO and between[-2].lower in ("et", "and"):
            between.pop()  # "à sept soldats et à deux civils"
        words = frozenset(token.lower for token in between)
        if between and len(between) <= 3 and words <= JOIN and words - OF:
            return words if between[0].sentence == reading.tokens[right.first].sentence else frozenset()
    return frozenset()


def _unbracketed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what brackets hold: "six priests (two of them spaniards) and a cook"."""
    kept, depth = list[Token](), 0
    for token in tokens:
        depth += token.text == "("
        if not depth:
            kept.append(token)
        depth -= token.text == ")" and depth > 0
    return kept


_TO = frozenset("à au aux to".split())


def listed(reading: Reading, groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups of a list; only its last run where mere commas stand before that ("la chefferie de X, une personne").

    Commas make a list where a later "et" closes it, or between numbers; else what they part is no list.
    """
    closed = False
    for at in range(len(groups) - 1, 0, -1):
        left, right = groups[at - 1], groups[at]
        closed = closed or not _joint(reading, left, right) <= {","}
        if not closed and not (left.counted and right.counted):
            return tuple(groups[at:])
    return tuple(groups)


def with_previous(stage: Stage, group: Group) -> tuple[Group, ...]:
    """The group and those that commas and "et" join to it on the left."""
    groups = [group]
    while (left := _previous(stage, groups[0])) is not None:
        groups.insert(0, left)
    return listed(stage.reading, groups)


def _previous(stage: Stage, group: Group) -> Group | None:
    at = stage.groups.index(group)
    inside = at > 0 and bracketed(stage.reading, group)
    while at and not inside and bracketed(stage.reading, stage.groups[at - 1]):
        at -= 1
    left = stage.groups[at - 1] if at else None
    if left is None or left.part != group.part or not alike(left, group):
        return None
    return left if joined(stage.reading, left, group) else None


def bracketed(reading: Reading, group: Group) -> bool:
    """Whether a group stands in brackets."""
    sentence = reading.sentences[reading.tokens[group.first].sentence]
    before = [t.text for t in reading.tokens[sentence.first : group.first]]
    return before.count("(") > before.count(")")


def with_next(stage: Stage, group: Group) -> tuple[Group, ...]:
    """The group and those that commas and "et" join to it on the right, unless an outcome word claims them."""
    groups = [group]
    index = next((i for i, g in enumerate(stage.groups) if g.first == group.first), -1)
    for right in stage.groups[index + 1 :]:
        if right.part or not joined(stage.reading, groups[-1], right) or not alike(groups[-1], right):
            break
        if _claimed(stage, right):
            break
        groups.append(right)
    return _opening(stage.reading, groups)


def _opening(reading: Reading, groups: Sequence[Group]) -> tuple[Group, ...]:
    """The list that begins with the first group: what a mere comma adds to it is another phrase."""
    for last in range(len(groups), 1, -1):
        if len(listed(reading, groups[:last])) == last:
            return tuple(groups[:last])
    return tuple(groups[:1])


def alike(left: Group, right: Group) -> bool:
    """Whether two groups can be one list: both counted, or both individuals."""
    if "pronoun" in (left.sort, right.sort):
        return False
    if (left.sort == "name") != (right.sort == "name"):
        # Only "ana ruiz, her son and two others" are one list; after a preposition one word may be a place's name.
        place = left.prep and left.core - left.first < 2
        if left.sort != "name" or not right.kin or place:
            return False
    if left.apposed or right.apposed:
        return False
    return all((g.counted and g.quantity.best is not None) or g.quantity.best == 1 for g in (left, right))


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


def voice(stage: Stage, trigger: Trigger) -> str:
    if trigger.form == "active":
        return "active"
    tokens = stage.reading.tokens
    at = trigger.first - 1
    while at >= 0 and tokens[at].sentence == tokens[trigger.first].sentence and trigger.first - at <= 5:
        word = tokens[at].lower
        if word in BE:
            return "passive"
        if word in HAVE:
            return "active"
        if word not in ADVERBS and tokens[at].pos != "ADV":
            return "bare"
        at -= 1
    return "bare"
