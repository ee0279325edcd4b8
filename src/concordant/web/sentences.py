"""An event in one sentence and its values in words, made from the values alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from concordant.record.reviewed import disputed
from concordant.record.telling import MARKED
from concordant.web.words import Words, catalogue

_BOUNDS = ("best", "low", "high")
_TOLD = ("killed", "wounded")


def sentence(words: Words, values: Mapping[str, Any]) -> str:
    """What happened, where, when, by whom, against whom, with what toll."""
    kind = words.name("kind", values.get("kind"))
    parts = [" ".join([kind, where(words, values.get("place")), when(words, values.get("date"))])]
    parts += _parties(words, values.get("parties") or (), str(values.get("kind")))
    told = [t for outcome in _outcomes(values) if (t := toll(words, values, outcome))]
    end = words("say.toll", toll=words.listed(told)) if told else words("say.toll.none")
    if values.get("claimed_by"):
        parts.append(words("say.claimed", name=named(values["claimed_by"])))
    closing = ([words("say.disputed")] if disputed(values) else []) + ([words("say.unconfirmed")] if values.get("hedged") else [])
    semicolon = "\u00a0; " if words.language == "fr" else "; "
    return f"{semicolon.join([', '.join(parts), end, *closing])}."


def public(words: Words, values: Mapping[str, Any]) -> str:
    """The sentence of an event's public form, in which who is no group of the register goes by a side alone."""
    sides = ({**p, "name": p["name"] if p.get("actor_id") else _capital(words.name("side", p["type"]))} for p in values.get("parties") or ())
    place = dict(values.get("place") or {})
    if place.get("name") and place["name"] == place.get("country"):
        place["name"] = words.country(place["country"])
    return sentence(words, {**values, "parties": list(sides), "place": place})


def _capital(text: str) -> str:
    """Words as a name, that they are not taken for a quotation."""
    return text[:1].upper() + text[1:]


def named(value: Any) -> str:
    """The name in a value that may be a name or carry one."""
    return str(value.get("name") or "") if isinstance(value, Mapping) else str(value or "")


def where(words: Words, place: Mapping[str, Any] | None) -> str:
    if not place or not place.get("name"):
        return words("say.noplace")
    around = [place.get("admin1"), words.country(place.get("country")) if place.get("country") else None]
    more = [p for p in around if p and p != place["name"]]
    full = f"{place['name']} ({', '.join(more)})" if more else str(place["name"])
    if place.get("ends"):
        return between(words, place) + (f" ({', '.join(map(str, more))})" if more else "")
    relation = place.get("relation") if place.get("relation") in ("near", "within") else "at"
    return _elided(words, words(f"say.place.{relation}", place=full), full)


def between(words: Words, place: Mapping[str, Any]) -> str:
    """The two ends of a corridor in words."""
    one, other = (str(end["name"]) for end in place["ends"])
    return words("say.place.between", one=one, other=other)


def _elided(words: Words, said: str, name: str) -> str:
    """French "de" before a vowel: près d'Aguelor."""
    vowel = unicodedata.normalize("NFD", name[:1]).casefold()[:1] in tuple("aeiouy")
    return said.replace(f"de {name}", f"d'{name}") if words.language == "fr" and vowel else said


def when(words: Words, told: Mapping[str, Any] | None) -> str:
    """The day or span of an event, in a sentence."""
    if not told or not told.get("start"):
        return words("say.undated")
    start, end = str(told["start"]), str(told.get("end") or told["start"])
    if told.get("precision") == "year":
        return words("say.year", year=start[:4])
    if told.get("precision") == "month":
        return words("say.month", month=words.day(start[:7]))
    if start == end:
        return words("say.day", day=words.day(start))
    return words("say.days", first=words.day(start), last=words.day(end))


def days(words: Words, told: Mapping[str, Any] | None) -> str:
    """The day or span of an event, for a table."""
    if not told or not told.get("start"):
        return words("events.undated")
    start, end = str(told["start"]), str(told.get("end") or told["start"])
    if told.get("precision") in ("month", "year"):
        return words.day(start[: 7 if told["precision"] == "month" else 4])
    return words.day(start, "short") if start == end else f"{words.day(start, 'short')} – {words.day(end, 'short')}"


def _parties(words: Words, parties: Iterable[Mapping[str, Any]], kind: str) -> list[str]:
    by_role: dict[str, list[Mapping[str, Any]]] = {}
    for party in parties:
        by_role.setdefault(str(party["role"]), []).append(party)
    said = []
    if doers := by_role.get("perpetrator"):
        key = "say.by.presumed" if any(p.get("presumed") for p in doers) else "say.by"
        said.append(words(key, names=words.listed([_called(words, p) for p in doers])))
    for role, key in (("target", "say.against.release" if kind == "release" else "say.against"), ("participant", "say.between")):
        if found := by_role.get(role):
            names = [_called(words, p) for p in found]
            said.append(words(key, names=words.listed(names)) if role == "target" or len(names) > 1 else names[0])
    return said


def _called(words: Words, party: Mapping[str, Any]) -> str:
    """A party in a sentence: a name as it is, any other words as a quotation of the report."""
    name = str(party["name"])
    return name if name[:1].isupper() or not name else quoted(words, name)


def _outcomes(values: Mapping[str, Any]) -> list[str]:
    rows = values.get("casualties") or ()
    return sorted(dict.fromkeys(str(row["outcome"]) for row in rows if not row.get("rival")), key=outcome_order)


