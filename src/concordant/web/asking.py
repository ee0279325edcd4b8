"""What a page was asked for: filters, order, page and time, read from the address and written back into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from concordant.record import Filters, RecordError
from concordant.record.frames import ORDERS
from concordant.record.reviewed import REVIEW_STATES

STANDINGS = ("event", "sum", "vague", "not_event", "all")
SIZES = (25, 50, 100, 200)
# The names of filters in an address; they are those of the command line but for `q`.
NAMES = (
    "since", "until", "kind", "country", "admin1", "place", "actor", "killed", "q", "confidence", "review", "outlet", "report",
    "role", "disputed", "published", "standing",
)  # fmt: skip
_LONGEST = 200
_YES = ("1", "on", "true")


class UnclearError(ValueError):
    """An address that asks for what cannot be; says which part."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was asked for."""

    filters: Filters
    order: str = "day"
    rising: bool = False
    after: str | None = None
    size: int = 50

    @property
    def active(self) -> dict[str, str]:
        """The filters that are set, as an address has them."""
        return {name: value for name, value in address_of(self.filters).items() if value}

    def address(self, **changes: Any) -> dict[str, Any]:
        """The address of this list, with changes; None takes a part out."""
        own: dict[str, Any] = {
            **self.active, "sort": self.order if self.order != "day" else None, "rising": "1" if self.rising else None,
            "after": self.after, "size": self.size if self.size != 50 else None,
        }  # fmt: skip
        return {name: value for name, value in {**own, **changes}.items() if value not in (None, "")}


def asked(given: Mapping[str, str]) -> Asked:
    """The list that an address asks for. Raises UnclearError."""
    order, after = given.get("sort") or "day", given.get("after") or None
    if order not in ORDERS:
        raise UnclearError(f"sort={order}")
    told = _number(given, "size", int)
    size = 50 if told is None else told
    if not 1 <= size <= 1000:
        raise UnclearError(f"size={size} (1–1000)")
    return Asked(filters(given), order, bool(given.get("rising")), after, size)


def filters(given: Mapping[str, str]) -> Filters:
    """The filters that an address asks for. Raises UnclearError."""
    told = {name: value.strip() for name in NAMES if (value := given.get(name)) and value.strip()}
    for name, value in told.items():
        if len(value) > _LONGEST or "\x00" in value:
            raise UnclearError(name)
    _one_of(told, "standing", STANDINGS)
    _one_of(told, "review", REVIEW_STATES)
    _one_of(told, "role", ("main", "background"))
    try:
        return Filters(
            since=told.get("since"), until=told.get("until"), kind=told.get("kind"), country=told.get("country"),
            admin1=told.get("admin1"), place=told.get("place"), actor=told.get("actor"), killed=_number(told, "killed", int),
            text=told.get("q"), role=told.get("role"), confidence=_number(told, "confidence", float),
            outlet=told.get("outlet"), report=told.get("report"), box=_box(given), review=told.get("review"),
            disputed=told.get("disputed") in _YES, published=told.get("published") in _YES, standing=told.get("standing", "event"),
        )  # fmt: skip
    except RecordError as error:
        raise UnclearError(str(error)) from None


def _one_of(told: Mapping[str, str], name: str, known: Iterable[str]) -> None:
    if name in told and told[name] not in known:
        raise UnclearError(f"{name}={told[name]}")


def _number(given: Mapping[str, str], name: str, kind: type[int] | type[float]) -> Any:
    if not given.get(name):
        return None
    try:
        value = kind(given[name].replace(",", "."))
    except ValueError:
        raise UnclearError(f"{name}={given[name]}") from None
    if not -(2**53) < value < 2**53:
        raise UnclearError(f"{name}={given[name]}")
    return value


def _box(given: Mapping[str, str]) -> tuple[float, float, float, float] | None:
    """A rectangle of the map: west, south, east, north."""
    if not given.get("box"):
        return None
    try:
        west, south, east, north = (float(part) for part in given["box"].split(","))
    except ValueError:
        raise UnclearError(f"box={given['box']}") from None
    return west, south, east, north


def address_of(found: Filters) -> dict[str, str]:
    """Filters as an address has them, without those that are not set."""
    told = {field.name: getattr(found, field.name) for field in fields(found)}
    told["q"] = told.pop("text")
    told |= {name: "1" if told[name] else None for name in ("disputed", "published", "unplaced")}
    told["standing"] = None if told["standing"] == "event" else told["standing"]
    told["box"] = ",".join(map(str, told["box"])) if told["box"] else None
    return {name: str(value) for name, value in told.items() if value is not None}


def query_string(parts: Mapping[str, Any]) -> str:
    """Parts of an address in one and the same order."""
    kept = {name: value for name, value in parts.items() if value not in (None, "")}
    return f"?{urlencode(kept)}" if kept else ""
