"""Boilerplate: words on a canvas that are the site's and not the report's ("Lire aussi …", bylines, "Partager").

Only what is clearly none of the report's words is marked: a marked stretch is not read for events, and losing an
event is worse than reading a byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Stretch = tuple[int, int, str]

# Whole lines. Each alternative must fill its line.
_LINES = (
    ("a share button", r"(?:(?:partager?|partagez|share|tweeter|tweet|imprimer|print|whatsapp|facebook|twitter|telegram|linkedin|e-?mail|"
     r"copier le lien|sur|on|via|par|cet article|this(?: article| page)?|with|avec|et|and|vos amis|friends)[ ,:|/]*)+"),
    ("a subscription", r"(?:abonnez|inscrivez|connectez|rejoignez|suivez)[- ](?:vous|nous)\b.{0,160}|(?:sign up|subscribe)\b.{0,140}|"
     r".{0,60}\bnewsletters?\b.{0,80}|(?:téléchargez|download) (?:notre|our) .{0,80}|"
     r"(?:cet article|la suite|l'article complet) est réservée? aux abonnés.{0,60}"),
    ("a copyright note", r"(?:©|copyright|\(c\)|tous droits réservés|all rights reserved).{0,140}|.{0,60}(?:tous droits réservés|all rights reserved)\.?"),
    ("a picture's credit", r"(?:crédits?(?: photos?)?|photos?(?: credit)?|image(?: credit)?|légende|photo d'illustration|illustration)"
     r" ?[:©/].{0,120}|©.{0,100}|image source,?.{0,80}|image caption,?.{0,200}"),
    ("a time of publication", r"(?:publié|posté|mis à jour|modifié|mise en ligne|published|updated|posted)e?s? ?:? ?(?:le|on|il y a|at)? ?[^.!?]{0,20}"
     r"\d[^.!?]{0,60}|(?:temps de )?lecture ?:? ?\d+ ?min.{0,12}|\d+ min(?:ute)?s? (?:de lecture|read)"),
    ("a byline", r"(?:par|by|propos recueillis par|de notre correspondant.{0,20}) ?:? (?:la rédaction|[A-ZÀ-Ý][\w'.-]*(?: [A-ZÀ-Ý][\w'.-]*){0,4})(?:,? (?:avec|with) .{0,30})?|"
     r"(?:[Aa]vec|[Ww]ith) (?:l')?(?:AFP|Reuters|AP|agences|agencies)(?: et .{0,20})?|la rédaction|source ?: ?[^.!?]{0,60}"),
    ("a call to readers", r"(?:laisser un commentaire|\d+ (?:commentaires?|comments?)|commentaires?|comments?|réagissez.{0,60}|votre avis.{0,60})\s?:?|"
     r"(?:why not )?(?:follow|find|like) (?:us|bbc|\w+ on)\b.{0,200}|.{0,120}\b(?:story ideas|story suggestion)\b.{0,100}|suivez[- ].{0,120}"),
    ("a note on cookies", r".{0,80}\bcookies\b.{0,160}"),
    ("tags", r"(?:#[\w-]+[ ,]*)+|(?:tags?|mots[- ]clés|étiquettes|topics)\b ?:.{0,160}"),
    ("an address", r"(?:https?://|www\.)\S+(?: ;.{0,60})?"),
    ("an advertisement", r"(?:la suite après cette )?publicité|advertisement|fermer la publicité"),
    ("a link to another report", r"(?:→|>+|\W*)? ?(?:à|a)? ?(?:lire|voir|écouter|lisez|regarder|revoir) (?:aussi|également|plus|notre|encore)\b.{0,200}|"
     r"(?:read|see|watch)(?: more| also)? ?:.{0,200}|(?:read|see) (?:also|more)\b.{0,100}|also read\b.{0,160}|related(?: stories| articles| topics)?\b ?:?.{0,20}|"
     r"(?:sur le même (?:sujet|thème)|dans la même rubrique|articles? (?:liés?|similaires?|connexes?))\b.{0,20}|watch: .{0,160}|"
     r".{0,20}suite de l'article sur .{0,60}"),
)  # fmt: skip
_WHOLE = tuple((why, re.compile(pattern, re.IGNORECASE)) for why, pattern in _LINES if why != "a byline")
_BYLINE = re.compile(
    dict(_LINES)["a byline"]
    .replace("(?:par|by|", "(?:[Pp]ar|PAR|[Bb]y|BY|")
    .replace("la rédaction", "[Ll]a [Rr]édaction")
)

# Inside a line: marks of wire copy, addresses, and a link's words.
_INSIDE = (
    ("a mark of the wire", re.compile(r"\[(?:text|passage omitted|words? indistinct|begin recording|end recording|continues|as (?:received|heard|published))\]|"
                                      r"\((?:passage omitted|words? indistinct|begin recording|end recording)\)", re.IGNORECASE)),
    ("an address", re.compile(r"(?:https?://|\bwww\.)\S+")),
    ("a picture's credit", re.compile(r"\(?(?:crédits? photo|photo credit|image credit) ?: ?[^.\n)]{0,60}\)?", re.IGNORECASE)),
)  # fmt: skip
_SIGNATURE = re.compile(r"(?<=[.!?\"])\s*[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+){1,3} ?/ ?[A-ZÀ-Ý][\w'-]+\s*\Z")
_LINK = re.compile(
    r"(?:→ ?|>+ ?)?\b(?:[àa] lire (?:aussi|également)|[àa] (?:lire|voir|écouter)|lire (?:aussi|également)|voir aussi|read also|"
    r"also read|read more|see also)\b(?: sur [\w ]{2,25}| on [\w ]{2,25})?\s?:?\s*(?=[\"A-ZÀ-Ý])",
    re.IGNORECASE,
)
# Words that begin a sentence and hardly ever a headline's next word.
_STARTERS = {
    "fr": "Le La Les L' Un Une Des Du Au Aux Dans Selon Ce Cet Cette Ces C' Il Elle Ils Elles On En Pour Mais Et Après Avant "
          "Avec Sur Sous À A Bien Depuis Cependant Plus Plusieurs Lors Lorsque Alors Tous Toutes Son Sa Ses Leur Leurs Nous D' "
          "Quelques Certains Toutefois Par Pendant Si S' Quand Comme Or Aucun Aucune Cela Ceux Celui Celle Parmi Malgré Ainsi",
    "en": "The A An In On At It He She They We But And After Before With According This That These Those His Her Their There "
          "When While Since For As Some Many Several Although However If",
}  # fmt: skip
# After these a capital goes on with a name ("dans Le Monde").
_FUNCTION = frozenset(
    "de du des d' à au aux dans selon par sur et ou pour avec le la les un une chez contre sous en of the in to by on at and or "
    "for with from journal quotidien hebdomadaire magazine site chaîne".split()
)
_OPEN = (",", ":", ";", "-", "(")
_ENDS = frozenset("\n.!?\"'…):→>-")
_REACH = 420  # characters: three headlines in a row are hardly longer
_LONG = 230  # a line longer than this is text, whatever it begins with


def find_boilerplate(canvas: str, language: str) -> tuple[Stretch, ...]:
    """The (start, end, why) of each stretch of a plain canvas that is boilerplate, in order and without overlaps."""
    found = [*_lines(canvas), *_inside(canvas), *_links(canvas, language)]
    kept: list[Stretch] = []
    for stretch in sorted(found, key=lambda s: (s[0], -s[1])):
        if not kept or stretch[0] >= kept[-1][1]:
            kept.append(stretch)
    return tuple(kept)


def _lines(canvas: str) -> Iterator[Stretch]:
    """Lines that are boilerplate as a whole; the first line is the title's, whatever it says."""
    at = 0
    for number, line in enumerate(canvas.split("\n")):
        bare = line.strip()
        why = _why(bare) if number and 0 < len(bare) <= _LONG else None
        if why is not None:
            start = at + line.index(bare)
            yield start, start + len(bare), why
        at += len(line) + 1