def outcome_order(outcome: str) -> int:
    """The dead before the wounded, the wounded before all others, which stay as they were told."""
    return _TOLD.index(outcome) if outcome in _TOLD else len(_TOLD)


def toll(words: Words, values: Mapping[str, Any], outcome: str) -> str:
    """The toll of one outcome over all sides, in words."""
    rows = [r for r in values.get("casualties") or () if r["outcome"] == outcome and not r.get("rival")]
    figures = [next((r[b] for b in _BOUNDS if r.get(b) is not None), None) for r in rows]
    told = [n for n in figures if n is not None]
    if not told:
        return words(f"say.{outcome}.some") if outcome in _TOLD and rows else ""
    total = sum(told)
    if total == 0:
        return words("say.killed.0") if outcome == "killed" else ""
    counted = words(f"say.{outcome}", n=total) if outcome in _TOLD else f"{words.number(total)} {words.name('outcome', outcome)}"
    return f"{words('say.atleast')} {counted}" if any(r.get("high") is None for r in rows) or None in figures else counted


def figure(words: Words, row: Mapping[str, Any] | None) -> str:
    """A count in short: 5, 3 to 5, at least 5, some."""
    if row is None:
        return ""
    low, best, high = (row.get(bound) for bound in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return words("figure.none") if row.get("state") == "none" else words("figure.some")
    if low == best == high and best is not None:
        return words.number(best)
    return _bounded(words, low, best, high)


def _bounded(words: Words, low: int | None, best: int | None, high: int | None) -> str:
    if high is None:
        return words("figure.atleast", n=words.number(low if best is None or low is not None else best))  # type: ignore[arg-type]
    if low is None:
        return words("figure.atmost", n=words.number(high))
    spread = {"low": words.number(low), "high": words.number(high)}
    return words("figure.range", **spread) if best is None else words("figure.between", best=words.number(best), **spread)


def toll_of(words: Words, values: Mapping[str, Any], outcome: str) -> str:
    """The cell of a table: the total of an outcome, or nothing where no report tells of any."""
    rows = [r for r in values.get("casualties") or () if r["outcome"] == outcome and not r.get("rival")]
    if not rows:
        return ""
    summed: dict[str, Any] = {"state": rows[0].get("state")}
    for bound in _BOUNDS:
        cells = [r.get(bound) for r in rows]
        summed[bound] = None if None in cells else sum(c for c in cells if c is not None)
    if summed["low"] is None and len(rows) > 1:
        told = [next((r[b] for b in _BOUNDS if r.get(b) is not None), 0) for r in rows]
        summed |= {"low": sum(told) or None, "best": None, "high": None}
    return figure(words, summed)


def said(words: Words, field: str, value: Any) -> str:
    """A value of one field in words."""
    if value is None or value in ("", []):
        return "–"
    if field == "casualties" and isinstance(value, Mapping):
        return f"{figure(words, value)} {words.name('outcome', value['outcome'])}, {words.name('side', value['victims'])}"
    if field == "parties" and isinstance(value, Mapping):
        return f"{value['name']} ({words.name('partyrole', value['role'])}, {words.name('side', value.get('type'))})"
    if field == "date" and isinstance(value, Mapping):
        return days(words, value)
    if field == "place" and isinstance(value, Mapping):
        name = between(words, value) if value.get("ends") else value.get("name")
        return ", ".join(str(p) for p in (name, value.get("admin1"), words.country(value.get("country"))) if p)
    if field in ("kind", "means", "standing", "role"):
        return ", ".join(words.name(field, v) for v in value) if isinstance(value, list) else words.name(field, value)
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("start") or figure(words, value))
    if isinstance(value, list | tuple):
        return ", ".join(said(words, "casualties" if isinstance(one, Mapping) and "outcome" in one else "", one) for one in value)
    return str(value)


def quoted(words: Words, text: str) -> str:
    """Words of a report between the marks of the reader's language."""
    return f"«\u00a0{text}\u00a0»" if words.language == "fr" else f"\u201c{text}\u201d"


def log_field(words: Words, name: str) -> str:
    """The name of a field of the log: casualties.killed.civilians in words."""
    _, outcome, side, *_ = (*name.split("."), "", "")
    return ", ".join(filter(None, (words.name("outcome", outcome), words.name("side", side) if side else "")))


def log_name(words: Words, name: str) -> str:
    """The name of any field of the log or of a ruling."""
    if name.startswith(MARKED):
        return words("mark.words", field=log_name(words, name.removeprefix(MARKED)))
    if name.startswith("casualties."):
        return log_field(words, name)
    whole, _, role = name.partition(".")
    return words.name("field", name if f"field.{name}" in catalogue() or not role else whole)


def link_words(words: Words, link: Mapping[str, Any]) -> str:
    """Why two accounts were brought together, in the reader's language; the record keeps the English sayings."""
    said = _link_sayings()
    told = [str(one).rpartition(" (") for one in link.get("words") or ()]
    return "; ".join(f"{said.get(saying, {}).get(words.language, saying)} ({weight}" for saying, _, weight in told)


@lru_cache(maxsize=1)
def _link_sayings() -> Mapping[str, Mapping[str, str]]:
    from concordant.linking.tables import Tables

    return {level.words["en"]: level.words for level in Tables.of().levels.values()}
