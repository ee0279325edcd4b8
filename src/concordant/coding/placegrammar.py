"""The grammar of place: what the words before and after a name say of how something lies to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Words for sorts of places, and the level of what they name.
TYPES = {
    "fr": {
        "settlement": "village|villages|localite|localites|ville|villes|cite|bourg|bourgade|hameau|agglomeration|campement|centre-ville|"
                      "station balneaire|capitale|chef-lieu|municipalite|bourgade|villages",
        "quarter": "quartier|quartiers|arrondissement|faubourg|banlieue|cellule|avenue",
        "admin3": "commune|communes|commune rurale|commune urbaine|groupement|chefferie|collectivite|secteur|sous-prefecture|canton|zone de sante",
        "admin2": "territoire|territoires|cercle|departement|departements|prefecture|district|comte|zone",
        "admin1": "province|provinces|region|regions|etat|gouvernorat|wilaya|oblast",
        "natural": "foret|parc|parc national|ile|iles|lac|colline|mont|montagne|montagnes|monts|vallee|plaine|desert|riviere|fleuve|detroit|golfe",
        "site": "camp|base|mine|aeroport|site|marche|port|poste|prison|hopital|gare",
        "road": "axe|route|troncon|axe routier",
    },
    "en": {
        "settlement": "town|towns|village|villages|city|cities|municipality|hamlet|capital|port|suburb",
        "quarter": "neighborhood|neighbourhood|quarter|suburb|area",
        "admin3": "commune|canton|sub-district|ward",
        "admin2": "district|districts|county|local government area|territory|division|prefecture",
        "admin1": "province|provinces|department|departments|state|states|region|regions|governorate|oblast",
        "natural": "forest|park|national park|island|islands|lake|hill|mountain|mountains|valley|river|desert|peninsula|hills|volcano",
        "site": "camp|base|mine|airport|market|barracks|farm|plant|university",
        "road": "road|highway|axis",
    },
}  # fmt: skip
_LEVEL = {
    language: {word: level for level, words in by_level.items() for word in words.split("|")}
    for language, by_level in TYPES.items()
}


def type_level(word: str, language: str) -> str | None:
    """The level of what a type word names ("village" names a settlement), None for any other word."""
    return _LEVEL[language].get(word)


def _all_types(language: str) -> str:
    return "(?:" + "|".join(sorted(_LEVEL[language], key=lambda w: (-len(w), w))) + ")"


_FR, _EN = _all_types("fr"), _all_types("en")
_OF = r"(?:de la|de l'|de|d'|du|des)"
_ADJ = r"(?: (?:petit|petite|grand|grande|nouveau|nouvelle|ancien|ancienne|meme|vaste|voisin|voisine|strategique|minier|frontalier|frontaliere|rural|rurale|historique|isole|isolee|plus grand|meridionale|septentrionale|orientale|occidentale|autonome|anglophone|sahelienne))?"
_WAYS = "(?:nord|sud|est|ouest|nord-est|nord-ouest|sud-est|sud-ouest|centre|centre-nord|centre-est|extreme-nord|north|south|east|west|northeast|northwest|southeast|southwest|northern|southern|eastern|western|central)"

LEADS = {
    "fr": (
        ("origin", rf"(?:originaires?|venus?|venues?|venant|natifs?|native|en provenance|fuyant|fui|partis?|parti|chasses|expulses) {_OF}(?: {_FR} {_OF})?$"),
        ("destination", rf"(?:se rendai\w+|rend|rendant|rendre|en route|en partance|destination|transfer\w+|evacu\w+|conduits?|conduites?|achemin\w+|admis\w*|hospitalis\w+|soign\w+|refugi\w+|fuir|fui|transport\w+)(?: \w+){{0,4}} (?:a|au|aux|vers|pour|dans|en|de|d')(?: le| la| les| l')?(?: {_FR} {_OF})?$"),
        ("border", rf"frontieres? (?:avec|entre|{_OF})(?: le| la| les| l')?$"),
        ("party", rf"(?:armee|gouvernement|autorites|president|presidence|presidente|premier ministre|ministre|ministere|police|gendarmerie|forces armees|ambassade|ambassadeur|ambassadrice|roi|regime|etat-major|junte|justice|parquet|tribunal|republique|federation|universite|accord|accords|processus|conference|sommet|conseil|equipe|journaliste|correspondant|banque|radio|television|front|mouvement|emirat|brigade|province|wilaya|jihad|al-qaida|etat islamique|talibans) {_OF}$"),
        ("speaker", rf"(?:maire|maires|gouverneur|gouvernorat|chef|prefet|sous-prefet|habitants?|eveque|procureur|depute|deputes|administrateur|bourgmestre|imam|president de la societe civile|societe civile|porte-parole|autorites|hopital|hopitaux|morgue|notable|ressortissants?|responsable|elu|elus|conseiller|chu|commandant|notables) {_OF}(?: {_FR} {_OF})?$"),
        ("distance", rf"(?:\d+|\w+)(?: a \w+)? ?(?:km|kms|kilometres?|lieues|miles)(?: environ)?(?: (?:a l'|au|du|a la|au large))? ?{_WAYS}? ?(?:{_OF})(?: {_FR} {_OF})?$"),
        ("near", rf"(?:pres|non loin|proche|(?:aux? |les )environs?(?: immediats)?|(?:aux? |les )alentours|autour|a proximite|a l'entree|entree|a la sortie|au large|en peripherie|peripherie|aux portes|portes|lisiere|en bordure|abords) {_OF}(?: le| la| les| l')?(?: {_FR}(?: {_OF})?)?$"),
        ("side", rf"(?:au|a l'|dans le|dans l'|du|de l'|le) (?:extreme |grand )?{_WAYS}(?: \w+)? {_OF}(?: {_FR} {_OF})?$"),
        ("between", r"entre(?: le| la| les| l')?$"),
        ("typed", rf"{_FR}{_ADJ} (?:{_OF}|dite|appele|appelee|nomme|nommee|denommee)?$"),
        ("typed", rf"{_FR}{_ADJ}$"),
        ("at", r"(?:a|au|aux|dans|en|sur|vers|depuis|jusqu'a|contre|ville de|capitale|de|d'|du|des)(?: le| la| les| l'| tout le| tout)?$"),
    ),
    "en": (
        ("origin", rf"(?:from|native of|originating in|fled|fleeing)(?: the)?(?: {_EN} of)?$"),
        ("destination", rf"(?:to|toward|towards|for|heading to|on the way to)(?: the)?(?: {_EN} of)?$"),
        ("border", r"border (?:with|between|of)(?: the)?$"),
        ("party", r"(?:government|army|president|minister|ministry|police|ambassador|embassy|republic|bank|university|church|archdiocese|forces|regime|people|national|radio|front|bishop|archbishop) (?:of|in)(?: the)?$"),
        ("speaker", r"(?:mayor|governor|residents?|people|inhabitants|spokesman in|reporters? in|hospital in|hospitals in) (?:of|in)(?: the)?$"),
        ("distance", rf"(?:\d+|\w+) ?(?:km|kms|kilometers?|kilometres?|miles?)(?: \w+)? ?{_WAYS}? ?(?:of|from)(?: the)?(?: {_EN} of)?$"),
        ("near", rf"(?:near|outside|close to|around|(?:on |in |at )?the (?:outskirts|vicinity|suburbs|entrance|edge) (?:of|to)|off|adjacent to|not far from)(?: the)?(?: {_EN} of)?$"),
        ("side", rf"(?:in |of )?(?:the )?{_WAYS}(?: part| portion| area| region| section)?(?: of)?(?: the)?$"),
        ("between", r"between(?: the)?$"),
        ("typed", rf"(?:{_EN})(?: of| called| named| known as)(?: the)?$"),
        ("at", r"(?:in|at|on|inside|within|into|across|throughout|over|through|against|of|downtown|down town|entered|attacked|stormed|raided)(?: the| a)?$"),
    ),
}  # fmt: skip
_COMPILED = {
    language: [(name, re.compile(rf"(?:^| ){pattern}")) for name, pattern in leads] for language, leads in LEADS.items()
}
# Leads under which a name is where something is.
LOCATIVE = ("distance", "near", "side", "between", "typed", "at")


@dataclass(frozen=True, slots=True)
class Lead:
    """What the words before a name say: the sort of lead, the level its type word names, and the words themselves."""

    sort: str
    level: str | None
    words: str
    of: bool  # "de X", "of X": the weakest of leads


def lead_of(before: str, language: str) -> Lead | None:
    """The lead that a string of folded words ends in, None where they say nothing of place."""
    for sort, pattern in _COMPILED[language]:
        match = pattern.search(before)
        if match is not None:
            words = match.group().strip()
            return Lead(sort, _level_in(words, language), words, of=words in _WEAK)
    return None


_WEAK = frozenset(("de", "d'", "du", "des", "of", "de la", "of the", "de l'", "against", "contre", "for", "to"))


def _level_in(words: str, language: str) -> str | None:
    for word in sorted(_LEVEL[language], key=len, reverse=True):
        if re.search(rf"(?:^| ){re.escape(word)}(?: |$)", words):
            return _LEVEL[language][word]
    return None
