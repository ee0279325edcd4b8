"""Rulings: a person's decision, with who, when and why; about accounts, claims and reports, never about an event."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Judgement(StrEnum):
    """What a person makes of a question: yes, no, looked and could not tell, or takes an earlier answer back."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"
    NONE = "none"


class RulingKind(StrEnum):
    """What a ruling is about; the comments say what `subject` and `value` are."""

    PAIR = "pair"  # subject: two account ids, sorted; the judgement says whether they are one event
    VALUE = "value"  # subject: one account id; value: {"field": …, "value": …}, with "evidence" the words that carry it
    CLAIM = "claim"  # subject: one account id; value: {"claim": claim id, "field": …, "value": …}; a rejection
    NOT_EVENT = "not_event"  # subject: one account id; what it tells of is no event
    CONFIRM = "confirm"  # subject: one account id; value: the values that were confirmed, by field, or None
    IRRELEVANT = "irrelevant"  # subject: one report id; the report tells of nothing
    PUBLISH = "publish"  # subject: one account id; value: {"public": the form that leaves, "begins": day, "of": values}


# Fields that a value ruling may set. "casualties" sets all rows; "casualties.killed" the total of an outcome and
# "casualties.killed.civilians" one row, each with {"low": …, "best": …, "high": …}; "casualties.killed" also all rows of the
# outcome, as a list of such with "victims". "parties" sets all of them, "parties.target" those of a role (a list), and
# "parties.target.villagers" the one of that role and name, with {"name": …, "role": …, "type": …} or None for its absence.
FIELDS = ("kind", "date", "place", "parties", "casualties", "means", "claimed_by", "attributed_to")
PARTY_ROLES = ("perpetrator", "target", "participant")
_BOUNDS = ("low", "best", "high")


class RulingError(ValueError):
    """A ruling that cannot be made: says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision. `judgement` is SAME for every kind but `pair` as long as the ruling stands; NONE takes it back.

    `at` is a UTC time as ISO text; `supersedes` the ruling that this one takes the place of.
    """

    id: str
    kind: RulingKind
    subject: tuple[str, ...]
    value: Mapping[str, Any] | None = field(hash=False)
    judgement: Judgement
    by: str
    at: str
    why: str
    supersedes: str | None = None

    @property
    def question(self) -> tuple[str, ...]:
        """What the ruling answers: of two rulings with the same question the later one counts."""
        asked = {"value": "field", "claim": "claim"}.get(self.kind)
        return (self.kind, *self.subject, *([str(self.value[asked])] if asked and self.value else []))

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "kind": str(self.kind), "subject": list(self.subject),
            "value": None if self.value is None else dict(self.value), "judgement": str(self.judgement),
            "by": self.by, "at": self.at, "why": self.why, "supersedes": self.supersedes,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Ruling:
        return cls(
            found["id"], RulingKind(found["kind"]), tuple(found["subject"]), found["value"],
            Judgement(found["judgement"]), found["by"], found["at"], found["why"], found.get("supersedes"),
        )  # fmt: skip


def make_ruling(
    kind: RulingKind | str, subject: Iterable[str], *, by: str, at: str, why: str,
    value: Mapping[str, Any] | None = None, judgement: Judgement | str = Judgement.SAME, supersedes: str | None = None,
) -> Ruling:  # fmt: skip
    """A ruling with its id (a hash of what it says, by whom and when). Raises RulingError for one that says nothing."""
    try:
        kind, judgement = RulingKind(kind), Judgement(judgement)
    except ValueError as error:
        raise RulingError(str(error)) from None
    named = tuple(sorted(subject)) if kind is RulingKind.PAIR else tuple(subject)
    _check_subject(kind, named)
    if kind is RulingKind.VALUE and judgement is Judgement.SAME:
        check_value(value)
    if kind is RulingKind.PUBLISH and not {"public", "begins", "of"} <= set(value or ()):
        raise RulingError("a publish ruling has the public form of the event")
    if kind is RulingKind.CLAIM and not (value and value.get("claim")):
        raise RulingError("a claim ruling names the claim that it rejects")
    made = json.dumps([kind, named, value, judgement, by, at, why, supersedes], sort_keys=True, ensure_ascii=False)
    name = hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Ruling(name, kind, named, value, judgement, by, at, why, supersedes)


def _check_subject(kind: RulingKind, subject: tuple[str, ...]) -> None:
    wanted = 2 if kind is RulingKind.PAIR else 1
    if len(set(subject)) != wanted or len(subject) != wanted or not all(subject):
        raise RulingError(f"a {kind} ruling is about {'two accounts' if wanted == 2 else 'one account or report'}")


