"""What cards say, in the language of the report: labels, and the codebook's own words put into plain ones."""

from __future__ import annotations

LABELS = {
    "fr": {
        "when": "Quand", "where": "Où", "who": "Par qui", "whom": "Contre qui", "between": "Parties", "toll": "Bilan",
        "means": "Moyens", "claimed": "Revendiqué par", "sources": "Sources", "words": "Les mots", "undated": "non daté",
        "unplaced": "lieu inconnu", "left": "Non codé", "none": "Aucun événement", "sure": "confiance", "main": "principal",
        "background": "rappel", "hedged": "au conditionnel", "rival": "version rivale", "presumed": "présumé",
        "near": "près de", "within": "dans", "at": "à", "unread": "Non lu",
        "more": "et {n} autres passages", "inherited": "d'après ce qui précède", "unlocated": "absent du répertoire des lieux",
    },
    "en": {
        "when": "When", "where": "Where", "who": "By whom", "whom": "To whom", "between": "Parties", "toll": "Toll",
        "means": "Means", "claimed": "Claimed by", "sources": "Sources", "words": "The words", "undated": "undated",
        "unplaced": "place unknown", "left": "Not coded", "none": "No event", "sure": "confidence", "main": "main",
        "background": "background", "hedged": "hedged", "rival": "rival version", "presumed": "presumed",
        "near": "near", "within": "within", "at": "at", "unread": "Not read",
        "more": "and {n} more passages", "inherited": "from what is told before", "unlocated": "not in the gazetteer",
    },
}  # fmt: skip
OUTCOMES = {
    "fr": {"killed": "tués", "wounded": "blessés", "missing": "disparus", "abducted": "enlevés", "released": "libérés",
           "arrested": "arrêtés", "displaced": "déplacés", "captured": "capturés", "casualties": "victimes"},
    "en": {"killed": "killed", "wounded": "wounded", "missing": "missing", "abducted": "abducted", "released": "released",
           "arrested": "arrested", "displaced": "displaced", "captured": "captured", "casualties": "casualties"},
}  # fmt: skip
KINDS = {
    "fr": {
        "armed_clash": "affrontement armé", "ambush": "embuscade", "raid": "attaque d'une position ou d'une localité",
        "attack_on_civilians": "attaque contre des civils", "operation": "opération", "air_strike": "frappe aérienne",
        "shelling": "bombardement", "ied": "engin explosif", "suicide_attack": "attentat suicide", "abduction": "enlèvement",
        "release": "libération", "arrest": "arrestation", "looting": "pillage ou destruction", "protest": "manifestation",
        "riot": "émeute ou violences communautaires", "repression": "répression", "sexual_violence": "violences sexuelles",
        "territory_change": "changement de contrôle", "coup": "coup d'État", "agreement": "accord", "other": "autre",
    },
    "en": {
        "armed_clash": "armed clash", "ambush": "ambush", "raid": "raid", "attack_on_civilians": "attack on civilians",
        "operation": "operation", "air_strike": "air strike", "shelling": "shelling", "ied": "explosive device",
        "suicide_attack": "suicide attack", "abduction": "abduction", "release": "release", "arrest": "arrest",
        "looting": "looting or destruction", "protest": "protest", "riot": "riot or communal violence",
        "repression": "repression", "sexual_violence": "sexual violence", "territory_change": "change of control",
        "coup": "coup", "agreement": "agreement", "other": "other",
    },
}  # fmt: skip
TYPES = {
    "fr": {
        "state_forces": "forces de l'État", "rebel": "groupe rebelle", "militia": "milice", "civilians": "civils",
        "crowd": "foule", "foreign_forces": "forces étrangères", "peacekeepers": "casques bleus",
        "unidentified": "non identifié", "criminal": "criminels", "company": "société militaire", "mixed": "de plusieurs camps",
        "unknown": "camp inconnu",
    },
    "en": {
        "state_forces": "state forces", "rebel": "rebel group", "militia": "militia", "civilians": "civilians",
        "crowd": "crowd", "foreign_forces": "foreign forces", "peacekeepers": "peacekeepers",
        "unidentified": "unidentified", "criminal": "criminals", "company": "military company", "mixed": "of several sides",
        "unknown": "side unknown",
    },
}  # fmt: skip
FIELDS = {
    "fr": {"date": "date", "place": "lieu", "party": "partie", "toll": "bilan", "trigger": "fait"},
    "en": {"date": "date", "place": "place", "party": "party", "toll": "toll", "trigger": "act"},
}