def _why(line: str) -> str | None:
    why = next((why for why, pattern in _WHOLE if pattern.fullmatch(line)), None)
    return why or ("a byline" if _BYLINE.fullmatch(line) else None)


def _inside(canvas: str) -> Iterator[Stretch]:
    for why, pattern in _INSIDE:
        for match in pattern.finditer(canvas):
            yield match.start(), match.end(), why
    signature = _SIGNATURE.search(canvas)
    if signature:
        yield signature.start(), signature.end(), "a byline"


def _links(canvas: str, language: str) -> Iterator[Stretch]:
    """Links to other reports in running text, with their headlines where these can be told from what follows."""
    for match in _LINK.finditer(canvas):
        before = canvas[: match.start()].rstrip(" ")
        # "… qui aime lire aussi …" is text: a link comes behind the end of a sentence or at the beginning of a line.
        if before and before[-1] not in _ENDS:
            continue
        yield match.start(), _headline_end(canvas, match.end(), language), "a link to another report"


def _headline_end(canvas: str, at: int, language: str) -> int:
    """Where the headlines behind "Lire aussi :" end; `at` itself where what follows is the report's own sentence."""
    line = canvas.find("\n", at)
    line = len(canvas) if line < 0 else line
    stop = re.compile(r"[.!](?=[\s\"]|$)").search(canvas, at, min(line, at + _REACH))
    if stop is None and line - at <= _LONG:
        return line  # nothing but headlines up to the line's end
    limit = stop.start() if stop else min(line, at + _REACH)
    starts = list(_sentence_starts(canvas, at, limit, language))
    return starts[-1] if starts else at


def _sentence_starts(canvas: str, at: int, limit: int, language: str) -> Iterator[int]:
    """Where, with no full stop before it, a capital begins a sentence: a starter behind a word that ends a headline."""
    words = sorted((_STARTERS.get(language) or _STARTERS["en"]).split(), key=len, reverse=True)
    starter = re.compile(
        r"(?<=\s)(?:" + "|".join(re.escape(w) + ("" if w.endswith("'") else r"\b") for w in words) + ")"
    )
    for match in starter.finditer(canvas, at + 12, limit):
        before = canvas[at : match.start()].split()
        previous = before[-1] if before else ""
        if previous.lower() not in _FUNCTION and previous[-1:] not in _OPEN:
            yield match.start()
