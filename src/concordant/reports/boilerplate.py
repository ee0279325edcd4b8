"""Lines of a page's text that are the site speaking and not the report."""

from __future__ import annotations

import re
from typing import NamedTuple

from concordant.reports.dates import is_date_line

# Each pattern matches a whole line; a line that says anything beyond it is kept.
_LINES = re.compile(
    r"""(?:
      (?:passer|fermer|continuer\ après)\ la\ publicité | (?:la\ suite\ après\ cette\ )?publicité | advertisement
    | (?:à\ )?(?:lire|voir|écouter|lisez|revoir)\ (?:aussi|également|plus)\b.{0,160}
    | (?:read|see)\ (?:also|more)\b.{0,160} | >{1,2}\ ?(?:à\ )?lire\b.{0,160}
    | (?:sur\ le\ même\ sujet|dans\ la\ même\ rubrique|related(?:\ articles)?)\ ?:?.{0,20}
    | (?:crédits?\ )?photos?\ ?(?:crédits?)?\ ?[:©].{0,80} | crédits?\ (?:photos?|images?)\b.{0,80} | ©.{0,80}
    | (?:photo|image|illustration)\ (?:d['’]illustration|by|credit)\b.{0,80}
    | il\ vous\ reste\ [\d.,]+\ ?%\ de\ cet\ article.{0,120}
    | (?:la\ suite|cet\ article|article)\ (?:est\ )?réservée?\ aux?\ abonnés?.{0,80}
    | (?:déjà|pas\ encore)\ abonné\b.{0,80} | already\ a\ subscriber\b.{0,80}
    | (?:subscribe\ to\ (?:read|continue)|this\ article\ is\ for\ subscribers)\b.{0,80}
    | (?:abonnez|inscrivez|connectez)-vous\b.{0,160} | (?:sign\ up|subscribe)\ (?:to|for)\b.{0,120}
    | (?:recevez|recevoir)\ .{0,60}\b(?:newsletter|infos|informations|alertes)\b.{0,120}
    | .{0,60}\bnewsletters?\b.{0,60} | (?:partager|share|partagez)\b.{0,60}
    | facebook | twitter | whatsapp | linkedin | e-?mail | imprimer | print | copier\ le\ lien
    | \d+\ (?:commentaires?|comments?) | (?:commentaires?|comments?|réagir|réagissez)\ ?:?
    | (?:temps\ de\ )?lecture\ ?:?\ ?\d+\ ?min.{0,10} | \d+\ min(?:utes)?\ (?:de\ lecture|read)
    | .*\{\{.*
    )\.?""",
    re.IGNORECASE | re.VERBOSE,
)
_PAYWALL = re.compile(
    r"il vous reste [\d.,]+ ?% de cet article|réservée?s? aux? abonnés?|subscribe to (?:read|continue)|for subscribers",
    re.IGNORECASE,
)
# "AFP, publié le lundi 3 mai 2021 à 14h30": who and when, which the metadata already say; as a sentence of the text
# its date would be read as the date of an event.
_BYLINE = re.compile(
    r"(?:(?:par|by)\s)?[^.!?]{0,80}?\b(?:publié|posted|published|mis à jour|updated|modifié|paru)e?\b"
    r"(?:\s(?:le|on|à|at))?\b[^.!?]{0,90}\b(?:\d{4}|\d{1,2} ?[h:]\d{2})\b[^.!?]{0,40}",
    re.IGNORECASE,
)
# A paragraph this long does not stand twice in a report: it is a teaser that the page repeats.
_REPEATED = 60

# The title, the date and the author stand again among the first lines of the text.
_HEAD = 3


class Cleaned(NamedTuple):
    """A page's text without its site's lines, and whether the site keeps the rest for its subscribers."""

    text: str
    paywalled: bool


def clean(text: str, title: str | None) -> Cleaned:
    """The text without the lines of the site, without its title, and without paragraphs that come twice."""
    kept: list[str] = []
    seen: set[str] = set()
    paywalled = False
    for line in text.split("\n"):
        bare = _key(line)
        paywalled = paywalled or (len(bare) < 200 and _PAYWALL.search(bare) is not None)
        head = sum(map(bool, kept)) < _HEAD
        if _is_site(line.strip(" \t-•|"), bare, title, head=head) or (len(bare) > _REPEATED and bare in seen):
            continue
        seen.add(bare)
        kept.append(line.rstrip())
    return Cleaned(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip(), paywalled)


def _is_site(line: str, bare: str, title: str | None, *, head: bool) -> bool:
    if head and ((title and bare == _key(title)) or is_date_line(line)):
        return True
    return _LINES.fullmatch(line) is not None or (len(line) < 160 and _BYLINE.fullmatch(line) is not None)


def _key(line: str) -> str:
    return " ".join(line.split()).casefold()
