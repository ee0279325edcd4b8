"""Clustering: accounts to events, the same whatever order they come in, and obeying what people decided.

Groups are joined by average linkage, the surest pair of groups first, as long as two of their accounts touch, the mean
score between them reaches `join`, and nothing forbids it: a single contradiction (a veto, a NOT_SAME) between any two
accounts keeps their groups apart, so that no two accounts are chained through a third.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from concordant.linking.accounts import Account, Sight, sight
from concordant.linking.neighbours import beside, components, touching
from concordant.linking.pairing import Pairs
from concordant.linking.scoring import PairScore
from concordant.linking.standing import Standing, standing_of
from concordant.linking.tables import Tables
from concordant.review import Judgement, Ruling, RulingKind, standing


@dataclass(frozen=True, slots=True)
class Edge:
    """Why two accounts came together: their score, or the ruling that says so."""

    a: str
    b: str
    score: PairScore
    ruling: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Accounts of one happening, in the order of publication, and the edges that brought them together."""

    account_ids: tuple[str, ...]
    edges: tuple[Edge, ...]
    standing: Standing

    @property
    def id(self) -> str:
        """A hash of the earliest account: a cluster that only grows keeps its name."""
        return hashlib.sha256(f"event {self.account_ids[0]}".encode()).hexdigest()[:16]


def cluster(
    accounts: Iterable[Account], rulings: Iterable[Ruling] = (), *, pairs: Iterable[tuple[str, str]] | None = None,
    tables: Tables | None = None,
) -> tuple[Cluster, ...]:  # fmt: skip
    """Bring accounts together; `rulings` of other kinds than `pair` are passed over.

    `pairs` are the touching pairs of these accounts (they share a block key, and their score is EDGE or more with no
    veto), where they are known already; the result is that of any larger set of accounts that none of these touches.
    """
    known = tables or Tables.of()
    decided = Decided.of(rulings)
    by_id = {account.account_id: account for account in accounts}
    sights = {name: sight(by_id[name]) for name in sorted(by_id)}
    scores = Pairs(sights, known)
    met = touching(sights, scores) if pairs is None else {frozenset(pair) for pair in pairs}
    met |= {frozenset(pair) for pair in decided.same if all(name in sights for name in pair)}
    near = beside(met)
    made = [c for part in components(sights, near) for c in _agglomerate(part, near, scores, decided)]
    return tuple(sorted(made, key=lambda c: by_id[c.account_ids[0]].order))


@dataclass(frozen=True, slots=True)
class Decided:
    """The pair rulings that stand, by pair: the later first where they contradict each other."""

    same: Mapping[tuple[str, str], Ruling]
    apart: Mapping[tuple[str, str], Ruling]

    @classmethod
    def of(cls, rulings: Iterable[Ruling]) -> Decided:
        pairs = [r for r in standing(rulings) if r.kind is RulingKind.PAIR]
        named = {j: {(r.subject[0], r.subject[1]): r for r in reversed(pairs) if r.judgement is j} for j in Judgement}
        return cls(named[Judgement.SAME], named[Judgement.NOT_SAME])


# What a single wrong reading can bring about. Two happenings told apart in one report are no mistake.
_MISTAKABLE = {"two_places", "two_times", "before", "told_apart"}


@dataclass(slots=True)
class _Group:
    members: list[str]
    edges: list[Edge] = field(default_factory=list)


@dataclass(slots=True)
class _Tie:
    """What lies between two groups: the sum of scores, whether anything forbids them, the surest pair."""

    total: int
    count: int
    forbidden: bool
    best: tuple[int, str, str]


