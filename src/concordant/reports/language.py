"""Which language a text is in: named only where it is clear, and never guessed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = ("fr", "en")

# The languages news is written in where this program is used, and those that are taken for French or English.
# The model's small regional languages are left out: with all 140 a short English headline scores half as high.
_KNOWN = (
    "fr en es pt it de nl ca gl oc ro la af sv da no fi pl cs sk hu hr sl sr bg ru uk be el tr az hy ka "
    "ar fa ps ku ur he ha sw so am om rw ln mg yo ig zu xh sn lg ht pcm zh ja ko vi th id ms tl hi bn ta te ne my"
).split()

# Measured on real reports cut at 40 and 80 characters and in full, French and English. A text in French or English
# is named at an even chance, or when it leads twice over; another language, which means that the report goes unread,
# only when it is near certain and there is a sentence of it.
_ENOUGH = 0.5
_LEAD = 2.0
_FLOOR = 0.25
_CERTAIN = 0.9
_LETTERS = 12
_SENTENCE = 40
# The score is stable from some 150 characters on; more only costs time (0.4 ms for 2,000 characters).
_SAMPLE = 4000

# Words that a headline of one language has and one of another has not; those that several share ("la", "de", "in",
# "on", "des") are left out, and a word of a neighbour speaks against both.
_SHORT = 120
_WORD = re.compile(r"[^\W\d_]+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_OWN = {
    "fr": _words(
        "dans une par les aux été avec près selon après et ont sont est tué tués tuée tuées mort morts blessé blessés "
        "attaque enlevé enlevés armée soldats militaires civils"
    ),
    "en": _words(
        "the of by and with from after near at were killed kills kill killing dead injured wounded attack attacks "
        "attacked kidnapped gunmen soldiers army people"
    ),
}
_FOREIGN = _words(
    "del por con una um uma os dos das em na não il gli di della nel der und im den von mit het een op zijn og av "
    "och muertos mortos morti doden tote"
)

# The words that a language cannot do without, and those of its neighbours. Where a text is full of the one and empty of
# the other, its language is plain: so it is with 19 of 20 reports, at a twentieth of the model's time (2 ms), and in none
# of 1,600 real ones did the model say otherwise.
_OFTEN = {
    "fr": _words(
        "le les une des du et à au aux dans qui pour sur est il ils elle ont été avec son ses ce cette ces par ne pas "
        "plus sont leur après l d s n qu c selon ou mais"
    ),
    "en": _words(
        "the of and to was were is are that for with by at from it has have had been which this who not he his they "
        "their said after as on be an"
    ),
}
_ELSEWHERE = _words(
    "el los las del por con una o os da do não uma il di che della per non der die und das ist ein eine het een van "
    "dels amb i que em z ang ng ya wa att det och som"
)
_PLAIN_SAMPLE = 1500
_PLAIN_WORDS = 40
_PLAIN_OWN, _PLAIN_OTHER, _PLAIN_ELSEWHERE = 0.22, 0.06, 0.04


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where the text does not clearly show it."""
    plain = _plainly(text)
    if plain is not None:
        return plain
    best, score, second, letters = _ranked(text)
    if best in READ and letters >= _LETTERS and (score >= _ENOUGH or score >= max(_FLOOR, _LEAD * second)):
        return best
    if score >= _CERTAIN and letters >= _SENTENCE:
        return best
    return _by_words(text) if letters < _SHORT else None


def _plainly(text: str) -> str | None:
    """The language of a text that is full of its small words and has next to none of any other's."""
    words = _WORD.findall(text[:_PLAIN_SAMPLE].lower())
    if len(words) < _PLAIN_WORDS or sum(map(_ELSEWHERE.__contains__, words)) > _PLAIN_ELSEWHERE * len(words):
        return None
    shares = {language: sum(map(often.__contains__, words)) / len(words) for language, often in _OFTEN.items()}
    best = max(shares, key=shares.__getitem__)
    others = sum(share for language, share in shares.items() if language != best)
    return best if shares[best] >= _PLAIN_OWN and others <= _PLAIN_OTHER else None


def _by_words(text: str) -> str | None:
    """The language of a headline that has small words of one of the two languages that are read, and of no other."""
    words = set(_WORD.findall(text[:_SAMPLE].lower()))
    shown = [language for language, own in _OWN.items() if words & own]
    return shown[0] if len(shown) == 1 and not words & _FOREIGN else None


def contradicting_language(text: str, declared: str) -> str | None:
    """The language that the text is in beyond doubt where that is not the declared one, else None."""
    if _plainly(text) == declared:
        return None
    best, score, _, letters = _ranked(text)
    return best if best != declared and score >= _CERTAIN and letters >= 2 * _SENTENCE else None


def _ranked(text: str) -> tuple[str, float, float, int]:
    """The best language, its score, the score of the next, and the number of letters that they rest on."""
    sample = text[:_SAMPLE]
    (best, score), (_, second) = _identifier().rank(sample)[:2]
    return best, score, second, sum(map(str.isalpha, sample))


def declared_language(value: str | None) -> str | None:
    """The language code in what a page or row declares ("fr-FR", "en_GB", "FR", "français"), None where it is none."""
    code = (value or "").strip().lower().replace("_", "-").split("-")[0]
    code = _NAMES.get(code, code)
    return code if len(code) in (2, 3) and code.isascii() and code.isalpha() and code != "und" else None


_NAMES = {
    "fra": "fr", "fre": "fr", "french": "fr", "français": "fr", "francais": "fr",
    "eng": "en", "english": "en", "anglais": "en", "spa": "es", "spanish": "es", "ara": "ar", "arabic": "ar",
}  # fmt: skip


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid import langid

    identifier: Any = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(set(_KNOWN) & set(identifier.labels))
    return identifier
