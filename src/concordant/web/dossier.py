"""The dossier of an event, laid out to be read: values with their words and rivals, sources, reports with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concordant.record import Record, ReportView, UnknownError
from concordant.web.highlighting import Segment, quotes, segments, spans_of
from concordant.web.marking import claims_marked
from concordant.web.sentences import outcome_order

_LISTS = ("means", "attributed_to")
_READ = 12  # reports that are shown whole; the others are linked to


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a report that carry a value: what they are, and where the claim stands that they make."""

    claim: str
    report_id: str
    outlet: str | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One value of the event: its field (as rulings name it), the value, why it was chosen, and the words for it."""

    name: str
    field: str
    value: Any
    rule: str | None
    words: tuple[Words, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Against:
    """A version that stands against the one kept: what it says, who says so, and with which interest."""

    field: str
    kept: Any
    other: Any
    outlet: str | None
    report_id: str
    claim: str
    speakers: tuple[str, ...]
    interest: str | None
    superseded: bool
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A report in full with the evidence cut out of its title and text."""

    report: ReportView
    title: tuple[Segment, ...]
    text: tuple[Segment, ...]
    claims: tuple[Mapping[str, Any], ...]
    account_ids: tuple[str, ...]


class Dossier:
    """One event with everything the record knows of it; `found` is what `Record.dossier` gives."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self.event: Mapping[str, Any] = found["event"]
        self.known: str = found["known"]
        self.accounts: Sequence[Mapping[str, Any]] = found["accounts"]
        self.rulings: Sequence[Mapping[str, Any]] = found["rulings"]
        self.log: Sequence[Mapping[str, Any]] = found["log"]
        self.parts: Sequence[str] = found.get("parts") or ()
        self.sums: Sequence[str] = found.get("sums") or ()
        self._by_account = {a["account_id"]: a for a in self.accounts}
        self.marked = [c | {"account_id": a} for c in claims_marked(self.rulings) if (a := self._account_of(c)) is not None]
        self._claims = {c["id"]: (c, a) for a in self.accounts for c in a["claims"]}
        self._claims |= {c["id"]: (c, self._by_account[c["account_id"]]) for c in self.marked}

    def _account_of(self, marked: Mapping[str, Any]) -> str | None:
        """The account whose report has marked words: that of the ruling, which a newer coding may have given another name."""
        if marked["account_id"] in self._by_account:
            return str(marked["account_id"])
        told = (s for why in (self.event.get("why") or {}).values() for s in why.get("from") or () if s.get("ruling") == marked["id"])
        return next((str(s["account_id"]) for s in told if s["account_id"] in self._by_account), None)

    @property
    def id(self) -> str:
        return str(self.event["id"])

    def why(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = (self.event.get("why") or {}).get(name) or {}
        return found

    def shown(self, name: str, field: str, value: Any, why: str | None = None) -> Shown:
        """A value with the words that carry it."""
        told = self.why(why or name)
        sources = [{**s, "claim": s["ruling"]} if s.get("evidence") else s for s in told.get("from") or () if s.get("claim") or s.get("evidence")]
        if not sources and field in _LISTS:
            sources = [{"claim": c["id"]} for c, _ in self._claims.values() if c["field"] == field]
        words = [w for s in sources if (w := self._words(str(s["claim"])))]
        origins = {self._by_account[s["account_id"]].get("origin") for s in sources if s.get("account_id") in self._by_account}
        return Shown(name, field, value, told.get("rule"), tuple(words), len(origins))

    def _words(self, claim: str) -> Words | None:
        if claim not in self._claims:
            return None
        made, account = self._claims[claim]
        return Words(claim, account["report_id"], account.get("outlet"), tuple(quotes(made)))

    def values(self) -> list[Shown]:
        """The values but for the tolls, in the order in which they are read."""
        event = self.event
        found = [self.shown(name, name, event.get(name)) for name in ("kind", "date", "place")]
        found += [self.shown(f"parties.{i}", "parties", p, self._party(i, p)) for i, p in enumerate(event.get("parties") or ())]
        found += [self.shown(name, name, event.get(name)) for name in ("means", "claimed_by", "attributed_to")]
        return found

    def _party(self, number: int, party: Mapping[str, Any]) -> str | None:
        """Where `why` tells of a party: by its number, else where all of its role, or all parties, were set at once."""
        names = (f"parties.{number}", f"parties.{party['role']}", "parties")
        return next((name for name in names if name in (self.event.get("why") or {})), None)

    def tolls(self) -> list[Shown]:
        """The rows of the toll, each with its words."""
        rows = self.event.get("casualties") or ()
        return [self._toll(row) for row in sorted(rows, key=lambda row: outcome_order(row["outcome"]))]

    def _toll(self, row: Mapping[str, Any]) -> Shown:
        outcome = row["outcome"]
        own = f"casualties.{outcome}.{row['victims']}"
        total = f"casualties.{outcome}"
        name = own if own in (self.event.get("why") or {}) else total
        made = self.shown(own, "casualties", row, "casualties" if name not in (self.event.get("why") or {}) else name)
        values = {w.claim: self._claims[w.claim][0]["value"] for w in made.words}
        same = tuple(w for w in made.words if isinstance(v := values[w.claim], Mapping) and v.get("victims") == row["victims"])
        return Shown(own, "casualties", row, made.rule, same or made.words, made.origins)

    def contradictions(self) -> list[Against]:
        """Every version that stands against a value that was kept."""
        return [
            against
            for name, told in (self.event.get("why") or {}).items()
            for rival in told.get("rivals") or ()
            for against in self._against(name, rival)
        ]

    def _against(self, name: str, rival: Mapping[str, Any]) -> Iterable[Against]:
        for source in rival.get("from") or [rival]:
            claim, account = self._claims.get(str(source.get("claim")), ({}, self._by_account.get(str(source.get("account_id")), {})))
            value = claim.get("value", rival.get("value"))
            if value is None and "low" not in rival:
                continue
            field = name.split(".", maxsplit=1)[0]
            speakers = rival.get("attributed_to") or account.get("attributed_to") or ()
            yield Against(
                name, self._kept(name, value), value if value is not None else dict(rival, outcome=name.split(".")[1]),
                account.get("outlet"), str(account.get("report_id", "")), str(source.get("claim") or ""), tuple(map(str, speakers)),
                rival.get("interest"), bool(rival.get("superseded")), tuple(quotes(claim)) if claim.get("evidence") else (),
            )  # fmt: skip
            if field != "casualties" and "from" not in rival:
                return

    def _kept(self, name: str, other: Any) -> Any:
        whole, *rest = name.split(".")
        value = self.event.get(whole)
        if whole == "parties" and rest:
            return (value or [])[int(rest[0])] if rest[0].isdigit() else value
        if whole != "casualties":
            return value
        rows = [r for r in value or () if r["outcome"] == rest[0]]
        side = other.get("victims") if isinstance(other, Mapping) else None
        return next((r for r in rows if r["victims"] == side), rows[0] if rows else None)

    def origins(self) -> list[list[Mapping[str, Any]]]:
        """The accounts by the dispatch they come from, the first of each before its copies."""
        groups: dict[str, list[Mapping[str, Any]]] = {}
        for account in self.accounts:
            groups.setdefault(str(account.get("origin") or account["report_id"]), []).append(account)
        ordered = [sorted(g, key=lambda a: (a.get("published") or "", a["report_id"])) for g in groups.values()]
        return sorted(ordered, key=lambda g: (g[0].get("published") or "", g[0]["report_id"]))

    def candidates(self) -> list[Mapping[str, Any]]:
        """What the gazetteer offered for the place, the best first."""
        found: dict[str, Mapping[str, Any]] = {}
        for claim, _ in self._claims.values():
            if claim["field"] == "place":
                for candidate in claim["value"].get("candidates") or ():
                    found.setdefault(str(candidate["gazetteer_id"]), candidate)
        return sorted(found.values(), key=lambda c: -float(c.get("score") or 0))[:12]

    def report_ids(self) -> list[str]:
        return list(dict.fromkeys(a["report_id"] for group in self.origins() for a in group))

    def reports(self, record: Record, as_of: int) -> list[Told]:
        """The reports in full, those of distinct origin first."""
        firsts = [group[0]["report_id"] for group in self.origins()]
        names = list(dict.fromkeys([*firsts, *self.report_ids()]))[:_READ]
        return [told(record.report(name, as_of=as_of), self._claims_in(name), self._accounts_in(name)) for name in names]

    def _claims_in(self, report_id: str) -> list[Mapping[str, Any]]:
        own = [c for a in self.accounts if a["report_id"] == report_id for c in a["claims"]]
        return own + [c for c in self.marked if self._by_account[c["account_id"]]["report_id"] == report_id]

    def _accounts_in(self, report_id: str) -> tuple[str, ...]:
        return tuple(a["account_id"] for a in self.accounts if a["report_id"] == report_id)

    def label(self, account_id: str) -> str:
        """How an account is named to a reader: its outlet, else its report."""
        account = self._by_account.get(account_id, {})
        return str(account.get("outlet") or account.get("title") or account.get("report_id") or account_id)


def told(report: ReportView, claims: Sequence[Mapping[str, Any]], accounts: tuple[str, ...] = ()) -> Told:
    """A report cut into segments by the evidence of these claims."""
    title = report.title or ""
    return Told(
        report, tuple(segments(title, spans_of(claims, "title", title))),
        tuple(segments(report.text, spans_of(claims, "text", report.text))), tuple(claims), accounts,
    )  # fmt: skip


def dossier(record: Record, name: str, as_of: int) -> Dossier:
    """The dossier of an event. Raises UnknownError."""
    if not name or len(name) > 64:
        raise UnknownError("there is no such event")
    return Dossier(record.dossier(name, as_of=as_of))
