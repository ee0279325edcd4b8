"""Comparing two accounts part by part: each comparison names the level that they reach (levels.tsv)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapidfuzz.fuzz import ratio

from concordant.linking.accounts import Days, Sight, Spot, counts_of
from concordant.linking.tables import Tables
from concordant.linking.tolls import Figures
from concordant.places.geometry import distance_km


def days(a: Sight, b: Sight, tables: Tables) -> str:
    """How the days told, or the days of publication where none are told, go together."""
    if a.days and b.days:
        level = _two_spans(a.days, b.days, tables)
        if level in ("night", "near", "apart") and _grave(a, b, tables):
            return "grave"
        return (_own(a, b) if level in ("near", "apart", "far") else None) or level
    if a.days or b.days:
        dated, other = (a, b) if a.days else (b, a)
        return _one_span(dated.days or Days(0, 0), other, tables)
    if a.published is None or b.published is None:
        return "unknown"
    between = abs(a.published - b.published)
    if between <= tables.limit("together_days"):
        return "together"
    return "asunder" if between > tables.limit("asunder_days") else "weeks"


def _two_spans(a: Days, b: Days, tables: Tables) -> str:
    gap = a.gap(b)
    if gap == 0:
        longest = max(a.end - a.start, b.end - b.start)
        return "same" if a.exact and b.exact else "inside" if longest <= 10 else "month" if longest <= 31 else "loose"
    if gap == 1:
        return "next" if a.end == a.start and b.end == b.start else "night" if a.exact and b.exact else "next"
    if gap <= tables.limit("near_days"):
        return "near"
    return "apart" if gap <= tables.limit("apart_days") else "far"


def _own(a: Sight, b: Sight) -> str | None:
    """Whether the later of two days is only that of its report."""
    later = b if a.days and b.days and a.days.end < b.days.start else a
    return None if not later.own_day else "own_recalled" if later.recalled else "own"


def _grave(a: Sight, b: Sight, tables: Tables) -> bool:
    """Whether both tell of so many dead that the same would hardly happen twice within days."""
    tolls = [s.figures["killed"].total or 0 for s in (a, b) if "killed" in s.figures]
    return len(tolls) == 2 and min(tolls) >= tables.limit("grave")


def _one_span(told: Days, other: Sight, tables: Tables) -> str:
    if other.published is None:
        return "unknown"
    after = other.published - told.end
    if other.published < told.start:
        return "eve" if other.published == told.start - 1 else "early"
    if after <= tables.limit("fresh_days"):
        return "fresh"
    if after <= tables.limit("recent_days"):
        return "recent"
    if after <= tables.limit("stale_days"):
        return "late"
    return "stale" if other.account.event.get("role") == "main" else "recalled"


def place(a: Sight, b: Sight, tables: Tables) -> str:
    """How the places go together: by name, by the map and by the divisions that they lie in."""
    if a.spot is None or b.spot is None:
        other, spot = (a, b.spot) if b.spot else (b, a.spot)
        return "told" if spot and not spot.area and spot.key in other.names else "unknown"
    if a.spot.area or b.spot.area:
        return areas(a.spot, b.spot)
    if spelt_alike(a.spot, b.spot, tables):
        named = _one_name(a.spot, b.spot, tables)
        if named:
            return "city" if named == "same" and _city(a.spot, tables) else named
    if b.spot.key in a.names or a.spot.key in b.names:
        return "reach" if not _abroad(a.spot, b.spot) else "namesake"
    return _two_places(a.spot, b.spot, tables)


def spelt_alike(a: Spot, b: Spot, tables: Tables) -> bool:
    """Whether two names are one name in two spellings, or one holds the other ("Ogossagou-Peul")."""
    if a.key == b.key or (a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id):
        return True
    short, long = sorted((a.key, b.key), key=len)
    if len(short) < 5:
        return len(short) == 4 and a.skeleton == b.skeleton
    return a.skeleton == b.skeleton or long.startswith(short) or ratio(a.key, b.key) >= tables.limit("names_alike")


def _one_name(a: Spot, b: Spot, tables: Tables) -> str | None:
    """How places of one name go together; None for names that are only alike and lie in two places."""
    exact = a.key == b.key or (a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id)
    if a.point and b.point and a.gazetteer_id != b.gazetteer_id:
        if distance_km(*a.point, *b.point) > tables.limit("namesake_km"):
            return "namesake" if exact else None
        return "same" if exact else None
    if exact:
        return "same"
    return None if _abroad(a, b) or (a.admin1 and b.admin1 and a.admin1 != b.admin1) else "alike"


def _city(spot: Spot, tables: Tables) -> bool:
    return spot.gazetteer_id in tables.cities or (spot.gazetteer_id is None and spot.key in tables.cities)


def _abroad(a: Spot, b: Spot) -> bool:
    return a.country is not None and b.country is not None and a.country != b.country


def areas(a: Spot, b: Spot) -> str:
    """How two places go together of which one at least is an area."""
    if _abroad(a, b):
        return "abroad"
    divisions = [{s.admin1, s.key} - {None} for s in (a, b)]
    if divisions[0] & divisions[1]:
        return "area" if a.area and b.area else "within"
    if a.area and b.area and a.admin1 and b.admin1:
        return "apart"
    if a.point and b.point:
        return _on_map(a, b)
    return "country" if a.country and a.country == b.country else "unknown"


def _on_map(a: Spot, b: Spot) -> str:
    apart = distance_km(*(a.point or (0, 0)), *(b.point or (0, 0)))
    if apart <= max(a.radius_km, b.radius_km):
        return "country" if max(a.radius_km, b.radius_km) > 200 else "within"
    return "country" if a.country and a.country == b.country and apart < a.radius_km + b.radius_km else "apart"


def _two_places(a: Spot, b: Spot, tables: Tables) -> str:
    if a.point and b.point:
        apart = distance_km(*a.point, *b.point)
        if apart <= max(a.radius_km, b.radius_km):
            return "reach"
        if apart <= tables.limit("beside_km"):
            return "beside"
        return "apart" if apart <= tables.limit("apart_km") else "far"
    if _abroad(a, b):
        return "abroad"
    return "apart" if a.admin1 and b.admin1 and a.admin1 != b.admin1 else "beside"


def kind(a: Sight, b: Sight, tables: Tables) -> str:
    """How the kinds go together."""
    if a.kind == b.kind:
        return "same"
    one, other = tables.family.get(a.kind), tables.family.get(b.kind)
    if one is not None and one == other:
        return "family"
    return "open" if other in tables.open.get(a.kind, ()) or one in tables.open.get(b.kind, ()) else "other"


def actors(a: Sight, b: Sight, tables: Tables) -> str:
    """How the named actors go together."""
    if not a.actors or not b.actors:
        return "unknown"
    if a.actors & b.actors:
        return "same"
    ids = [{actor for _, actor in s.actors} for s in (a, b)]
    if ids[0] & ids[1]:
        return "present"
    return "other" if {role for role, _ in a.actors} & {role for role, _ in b.actors} else "unknown"


def sides(a: Sight, b: Sight, tables: Tables) -> str:
    """How the types of the parties go together, role by role; an unidentified party fits any."""
    fit, met = 0, 0
    for role in a.sides.keys() & b.sides.keys():
        met += 1
        fit += bool(a.sides[role] & b.sides[role])
    if not met:
        return "unknown"
    return "other" if fit == 0 else "same" if fit == met else "some"


def killed(a: Sight, b: Sight, tables: Tables) -> str:
    """How the numbers of the killed go together; a toll may grow from the earlier account to the later."""
    one, other = a.figures.get("killed"), b.figures.get("killed")
    if one is None or other is None or one.total is None or other.total is None:
        return "silent" if (one and _hurt_alone(b, one)) or (other and _hurt_alone(a, other)) else "unknown"
    if one.total == other.total:
        many, few = tables.limit("many"), tables.limit("few")
        return "same_many" if one.total >= many else "same_few" if one.total <= few else "same"
    if one.sides and other.sides and not one.sides & other.sides:
        return "rival"
    if _told_by_both(one, other, tables):
        return "told"
    earlier, later = (one, other) if (a.published or 0) <= (b.published or 0) else (other, one)
    return _two_tolls(earlier.total or 0, later.total or 0, tables)


def _hurt_alone(silent: Sight, other: Figures) -> bool:
    """Whether news tells of the wounded by number and of no dead, where another tells of dead."""
    hurt = silent.figures.get("wounded")
    news = silent.account.event.get("role") == "main" and "killed" not in silent.figures
    return news and hurt is not None and bool(hurt.total) and bool(other.total)


def _told_by_both(one: Figures, other: Figures, tables: Tables) -> bool:
    return any(n > tables.limit("few") for n in one.told & other.told)


def _two_tolls(earlier: int, later: int, tables: Tables) -> str:
    if close(earlier, later, tables):
        return "grown" if earlier < later else "close"
    if 0 < earlier < later <= earlier * tables.limit("grown"):
        return "grown"
    low, high = sorted((earlier, later))
    return "other" if high > low * tables.limit("far_times") and high - low >= tables.limit("many") else "apart"


def close(one: int, other: int, tables: Tables) -> bool:
    """Whether two figures can be one counted twice."""
    low, high = sorted((one, other))
    return high <= low * tables.limit("close") or (low > 0 and high - low <= tables.limit("slack"))


def harmed(a: Sight, b: Sight, tables: Tables) -> str:
    """How the numbers of the wounded, abducted, arrested and missing go together: the best fit of any."""
    found = "unknown"
    for outcome in ("wounded", "abducted", "arrested", "missing", "released"):
        one, other = (s.figures.get(outcome) for s in (a, b))
        if one is None or other is None or one.total is None or other.total is None:
            continue
        if one.total == other.total and one.total > 1:
            return "same"
        found = "close" if found == "close" or close(one.total, other.total, tables) else "apart"
    return found


def words(a: Sight, b: Sight, tables: Tables) -> str:
    """How many rare words two accounts share; full names count for themselves."""
    shared = counts_of(a.words & b.words)
    if shared[0] >= tables.limit("names_least"):
        return "names"
    least = min(_weight(a.counts, tables), _weight(b.counts, tables))
    if least < tables.limit("words_least"):
        return "unknown"
    share = _weight(shared, tables) / least
    for level in ("many", "some", "few"):
        if share >= tables.limit(f"words_{level}"):
            return level
    if min(a.counts[0], b.counts[0]) >= tables.limit("names_least"):
        return "others"
    return "none" if a.account.language == b.account.language else "unknown"


def _weight(counts: tuple[int, int, int], tables: Tables) -> float:
    full, capital, plain = counts
    return (
        full * tables.limit("name_weight")
        + capital * tables.limit("capital_weight")
        + plain * tables.limit("plain_weight")
    )


def origin(a: Sight, b: Sight, tables: Tables) -> str:
    """Whether two accounts come from one dispatch."""
    return "copy" if a.account.origin == b.account.origin and a.account.report_id != b.account.report_id else "own"


COMPARISONS: Mapping[str, Callable[[Sight, Sight, Tables], str]] = {
    "days": days, "place": place, "kind": kind, "actors": actors, "sides": sides, "killed": killed,
    "harmed": harmed, "words": words, "origin": origin,
}  # fmt: skip
