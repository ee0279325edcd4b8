"""The closed classes of French and English grammar that the search for tolls turns on. No lexicon: these do not grow."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OTHER = _words("autre autres other others another derniers dernières premiers premières")
COLLECTIVES = _words("population populations foule peuple communauté famille équipage crowd family")
PREPOSITIONS = _words(
    "par contre dans avec de d' du des à au aux sur pour chez entre parmi envers sous vers by with in of from "
    "against at on to for among between near into en comme lors sans"
)
DEFINITE = _words(
    "le la l' les ce cet cette ces son sa ses leur leurs notre nos mon ma mes un une the this these those his her "
    "their its our my a an"
)
PLURAL_DEFINITE = _words("les ces ses leurs nos these those des mes")
PRONOUNS = _words("il elle celui-ci celle-ci celui celle he she him whom")
PARTITIVE = _words("de d' du des of")
OF = _words("de d' du des of from en in")
BE = _words(
    "été est sont était étaient sera seront serait seraient fut furent soit soient être étant es suis was were is "
    "are been being be get gets got having"
)
HAVE = _words(
    "a ont avait avaient aura auront aurait auraient ayant avoir ai avons eu eut eurent ait aient has have had"
)
ADVERBS = _words(
    "également aussi tous toutes grièvement mortellement légèrement gravement sérieusement déjà pas depuis "
    "toujours encore ensuite alors finalement seulement lâchement sauvagement froidement then also later all both "
    "reportedly subsequently not already seriously critically badly either slightly gravely immediately still peu "
    "après"
)
JOIN = _words(", et ainsi que and as well & d' de plus / of")
PART = _words("dont including")
RELATIVE = _words("qui who which that")
ONE_VERB = _words("a est était avait fut sera serait aurait soit eut was has is")
MANY_VERB = _words("ont sont étaient avaient furent seront seraient auraient soient were have are")
AMONG = (("parmi", "lesquels"), ("parmi", "lesquelles"), ("parmi", "eux"), ("among", "them"), ("among", "whom"))
ALONG = (
    ("ainsi", "que"), ("en", "même", "temps", "que"), ("en", "même", "temps", "qu'"), ("along", "with"),
    ("as", "well", "as"), ("together", "with"),
)  # fmt: skip
SIDES = (
    ("parmi",), ("dans", "les", "rangs"), ("dans", "le", "rang"), ("côté",), ("du", "côté"), ("chez",), ("among",),
    ("au", "sein"), ("civils",), ("civiles",), ("militaires",), ("civilian",),
)  # fmt: skip
