"""Coverage of a made world: who reports what, when, in which language, copied from whom, with which toll."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from made_world import Happening, Place, World

OUTLETS = {
    "fr": ("Le Fleuve", "Radio Dunes", "Sahel Matin", "L'Écho du Plateau", "Kanuya Info", "La Dépêche du Delta"),
    "en": ("Savanna Post", "The Herald of Kora", "Dunes Daily", "Plateau Monitor"),
}
AGENCIES = {"fr": "Agence Harmattan", "en": "Monsoon Wire"}


@dataclass(frozen=True)
class Mention:
    """What a report tells of one happening: the toll that it gives, and how well it knows the rest."""

    happening: Happening
    killed: int | None
    main: bool
    at_least: bool = False
    army_view: bool = False
    month_only: bool = False


@dataclass(frozen=True)
class Piece:
    """One report: its mentions, or, for a round-up, the happenings that it adds up."""

    id: str
    language: str
    outlet: str
    published: date
    hour: int
    mentions: tuple[Mention, ...]
    agency: str | None = None
    copy_of: str | None = None  # the id of the dispatch that it carries
    update: bool = False
    summed: tuple[Happening, ...] = field(default=())
    area: Place | None = None

    @property
    def time(self) -> str:
        return f"{self.published.isoformat()}T{self.hour:02d}:00:00"


def cover(world: World, seed: int = 11, late: float = 0.0) -> tuple[Piece, ...]:
    """All reports on a world, in the order of publication; `late` is the share of happenings that are told again weeks after."""
    drawn = Random(seed)
    pieces = [p for h in world.happenings for p in _coverage(drawn, h)]
    pieces += [p for h in world.happenings for p in _told_again(Random(f"{seed} late {h.id}"), h, late)]
    pieces = [_recalling(drawn, p, world) for p in pieces]
    pieces += _round_ups(drawn, world)
    return tuple(sorted(pieces, key=lambda p: (p.time, p.id)))


def _coverage(drawn: Random, happening: Happening) -> Iterator[Piece]:
    """First reports with early tolls, an agency's dispatch and its copies, follow-ups with later tolls."""
    number = 0
    for lag in range(len(happening.tolls)):
        last = lag == len(happening.tolls) - 1
        reports = drawn.choice((1, 2, 3, 5)) if last or lag == 0 else drawn.choice((0, 1, 2))
        for _ in range(reports):
            delay = drawn.choice((0, 0, 1)) if last else 0
            made = _piece(drawn, happening, f"h{happening.id}r{number}", lag + 1 + delay, lag, update=lag > 0)
            number += 1
            yield made
            if made.agency:
                for copy in range(drawn.choice((0, 1, 2, 4))):
                    yield _copy(drawn, made, copy)


def _piece(drawn: Random, happening: Happening, name: str, after: int, lag: int, *, update: bool) -> Piece:
    language = "fr" if drawn.random() < 0.65 else "en"
    agency = AGENCIES[language] if drawn.random() < 0.3 else None
    mention = Mention(
        happening, happening.tolls[lag] if happening.tolls[lag] else None, main=True, at_least=lag == 0 and drawn.random() < 0.3,
        army_view=happening.rival is not None and drawn.random() < 0.25,
    )  # fmt: skip
    return Piece(
        name, language, agency or drawn.choice(OUTLETS[language]), happening.day + timedelta(after), drawn.randrange(6, 23),
        (mention,), agency, update=update,
    )  # fmt: skip


def _told_again(drawn: Random, happening: Happening, share: float) -> Iterator[Piece]:
    """News of what came of a happening (an arrest, a trial, a year's mind), which gives its toll as known in the end."""
    for number in range(drawn.choice((1, 1, 2)) if drawn.random() < share else 0):
        last = len(happening.tolls) - 1
        yield _piece(drawn, happening, f"h{happening.id}l{number}", drawn.randrange(10, 60), last, update=False)


def _copy(drawn: Random, piece: Piece, number: int) -> Piece:
    later = min(23, piece.hour + drawn.randrange(1, 8))
    return Piece(
        f"{piece.id}c{number}", piece.language, drawn.choice(OUTLETS[piece.language]), piece.published, later, piece.mentions,
        piece.agency, copy_of=piece.id, update=piece.update,
    )  # fmt: skip


def _recalling(drawn: Random, piece: Piece, world: World) -> Piece:
    """One report in eight recalls an earlier happening of the same country, with the toll known in the end."""
    told = piece.mentions[0].happening
    past = [
        h
        for h in world.happenings
        if h.place.country == told.place.country and (piece.published - h.day).days > 9 and h.killed >= 5
    ]
    if piece.copy_of or not past or drawn.random() > 0.125:
        return piece
    recalled = drawn.choice(past)
    mention = Mention(recalled, recalled.killed, main=False, month_only=drawn.random() < 0.4)
    return Piece(
        piece.id, piece.language, piece.outlet, piece.published, piece.hour, (*piece.mentions, mention), piece.agency,
        update=piece.update,
    )  # fmt: skip


def _round_ups(drawn: Random, world: World) -> Iterator[Piece]:
    """For some weeks and divisions with two happenings or more: one report that adds up their dead."""
    weeks: dict[tuple[str, int], list[Happening]] = {}
    for happening in world.happenings:
        if happening.killed:
            weeks.setdefault((happening.place.admin1, happening.day.toordinal() // 7), []).append(happening)
    for (area, week), found in sorted(weeks.items(), key=lambda kv: kv[0]):
        if len(found) >= 2 and drawn.random() < 0.5:
            language = drawn.choice(("fr", "en"))
            end = date.fromordinal(week * 7 + 6)
            yield Piece(
                f"sum-{area}-{week}", language, drawn.choice(OUTLETS[language]), end + timedelta(1), 9, (), summed=tuple(found),
                area=found[0].place,
            )  # fmt: skip


def truth(pieces: Sequence[Piece]) -> dict[str, int | str]:
    """What each mention ("PIECE/0", …) tells of: the id of its happening, or the round-up itself."""
    told: dict[str, int | str] = {}
    for piece in pieces:
        for number, mention in enumerate(piece.mentions):
            told[f"{piece.id}/{number}"] = mention.happening.id
        if piece.summed:
            told[f"{piece.id}/0"] = piece.id
    return told