def check_value(value: Mapping[str, Any] | None) -> None:
    """Raise RulingError where a value ruling sets no known field or sets it to what it cannot be."""
    name = str((value or {}).get("field", ""))
    if value is None or "value" not in value or name.split(".", maxsplit=1)[0] not in FIELDS:
        raise RulingError(f"a value ruling sets one of {', '.join(FIELDS)}, not {name!r}")
    new = value["value"]
    check_evidence(value.get("evidence", ()))
    if name.startswith("casualties."):
        _check_figures(name, new)
    elif name.startswith("parties."):
        _check_party(name, new)
    elif name == "date" and new is not None:
        _check_days(new)
    elif name in ("kind", "claimed_by") and not isinstance(new, str | None):
        raise RulingError(f"{name} is a word, not {new!r}")
    elif name == "place" and not (new is None or (isinstance(new, Mapping) and new.get("name"))):
        raise RulingError('a place is {"name": …, "latitude": …, …} or null')


def check_evidence(evidence: Any) -> None:
    """Raise RulingError where the words that carry a value are not told as a coded report tells them."""
    if not isinstance(evidence, list | tuple):
        raise RulingError('evidence is a list of {"in": "text", "start": …, "end": …, "text": …}')
    for words in evidence:
        known = isinstance(words, Mapping) and words.get("in") in ("text", "title") and isinstance(words.get("text"), str)
        bounds = [words.get(name) for name in ("start", "end")] if known else []
        whole = all(isinstance(n, int) and not isinstance(n, bool) for n in bounds)
        if not known or not whole or not 0 <= bounds[0] < bounds[1] or bounds[1] - bounds[0] != len(words["text"]):
            raise RulingError(f'evidence is {{"in": "text", "start": …, "end": …, "text": …}}, not {words!r}')


def _check_party(name: str, new: Any) -> None:
    _, role, called = (*name.split(".", maxsplit=2), "")[:3]
    if role in PARTY_ROLES and not called and isinstance(new, list):
        for party in new:
            _check_party(f"{name}.{party.get('name')}" if isinstance(party, Mapping) else name, party)
        return
    if role not in PARTY_ROLES or not called.strip():
        raise RulingError(f"no field {name!r}: it is parties.ROLE.NAME, with a role of {', '.join(PARTY_ROLES)}")
    if new is not None and not (isinstance(new, Mapping) and new.get("name") == called and new.get("role") == role and new.get("type")):
        raise RulingError(f'{name} is {{"name": {called!r}, "role": {role!r}, "type": …}} or null')


def _check_figures(name: str, new: Any) -> None:
    if len(name.split(".")) > 3:
        raise RulingError(f"no field {name!r}: it is casualties.OUTCOME or casualties.OUTCOME.SIDE")
    if len(name.split(".")) == 2 and isinstance(new, list):
        for row in new:
            if not (isinstance(row, Mapping) and row.get("victims")):
                raise RulingError(f"{name}: each row says whose figure it is (victims)")
            _check_figures(f"{name}.{row['victims']}", row)
        return
    figures = [new.get(bound) for bound in _BOUNDS] if isinstance(new, Mapping) else []
    told = [n for n in figures if n is not None]
    if not told or any(not isinstance(n, int) or isinstance(n, bool) or n < 0 for n in told):
        raise RulingError(f"{name} needs whole numbers for low, best or high, not {new!r}")
    if told != sorted(told):
        raise RulingError(f"{name}: low, best and high are out of order in {new!r}")


def _check_days(new: Any) -> None:
    try:
        first, last = date.fromisoformat(new["start"]), date.fromisoformat(new["end"])
    except (KeyError, TypeError, ValueError):
        raise RulingError(f'a date is {{"start": "YYYY-MM-DD", "end": "YYYY-MM-DD"}}, not {new!r}') from None
    if last < first:
        raise RulingError(f"the date ends before it starts: {new!r}")


def standing(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """The rulings that count: the last on each question, unless it takes the answer back (NONE); oldest first.

    Two accounts of one event can each carry a ruling on the same field: the later of them is the event's.
    """
    last: dict[tuple[str, ...], Ruling] = {}
    for ruling in sorted(rulings, key=lambda r: (r.at, r.id)):
        last.pop(ruling.question, None)
        last[ruling.question] = ruling
    return tuple(r for r in last.values() if r.judgement is not Judgement.NONE)
