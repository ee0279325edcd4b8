"""Whether rulings still fit: what came later and says otherwise is put before a person, and changes nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from concordant.linking import Account
from concordant.record.naming import name_key
from concordant.record.telling import summary
from concordant.review import Ruling, RulingKind

_BOUNDS = ("best", "low", "high")


def misfits(
    values: Mapping[str, Any], accounts: Sequence[Account], new: Iterable[Account], rulings: Iterable[Ruling]
) -> Iterator[tuple[str, str]]:
    """The rulings on an event that no longer fit, each with the reason; `new` are accounts that have just come to it."""
    come = [account for account in new if _own(account, accounts)]
    for ruling in rulings:
        if ruling.kind is RulingKind.CONFIRM:
            yield from ((ruling.id, reason) for reason in _unconfirmed(ruling, values))
        for account in come:
            reason = _against(ruling, account)
            if reason is not None:
                yield ruling.id, f"{account.report_id} came later and {reason}"


def _own(account: Account, accounts: Sequence[Account]) -> bool:
    """Whether an account is news of its own: no copy of another report, and no mention in passing."""
    copies = any(other.origin == account.origin for other in accounts if other.report_id != account.report_id)
    return account.event.get("role") == "main" and not copies


def _unconfirmed(ruling: Ruling, values: Mapping[str, Any]) -> Iterator[str]:
    now = summary(values)
    changed = [name for name, value in (ruling.value or {}).items() if now.get(name) != value]
    if changed:
        yield f"what was confirmed is different now: {', '.join(f'{name} is {now.get(name)}' for name in sorted(changed))}"


def _against(ruling: Ruling, account: Account) -> str | None:
    """What in a new account speaks against a ruling."""
    if ruling.kind is RulingKind.NOT_EVENT:
        return "tells of it as an event"
    if ruling.kind is not RulingKind.VALUE or ruling.value is None:
        return None
    name, ruled = str(ruling.value["field"]), ruling.value["value"]
    said = account.event.get(name.split(".", maxsplit=1)[0])
    if name.startswith("casualties."):
        return _other_figure(name, ruled, said or ())
    if said and name in ("kind", "place", "date") and not _agree(name, ruled, said):
        return f"says {_short(said)} for {name}"
    return None


def _other_figure(name: str, ruled: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str | None:
    _, outcome, side = (*name.split("."), "")[:3]
    found = [r for r in rows if r["outcome"] == outcome and side in ("", r["victims"]) and not r.get("rival")]
    figures = [next((r[b] for b in _BOUNDS if r.get(b) is not None), None) for r in found]
    told = [n for n in figures if n is not None]
    if isinstance(ruled, list):
        ruled = {b: sum(r[b] for r in ruled if r.get(b) is not None) for b in _BOUNDS if any(r.get(b) is not None for r in ruled)}
    bounds = [ruled[b] for b in _BOUNDS if ruled.get(b) is not None]
    if not told or not bounds or min(bounds) <= sum(told) <= max(bounds):
        return None
    return f"says {sum(told)} for {name}"


def _agree(name: str, ruled: Any, said: Any) -> bool:
    if name == "kind" or ruled is None:
        return bool(ruled == said)
    if name == "place":
        return name_key(str(ruled.get("name"))) == name_key(str(said.get("name")))
    return bool(ruled["start"] <= said["end"] and said["start"] <= ruled["end"])


def _short(said: Any) -> str:
    return str(said.get("name") or said.get("start")) if isinstance(said, Mapping) else str(said)