class _Merging:
    """Average linkage over one component, along the pairs that touch."""

    def __init__(
        self, members: Sequence[str], beside: Mapping[str, Collection[str]], pairs: Pairs, decided: Decided
    ) -> None:
        self.pairs, self.decided, self.near = pairs, decided, beside
        self.groups = {name: _Group([name]) for name in members}
        self.owner = {name: name for name in members}
        self.ties = {a: {b: self._tie(a, b) for b in sorted(beside.get(a, ()))} for a in members}

    def _tie(self, a: str, b: str) -> _Tie:
        found = self.pairs.score(a, b)
        points = round(found.total * 1000)
        return _Tie(points, 1, found.veto is not None or _key(a, b) in self.decided.apart, (points, *_key(a, b)))

    def _between(self, one: str, other: str) -> _Tie:
        """What lies between two groups, whether or not they touch."""
        known = self.ties[one].get(other)
        members = (self.groups[one].members, self.groups[other].members)
        return known or reduce(_both, (self._tie(a, b) for a in members[0] for b in members[1]))

    def obey(self) -> None:
        """Join what was ruled the same, the latest ruling first, unless that joins what was ruled apart."""
        for (a, b), ruling in self.decided.same.items():
            if a in self.owner and b in self.owner and self.owner[a] != self.owner[b]:
                one, other = self.owner[a], self.owner[b]
                if not self._ruled_apart(one, other):
                    self.join(one, other, Edge(a, b, self.pairs.score(a, b), ruling.id))

    def _ruled_apart(self, one: str, other: str) -> bool:
        return any(
            _key(a, b) in self.decided.apart for a in self.groups[one].members for b in self.groups[other].members
        )

    def join(self, one: str, other: str, edge: Edge) -> str:
        """Make one group of two, under the lesser name."""
        kept, gone = sorted((one, other))
        thirds = (self.ties[kept].keys() | self.ties[gone].keys()) - {kept, gone}
        both = {third: _both(self._between(kept, third), self._between(gone, third)) for third in sorted(thirds)}
        moved = self.groups.pop(gone)
        self.groups[kept].members += moved.members
        self.groups[kept].edges += [*moved.edges, edge]
        self.owner.update(dict.fromkeys(moved.members, kept))
        for third in self.ties.pop(gone):
            del self.ties[third][gone]
        for third, tie in both.items():
            self.ties[kept][third] = self.ties[third][kept] = tie
        return kept

    def run(self, join_from: float) -> None:
        """Join the surest two groups again and again, until none may be joined."""
        bar = round(join_from * 1000)
        heap = [e for a in self.ties for b in self.ties[a] if a < b and (e := self._entry(a, b, bar))]
        heapq.heapify(heap)
        while heap:
            mean, a, b = heapq.heappop(heap)
            if self._entry(a, b, bar) != (mean, a, b):
                continue
            _, first, second = self.ties[a][b].best
            kept = self.join(a, b, Edge(first, second, self.pairs.score(first, second)))
            for third in self.ties[kept]:
                entry = self._entry(*_key(kept, third), bar)
                if entry:
                    heapq.heappush(heap, entry)

    def set_apart(self, share: float) -> None:
        """Where a few accounts of one group alone forbid it two groups that belong together, set those apart.

        One report that puts a happening into the wrong town would else split all the others into two events.
        """
        tried: set[tuple[str, str]] = set()
        while True:
            held = [
                e for a in self.ties for b in self.ties[a] if a < b and (a, b) not in tried and (e := self._held(a, b))
            ]
            if not held:
                return
            _, a, b = min(held)
            few = self._contradicting(a, b, share)
            tried.add((a, b))
            if few is not None:
                home, other = (a, b) if few <= set(self.groups[a].members) else (b, a)
                if len(self.groups[other].members) <= len(few):
                    continue  # as many would be set apart as brought in
                kept = self._put_out(home, sorted(few))
                tried = {pair for pair in tried if kept not in pair}

    def _held(self, a: str, b: str) -> tuple[float, str, str] | None:
        """Two groups that would be joined but for what forbids it, by the mean of the pairs that nothing forbids."""
        if not self.ties[a][b].forbidden:
            return None
        members = [(x, y) for x in self.groups[a].members for y in self.groups[b].members]
        free = [p.total for x, y in members if (p := self.pairs.score(x, y)).veto is None]
        mean = sum(free) / len(free) if free else -1.0
        return (-mean, a, b) if mean >= self.pairs.tables.limit("join") else None

    def _contradicting(self, a: str, b: str, share: float) -> set[str] | None:
        """The accounts of one of two groups without which nothing forbids them; None where they are too many."""
        barred = [
            (x, y) for x in self.groups[a].members for y in self.groups[b].members
            if self.pairs.score(x, y).veto or _key(x, y) in self.decided.apart
        ]  # fmt: skip
        if any(self.pairs.score(x, y).veto not in _MISTAKABLE for x, y in barred):
            return None
        sides = sorted(({x for x, _ in barred}, {y for _, y in barred}), key=lambda s: (len(s), sorted(s)))
        ruled = {name for pair in (*self.decided.same, *self.decided.apart) for name in pair}
        for few in sides:
            group = self.groups[self.owner[min(few)]].members
            if len(few) <= share * len(group) and not few & ruled:
                return few
        return None

    def _put_out(self, group: str, few: Sequence[str]) -> str:
        """Make a group of its own of some accounts of one; both tie with the others anew. Returns the one they left."""
        before = self.groups.pop(group)
        thirds = sorted(self.ties.pop(group))
        for third in thirds:
            del self.ties[third][group]
        parts = [sorted(set(before.members) - set(few)), list(few)]
        for members in parts:
            name = members[0]
            self.groups[name], self.ties[name] = _Group(members, self._spanning(members)), {}
            self.owner.update(dict.fromkeys(members, name))
        for name in (parts[0][0], parts[1][0]):
            for third in thirds:
                if any(
                    y in self.near.get(x, ()) for x in self.groups[name].members for y in self.groups[third].members
                ):
                    self.ties[name][third] = self.ties[third][name] = self._between(name, third)
        return parts[0][0]

    def _spanning(self, members: Sequence[str]) -> list[Edge]:
        """The surest pairs that hold a group together."""
        inside, edges = [members[0]], []
        left = set(members[1:])
        while left:
            found = {(a, b): self.pairs.score(a, b) for a in inside for b in left}
            a, b = min(found, key=lambda ab: (-found[ab].total, ab))
            edges.append(Edge(*_key(a, b), found[a, b]))
            inside.append(b)
            left.remove(b)
        return edges

    def _entry(self, a: str, b: str, bar: int) -> tuple[float, str, str] | None:
        tie = self.ties.get(a, {}).get(b)
        if tie is None or tie.forbidden or tie.total < bar * tie.count:
            return None
        return (-tie.total / tie.count, a, b)


def _both(one: _Tie, other: _Tie) -> _Tie:
    best = max(one.best, other.best, key=lambda b: (b[0], b[2], b[1]))
    return _Tie(one.total + other.total, one.count + other.count, one.forbidden or other.forbidden, best)


def _key(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


def _agglomerate(
    members: Sequence[str], beside: Mapping[str, Collection[str]], pairs: Pairs, decided: Decided
) -> list[Cluster]:
    merging = _Merging(members, beside, pairs, decided)
    merging.obey()
    merging.run(pairs.tables.limit("join"))
    merging.set_apart(pairs.tables.limit("set_apart"))
    merging.run(pairs.tables.limit("join"))
    return [_cluster(group, pairs.sights, pairs.tables) for group in merging.groups.values()]


def _cluster(group: _Group, sights: Mapping[str, Sight], tables: Tables) -> Cluster:
    ordered = sorted((sights[name] for name in group.members), key=lambda s: s.account.order)
    edges = tuple(sorted(group.edges, key=lambda e: (e.a, e.b)))
    return Cluster(tuple(s.id for s in ordered), edges, standing_of(ordered, tables))
