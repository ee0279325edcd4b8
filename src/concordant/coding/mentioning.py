"""Reading everything off a report: one call to each of the coder's modules, in the order in which they need each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concordant.codebook import Codebook
from concordant.coding.dates import find_dates
from concordant.coding.frames import Mentions
from concordant.coding.means import find_means
from concordant.coding.mentions import PlaceMention
from concordant.coding.mood import find_moods
from concordant.coding.parties import find_parties
from concordant.coding.placecontext import country_context, home_of
from concordant.coding.places import find_places
from concordant.coding.quantities import find_quantities
from concordant.coding.sources import find_sources
from concordant.coding.tolls import find_tolls
from concordant.coding.triggers import find_triggers
from concordant.places.gazetteer import Gazetteer
from concordant.reading import Reading, Span
from concordant.reading.boilerplate import find_boilerplate


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a report's surroundings the reading of it needs."""

    published: date | None
    outlet: str | None
    exact: bool = True  # False where `published` is only the last day of the month or year of publication
    first: date | None = None  # the first day of that month or year


def read_off(reading: Reading, sight: Sight, *, codebook: Codebook, gazetteer: Gazetteer) -> Mentions:
    """All mentions in a reading."""
    home = home_of(sight.outlet, codebook)
    places = tuple(
        place
        for place in find_places(
            reading, published=sight.published, outlet_country=home, codebook=codebook, gazetteer=gazetteer
        )
        if not _no_name(reading, place)
    )
    country = next(iter(country_context(reading, codebook, gazetteer, home)), None)
    parties = find_parties(reading, codebook=codebook, country=country, published=sight.published)
    quantities = find_quantities(reading, codebook=codebook)
    return Mentions(
        triggers=find_triggers(reading, codebook=codebook),
        dates=find_dates(
            reading, published=sight.published, codebook=codebook, exact=sight.exact, first=sight.first
        ),
        places=places,
        parties=parties,
        tolls=find_tolls(reading, quantities, [p for p in parties if not p.metonym], codebook=codebook),
        sources=find_sources(reading, outlet=sight.outlet, codebook=codebook),
        moods=find_moods(reading, codebook=codebook),
        means=find_means(reading, codebook=codebook),
        boilerplate=tuple(Span(a, b) for a, b, *_ in find_boilerplate(reading.canvas, reading.language)),
    )


def _no_name(reading: Reading, place: PlaceMention) -> bool:
    """Whether the words are no place's name here: "un Suisse" is a person, "Près" begins a sentence."""
    first, last = reading.range_of(place.span)
    before = reading.tokens[first - 1] if first else None
    person = before is not None and place.level == "country" and (before.fold in ("un", "une") or before.pos == "NUM")
    opener = last - first == 1 and reading.tokens[first].pos in ("ADP", "ADV", "DET", "PRON", "CCONJ", "SCONJ", "VERB")
    return person or (opener and not reading.lower_cased)
