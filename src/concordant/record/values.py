"""What an event says: its values as reconciling derives them, with the accounts and the links it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from concordant.linking import Account, Cluster
from concordant.linking.clustering import Edge
from concordant.reconciling import reconcile
from concordant.record.reviewed import published, review_state
from concordant.review import Ruling


def event_values(
    cluster: Cluster, accounts: Sequence[Account], rulings: Iterable[Ruling], standing: str
) -> dict[str, Any]:
    """One line of `events --format jsonl`: the event's id, its fields, its accounts, and why they were brought together."""
    decided = tuple(rulings)
    found: dict[str, Any] = {"id": cluster.id, **reconcile(accounts, decided).to_dict()}
    found["accounts"] = [
        {
            "report_id": account.report_id, "account_id": account.account_id, "role": account.event.get("role"),
            "outlet": account.outlet, "published": account.published, "origin": account.origin, "url": account.url,
        }
        for account in accounts
    ]  # fmt: skip
    found["standing"] = standing
    found["links"] = [_link(edge) for edge in cluster.edges]
    found["rulings"] = [ruling.id for ruling in decided]
    found["review"] = review_state(found, decided)
    out = published(found, decided)
    return found if out is None else found | {"published": out}


def _link(edge: Edge) -> dict[str, Any]:
    told: dict[str, Any] = {"a": edge.a, "b": edge.b, "score": edge.score.total, "parts": dict(edge.score.parts)}
    return told | {"words": list(edge.score.explain())} | ({"ruling": edge.ruling} if edge.ruling else {})
