"""Why a place's name is no event's place: it belongs to a speaker, a party, an outlet, an origin, a dateline."""

from __future__ import annotations

import re

from concordant.codebook import Codebook
from concordant.coding.placecontext import country_words
from concordant.coding.placegrammar import Setting, folded
from concordant.coding.placewords import PlaceWords
from concordant.places.keys import place_key
from concordant.reading.words import Reading, Span

_ACTS = re.compile(
    r"^ ?(?:,[^,.]{0,40},)? ?(?:a |avait |aurait |ne |n'|has |had |is |was |s'|se |l'|les |y )*"
    r"(?:accuse|dement|dit|dement|affirm|annonc|condamn|denonc|reproch|demand|appell|soutien|rejett|estim|refus|menac|"
    r"promet|exig|considere|assur|nie|reagi|souhait|decid|espere|promis|confirm|plaid|rompu|rappel|convoqu|reclam|"
    r"says|said|accus|denie|blam|condemn|claim|announc|call|urge|warn|want|reject|insist)"
)
_FOR = re.compile(
    r"(?:^|\s)(?:selon|accuse|accuses|accusent|pour|par|contre|avec|according to|by|against|envers|vis-a-vis de|entre)"
    r"(?: la| le| l'| les)? ?$"
)
# "transporté à l'hôpital de X", "mort de ses blessures à la clinique de X": where the hurt were taken.
_CARED_FOR = re.compile(
    r"(?:transport|evacu|transfer|admis|hospitalis|soign|pris en charge|succomb|deced|blessures|taken|rushed|treated|died)"
    r"[^.;]{0,50}(?:hopital|hopitaux|clinique|chu|hospitalier|antenne chirurgicale|hospital|clinic)[^.;,]{0,30}$"
)
# "l'État islamique en Irak et au Levant", "the Islamic State in the Greater Sahara": a group, wherever it is.
_NAMED_AFTER = re.compile(
    r"(?:(?:etat|emirat|organisation) islamique|islamic state|al-qaida|al-qaeda)"
    r"(?: (?:en|au|aux|dans|du|de|d'|in|of|and|et|le|la|les|l'|the|grand|greater|irak|iraq|syrie|syria|province))* ?$"
)
# Where a report was given out, a speech was held, a source sits: "radio reports broadcast in X", "told newsmen in X".
_GIVEN_OUT = re.compile(
    r"(?:(?<!were )(?<!was )(?<!been )(?<!be )\b(?:broadcast|published|televised|aired|said|stated|declared|told [a-z ]{2,30}|"
    r"disclosed|learned|added|commented|remarked|stressed|noted|pointed out|revealed|speaking|warned|claimed)"
    r"|\b(?:press|news) conference|\bspeech|\binterview|\bstatement|\bcommunique|\baddress|\bmeeting|\btalks?|\bsummit|"
    r"\bseminar|\bcongress|\bforum|\bnegotiations|\bdialogue(?: round)?|\bround of talks|\bmonitored|\bbased|\bstationed)"
    r"(?: (?:today|yesterday|here|tonight|earlier|late|early|recently|this (?:morning|afternoon|evening|week)|"
    r"on \w+(?: \d{1,2}(?: \w+)?)?|being held|held|that was held)){0,2},? (?:in|from)(?: the (?:city|town|capital)(?: of)?)?$"
)
_SITS = re.compile(
    r"\b(?:sources?|spokes\w+|correspondents?|reporters?|newsmen|journalists|embassy|diplomats?|consul\w*|charge d'affaires)"
    r" (?:of [a-z ]{2,30} )?(?:in|from|at)(?: the (?:city|town|capital)(?: of)?)?$"
)
_WINDOW = 90  # characters around a name in which its role shows
_AGENCIES = "afp|reuters|ap|apa|acan-efe|efe|xinhua|ansa|prensa latina|notimex|dpa|inter press|afp/reuters|aa|belga|ats"


def role_of(
    reading: Reading, name: Span, setting: Setting, sentence_start: int, *, words: PlaceWords, codebook: Codebook
) -> str:
    """ "event", or what the name is instead: dateline, outlet, speaker, origin, party, capital."""
    before = folded(reading.canvas)[max(sentence_start, setting.start - _WINDOW) : setting.start]
    full = folded(reading.canvas)[max(sentence_start, name.start - _WINDOW) : name.start]
    after = folded(reading.canvas)[name.end : name.end + _WINDOW]
    if _is_dateline(reading, name, after):
        return "dateline"
    if words.before_outlet.search(full):
        return "outlet"
    if reading.language == "en" and (_GIVEN_OUT.search(full.rstrip()) or _SITS.search(full.rstrip())):
        return "speaker"
    if _CARED_FOR.search(full):
        return "origin"
    if _NAMED_AFTER.search(full):
        return "party"
    if (
        setting.relation == "between"
        and place_key(reading.words(name)) in country_words(codebook, reading.language).names
    ):
        return "capital"  # "la guerre entre A et B": two governments
    if setting.locative and not (setting.event or setting.took):
        return "origin" if words.before_origin.search(before) and setting.prep in ("", "de", "du", "from") else "event"
    if setting.border:
        return "event"
    return _owner(full, setting, words) or _government(reading, name, full, after, setting=setting, codebook=codebook)


def _owner(full: str, setting: Setting, words: PlaceWords) -> str | None:
    """Whose name it is part of: one who comes from there, a speaker, a party."""
    if words.before_origin.search(full):
        return "origin"
    if setting.locative:
        return None
    if words.before_speaker.search(full):
        return "speaker"
    return "party" if words.before_party.search(full) else None


def _government(reading: Reading, name: Span, full: str, after: str, *, setting: Setting, codebook: Codebook) -> str:
    """ "capital" where a capital or a country stands for its government ("Kigali accuse"), else "event"."""
    key = place_key(reading.words(name))
    known = country_words(codebook, reading.language)
    governs = (key in known.capitals or key in known.names) and not setting.locative
    return "capital" if governs and (_ACTS.match(after) or _FOR.search(full)) else "event"


_WIRE = re.compile(rf"^[^.]{{0,40}}\((?:[^)]*\b)?(?:{_AGENCIES})\b[^)]*\)")
_DATED = re.compile(r"^ ?(?:,? ?\d{1,2} [a-z]{3,9}\.? ?\d{0,4}| ?-- | ?- |,? le \d)")


def _is_dateline(reading: Reading, name: Span, after: str) -> bool:
    """At the head of the text ("Bamako, le 3 mars", "san salvador, 3 jan 90 (acan-efe) --"), or under its last line."""
    head = reading.canvas[reading.text_start : name.start]
    if name.start >= reading.text_start and len(head.strip(" -\n(\"'")) <= 2:
        return bool(_WIRE.match(after) or _DATED.match(after)) or _signs(reading, name)
    return _signs(reading, name)


def _signs(reading: Reading, name: Span) -> bool:
    """A last short line like "Awa Traoré, à Bunia": where the reporter sits."""
    line_start = reading.canvas.rfind("\n", 0, name.start) + 1
    line_end = reading.canvas.find("\n", name.end)
    line = reading.canvas[line_start : line_end if line_end >= 0 else len(reading.canvas)].strip()
    last = reading.canvas[name.end :].strip(" .\n")
    return (
        line_start > reading.text_start
        and len(line) < 60
        and len(last) < 40
        and bool(re.match(r"^[A-ZÀ-Ý][\w.'-]+(?: [A-ZÀ-Ý/][\w.'-]+){0,4},? (?:à|depuis|in|en) ", line))
    )
