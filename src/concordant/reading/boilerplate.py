"""Boilerplate: words on a canvas that are the site's and not the report's ("Lire aussi …", bylines, "Partager").

Only what is clearly none of the report's words is marked: a marked stretch is not read for events, and losing an
event is worse than reading a byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Stretch = tuple[int, int, str]

# Whole lines: each pattern must fill its line, in capitals or not.
_LINES = {
    "a share button": (
        r"(?:(?:partager?|partagez|share|tweeter|tweet|imprimer|print|whatsapp|facebook|twitter|telegram"
        r"|linkedin|e-?mail|copier le lien|sur|on|via|par|cet article|this(?: article| page)?|with|avec|et"
        r"|and|vos amis|friends)[ ,:|/]*)+",
    ),
    "a subscription": (
        r"(?:abonnez|inscrivez|connectez|rejoignez|suivez)[- ](?:vous|nous)\b.{0,160}",
        r"(?:sign up|subscribe)\b.{0,140}",
        r".{0,60}\bnewsletters?\b.{0,80}",
        r"(?:téléchargez|download) (?:notre|our) .{0,80}",
        r"(?:cet article|la suite|l'article complet) est réservée? aux abonnés.{0,60}",
    ),
    "a copyright note": (
        r"(?:©|copyright|\(c\)|tous droits réservés|all rights reserved).{0,140}",
        r".{0,60}(?:tous droits réservés|all rights reserved)\.?",
    ),
    "a picture's credit": (
        r"(?:crédits?(?: photos?)?|photos?(?: credit)?|image(?: credit)?|légende|photo d'illustration"
        r"|illustration) ?[:©/].{0,120}",
        r"©.{0,100}",
        r"image source,?.{0,80}",
        r"image caption,?.{0,200}",
    ),
    "a time of publication": (
        r"(?:publié|posté|mis à jour|modifié|mise en ligne|published|updated|posted)e?s? ?:? ?(?:le|on"
        r"|il y a|at)? ?[^.!?]{0,20}\d[^.!?]{0,60}",
        r"(?:temps de )?lecture ?:? ?\d+ ?min.{0,12}",
        r"\d+ min(?:ute)?s? (?:de lecture|read)",
    ),
    "a call to readers": (
        r"(?:laisser un commentaire|\d+ (?:commentaires?|comments?)|commentaires?|comments?"
        r"|réagissez.{0,60}|votre avis.{0,60})\s?:?",
        r"(?:why not )?(?:follow|find|like) (?:us|bbc|\w+ on)\b.{0,200}",
        r".{0,120}\b(?:story ideas|story suggestion)\b.{0,100}",
        r"suivez[- ].{0,120}",
    ),
    "a note on cookies": (r".{0,80}\bcookies\b.{0,160}",),
    "tags": (
        r"(?:#[\w-]+[ ,]*)+",
        r"(?:tags?|mots[- ]clés|étiquettes|topics)\b ?:.{0,160}",
    ),
    "an address": (r"(?:https?://|www\.)\S+(?: ;.{0,60})?",),
    "an advertisement": (
        r"(?:la suite après cette )?publicité",
        r"advertisement",
        r"fermer la publicité",
    ),
    "a link to another report": (
        r"(?:→|>+|\W*)? ?(?:à|a)? ?(?:lire|voir|écouter|lisez|regarder|revoir) (?:aussi|également|plus"
        r"|notre|encore)\b.{0,200}",
        r"(?:read|see|watch)(?: more| also)? ?:.{0,200}",
        r"(?:read|see) (?:also|more)\b.{0,100}",
        r"also read\b.{0,160}",
        r"related(?: stories| articles| topics)?\b ?:?.{0,20}",
        r"(?:sur le même (?:sujet|thème)|dans la même rubrique|articles? (?:liés?|similaires?"
        r"|connexes?))\b.{0,20}",
        r"watch: .{0,160}",
        r".{0,20}suite de l'article sur .{0,60}",
    ),
}
_WHOLE = tuple((why, re.compile("|".join(patterns), re.IGNORECASE)) for why, patterns in _LINES.items())
# Names are told by their capitals.
_BYLINE = re.compile(
    r"(?:[Pp]ar|PAR|[Bb]y|BY|[Pp]ropos recueillis par|De notre correspondant.{0,20}) ?:? "
    r"(?:[Ll]a [Rr]édaction|[A-ZÀ-Ý][\w'.-]*(?: [A-ZÀ-Ý][\w'.-]*){0,4})(?:,? (?:avec|with) .{0,30})?|"
    r"(?:[Aa]vec|[Ww]ith) (?:l')?(?:AFP|Reuters|AP|agences|agencies)(?: et .{0,20})?|"
    r"[Ll]a [Rr]édaction|[Ss]ource ?: ?[^.!?]{0,60}"
)

# Inside a line: marks of wire copy, addresses, credits.
_INSIDE = (
    (
        "a mark of the wire",
        re.compile(
            r"\[(?:text|passage omitted|words? indistinct|begin recording|end recording|continues|"
            r"as (?:received|heard))\]|"
            r"\((?:passage omitted|words? indistinct|begin recording|end recording)\)",
            re.IGNORECASE,
        ),
    ),
    ("an address", re.compile(r"(?:https?://|\bwww\.)\S+")),
    (
        "a picture's credit",
        re.compile(r"\(?(?:crédits? photo|photo credit|image credit) ?: ?[^.\n)]{0,60}\)?", re.IGNORECASE),
    ),
)
_SIGNATURE = re.compile(r"(?<=[.!?\"])\s*[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+){1,3} ?/ ?[A-ZÀ-Ý][\w'-]+\s*\Z")
# "À lire" and "À voir" need the colon: "À voir les dégâts, …" begins a sentence.
_LINK = re.compile(
    r"(?:→ ?|>+ ?)?(?<!\w)(?:(?:[ÀàAa] )?(?:[Ll]ire|LIRE) (?:aussi|AUSSI|également)|[Vv]oir aussi|Read also|"
    r"Also read|Read more|See also)(?: sur [\w ]{2,25}| on [\w ]{2,25})?\s?:?\s*(?=[\"A-ZÀ-Ý])|"
    r"(?<!\w)[ÀàAa] (?:lire|voir|écouter)\s?:\s*(?=[\"A-ZÀ-Ý])"
)
# Words that begin a sentence and hardly ever a headline's next word.
_STARTERS = {
    "fr": re.compile(
        r"(?<=\s)(?:[LDCS]'|(?:Le|La|Les|Un|Une|Des|Du|Aux?|Dans|Selon|Cet?|Cette|Ces|Ils?|Elles?|On|En|Pour|Mais|Et|Après|Avant|"
        r"Avec|Sur|Sous|[ÀA]|Bien|Depuis|Cependant|Plus|Plusieurs|Lors|Lorsque|Alors|Tous|Toutes|Son|Sa|Ses|Leurs?|Nous|"
        r"Quelques|Certains|Toutefois|Par|Pendant|Si|Quand|Comme|Or|Aucune?|Cela|Ceux|Celui|Celle|Parmi|Malgré|Ainsi)\b)"
    ),
    "en": re.compile(
        r"(?<=\s)(?:The|An?|In|On|At|It|He|She|They|We|But|And|After|Before|With|According|This|That|These|Those|His|Her|"
        r"Their|There|When|While|Since|For|As|Some|Many|Several|Although|However|If)\b"
    ),
}
# After these a capital goes on with a name ("dans Le Monde").
_GOES_ON = re.compile(
    r"(?:de|du|des|d'|à|au|aux|dans|selon|par|sur|et|ou|pour|avec|les?|la|une?|chez|contre|sous|en|of|the|in|to|by|on|at|and|or|"
    r"for|with|from|journal|quotidien|hebdomadaire|magazine|site|chaîne)|.*[,:;(-]",
    re.IGNORECASE,
)
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
    starter = _STARTERS.get(language, _STARTERS["en"])
    for match in starter.finditer(canvas, at + 12, limit):
        before = canvas[at : match.start()].split()
        previous = before[-1] if before else ""
        if _GOES_ON.fullmatch(previous) is None:
            yield match.start()
