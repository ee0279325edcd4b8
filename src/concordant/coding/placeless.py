"""Happenings told without a place: the country that a careful reader knows, with the word that tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concordant.codebook import Codebook
from concordant.coding.frames import Frame
from concordant.coding.mentions import Candidate, PlaceMention
from concordant.coding.placecontext import (
    CountryWords,
    Signal,
    country_context,
    country_signals,
    country_words,
    home_of,
)
from concordant.places.gazetteer import Gazetteer
from concordant.places.keys import place_key
from concordant.reading.words import Reading

# The country's share of the whole report, against the words of the happening's own sentences (each as much as it is
# worth in the report's context, together 1 at most). Below the bar nothing is said: two countries share the report. Of 24
# happenings without a place in the gold this gives 21 the right country and none to the rest but France, which a
# report on its own soldiers and jihadists abroad names more often than the country where they are: hence the higher
# bar where the happening's own words name none.
_SHARE, _OWN, _BAR, _BAR_SILENT = 1.0, 1.0, 0.55, 0.7


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries that a report speaks of, by share and by the words that tell them."""

    reading: Reading
    shares: Mapping[str, float]
    signals: tuple[Signal, ...]
    words: CountryWords
    gazetteer: Gazetteer

    @classmethod
    def of(cls, reading: Reading, outlet: str | None, codebook: Codebook, gazetteer: Gazetteer) -> Countries:
        shares = country_context(reading, codebook, gazetteer, home_of(outlet, codebook))
        signals = country_signals(reading, codebook, gazetteer)
        return cls(reading, shares, signals, country_words(codebook, reading.language), gazetteer)

    def around(self, frames: Sequence[Frame]) -> PlaceMention | None:
        """The country of a happening as its place, None where the report leaves it open."""
        scores = {code: _SHARE * share for code, share in self.shares.items()}
        own: dict[str, float] = defaultdict(float)
        for signal in self.signals:
            if any(frame.covers(signal.span) for frame in frames):
                own[signal.country] += signal.weight
        whole = max(1.0, sum(own.values()))
        for code, weight in own.items():
            scores[code] = scores.get(code, 0.0) + _OWN * weight / whole
        best = max(scores, key=lambda code: (scores[code], code), default=None)
        if best is None or scores[best] < (_BAR if own else _BAR_SILENT):
            return None
        return self._mention(best, frames)

    def _mention(self, code: str, frames: Sequence[Frame]) -> PlaceMention | None:
        """The country as a place: by its name nearest to the happening, else by the nearest word that tells it."""
        at = frames[0].span.start
        told = [signal.span for signal in self.signals if signal.country == code]
        named = [span for span in told if place_key(self.reading.words(span)) in self.words.names]
        nearest = min(named or told, key=lambda span: (abs(span.start - at), span.start), default=None)
        entry = self.gazetteer.country(code)
        if nearest is None or entry is None:
            return None
        language = self.reading.language
        chosen = Candidate(
            entry.ident, self.gazetteer.name_in(entry, language), "country", code, None, None, entry.latitude,
            entry.longitude, round(self.shares.get(code, 0.0), 3),
        )  # fmt: skip
        name = self.reading.words(nearest) if named else chosen.name
        return PlaceMention(
            nearest, name, "within", "country", chosen, (chosen,), code, None, None, nearest, False, "country"
        )
