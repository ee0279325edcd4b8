"""The date grammar: patterns over flat text (lower case, no accents), French and English."""

from __future__ import annotations

import re

from concordant.coding.calendar import MONTHS, WEEKDAYS

_SMALL = {
    "fr": "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|vingt|trente|quarante|"
    "cinquante|soixante|quelques|plusieurs|une dizaine de|une dizaine d'|une quinzaine de|une vingtaine de",
    "en": "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    "several|a few|some",
}
NUMBERS = {
    "fr": dict(zip("un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze".split(),
                   (1, *range(1, 16)), strict=True)) | {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
    "en": dict(zip("a an one two three four five six seven eight nine ten eleven twelve".split(),
                   (1, 1, *range(1, 13)), strict=True)) | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60},
}  # fmt: skip


def _parts(language: str) -> dict[str, str]:
    return {
        "M": "(?:" + "|".join(MONTHS[language]) + r")\b\.?",
        "W": "(?:" + "|".join(WEEKDAYS[language]) + r")\b",
        "Y": r"(?:1[89]\d\d|20\d\d)(?!\d)",
        "D": r"(?:1er|[12]?\d|3[01]|0\d)(?:st|nd|rd|th)?(?![\d])",
        "N": rf"(?:\d{{1,3}}|{_SMALL[language]})",
    }


_FRENCH = {
    "night_span": r"(?:dans )?(?:la |cette )?nuits? (?:du |de |d'|de ce |des )?(?P<w1>W)?,?(?: (?:dernier|passe))? ?(?P<d1>D)?(?: (?P<m1>M))?"
    r" (?:au|a) (?:ce |cette )?(?P<w2>W)?(?: (?:dernier|passe))? ?(?P<d2>D)?(?: (?P<m2>M))?(?: (?P<y2>Y))?",
    "night_of": r"(?:dans )?(?:la )?nuit (?:du |de |de ce |d'|le )(?P<w1>W)?,?(?: (?:dernier|passe))? ?(?P<d1>D)?(?: (?P<m1>M))?(?: (?P<y1>Y))?",
    "range": r"(?:entre (?:le )?|du |de |des )(?:(?:W) )?(?P<d1>D)(?: (?P<m1>M))?(?: (?P<y1>Y))? (?:et|au|a) (?:le |du )?(?:(?:W) )?(?P<d2>D) (?P<m2>M)(?: (?P<y2>Y))?",
    "days_and": r"(?:les )(?:(?:W) )?(?P<d1>D)(?:,| et|-) ?(?:(?:W) )?(?P<d2>D) (?P<m2>M)(?: (?P<y2>Y))?",
    "weekday_range": r"(?:du|de|entre) (?P<w1>W) (?:au|a|et) (?:ce )?(?P<w2>W)",
    "full": r"(?:(?P<ce>ce |cette )?(?P<w>W),?(?P<last> dernier| passe)? (?:le )?)?(?:le |au |du )?(?:(?P<ce2>ce ))?(?P<d>D) (?:du mois d[e'] ?)?(?P<m>M)(?P<last2> dernier| passe)?(?:,? (?P<y>Y))?(?P<next> prochain)?",
    "numeric": r"(?P<d>D)[/.](?P<mm>[01]?\d)[/.](?P<y>Y|\d\d)(?!\d)",
    "iso": r"(?P<y>Y)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)",
    "day_in_weekday": r"(?P<ce>ce )?(?P<w>W),? (?:le )?(?P<d>D)(?! (?:h|heures|morts|personnes|ans|soldats))\b",
    "third_month": r"(?:au |a la |a |en |depuis )?(?:le |la )?(?P<third>debut|mi|mi-|milieu|fin)[ -](?:du mois )?(?:de |d'|du )?(?P<m>M)(?P<last> dernier| passe)?(?: (?P<y>Y))?",
    "third_year": r"(?:au |a la |en )?(?P<third>debut|mi|milieu|fin)[ -](?:de l'annee |de |l'annee )?(?P<y>Y)",
    "month_year": r"(?:en |au mois de |au mois d'|de |d'|du mois de )?(?P<m>M) (?P<y>Y)",
    "month": r"(?:en|au mois de|au mois d'|du mois de|depuis le mois de|depuis|mois de|mois d') ?(?P<m>M)(?P<last> dernier| passe)?",
    "month_last": r"(?P<m>M)(?P<last> dernier| passe)",
    "year": r"(?:(?:en|depuis|l'annee|annee|de|dans les annees|les annees|fin|ete|hiver|printemps|automne|des)(?: l'annee)? |\()(?P<y>Y)\)?",
    "year_last": r"(?:l'an|l'annee) (?:dernier|derniere|passe|passee)",
    "this_year": r"cette annee|(?:depuis )?(?:le )?debut de l'annee",
    "weekday": r"(?P<ce>ce |cette )?(?P<w>W)(?P<last> dernier| passe)?(?P<next> prochain)?(?P<part>(?: (?:dans|a|en|au))?(?: la| l')? ?(?:matin(?:ee)?|soir(?:ee)?|apres-midi|midi|nuit))?",
    "yesterday": r"(?P<before>avant-)?hier(?: (?:matin|soir|apres-midi))?\b",
    "today": r"aujourd'hui|ce (?:matin|soir|jour)\b(?!-la)|cet apres-midi|ce midi",
    "last_night": r"(?:la )?nuit (?:derniere|passee)|cette nuit",
    "same_day": r"(?:le|au cours du|durant le) meme jour|(?:la|dans la) meme (?:journee|nuit)|ce jour-la|cette nuit-la|le jour meme",
    "eve": r"(?P<avant>avant-)?(?:la )?veille(?: (?:au soir|au matin))?\b(?! d'une| de la visite| des elections)",
    "morrow": r"(?:le|au|des le|du) (?P<sur>sur)?lendemain",
    "ago": r"il y a (?:environ |pres de |plus de |a peine |quelque |tout juste )?(?P<n>N) (?P<u>jours?|semaines?|mois|ans?|annees?|heures?)",
    "later": r"(?P<n>N) (?P<u>jours?|semaines?|mois|ans?|annees?|heures?) (?P<dir>plus tot|auparavant|avant|apres|plus tard)(?! (?:avoir|etre))",
    "past_week": r"la semaine (?:derniere|passee)|(?:en |au )?(?:cours de )?la semaine ecoulee",
    "this_week": r"cette semaine|cette meme semaine",
    "weekend": r"(?:le |ce |du )?week-?end(?P<last> dernier| passe)?",
    "past_month": r"le mois (?:dernier|passe)",
    "this_month": r"ce mois(?:-ci)?\b|au cours de ce mois",
    "recent": r"ces (?:derniers|dernieres) (?:jours|semaines|mois|annees|temps|heures)|ces (?P<n>N) (?:derniers|dernieres) (?:jours|semaines|mois|annees|ans)|les (?P<n2>N) (?:derniers|dernieres) (?:jours|semaines|mois|annees|ans)",
    "length": r"(?:pendant|durant|en|depuis|apres|sur|plus de) (?:pres de |plus de |environ |au moins )?(?P<n>N) (?P<u>jours?|semaines?|mois|ans|annees|heures?|minutes?)",
}
_ENGLISH = {
    "night_span": r"(?:overnight |the night |night )(?:of |between |from )?(?P<w1>W)?,? ?(?P<m1>M)? ?(?P<d1>D)? ?(?:-|to|and|into) (?P<w2>W)?,? ?(?P<m2>M)? ?(?P<d2>D)?(?: (?P<y2>Y))?",
    "night_of": r"(?:on |during |over )?(?:the )?(?:overnight (?:on )?|night of |night on |night of the )(?P<w1>W)?,? ?(?:(?P<m1>M) (?P<d1>D)|(?P<d1b>D) (?P<m1b>M))?(?:,? (?P<y1>Y))?",
    "range_md": r"(?:between |from )?(?P<m1>M) (?P<d1>D)(?: (?:and|to|until)|-) ?(?:(?P<m2>M) )?(?P<d2>D)(?:,? (?P<y2>Y))?",
    "range": r"(?:between |from )(?:the )?(?P<d1>D)(?: (?P<m1>M))? (?:and|to|until) (?:the )?(?P<d2>D) (?P<m2>M)(?: (?P<y2>Y))?",
    "full_md": r"(?:on |last )?(?:(?P<w>W),? (?:the )?)?(?P<m>M) (?P<d>D)(?:,? (?P<y>Y))?(?! ?(?:percent|people|dead|killed))",
    "full": r"(?:on |last )?(?:(?P<w>W),? (?:the )?)?(?:the )?(?P<d>D) (?:of )?(?P<m>M)(?:,? (?P<y>Y|\d\d(?= ?(?:\(|--|-|$))))?",
    "iso": r"(?P<y>Y)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)",
    "third_month": r"(?:in |since )?(?P<third>early|mid|late)[ -](?P<m>M)(?: (?P<y>Y))?",
    "third_year": r"(?:in )?(?P<third>early|mid|late)[ -](?P<y>Y)",
    "month_year": r"(?:in |of |since )?(?P<m>M),? (?:of )?(?P<y>Y)",
    "month": r"(?:in|since|of|last|early in|during) (?P<m>M)(?! \d)",
    "year": r"(?:in|since|of|by|from|year) (?P<y>Y)|\((?P<y2>Y)\)",
    "year_last": r"last year",
    "this_year": r"this year|(?:since )?the beginning of the year",
    "weekday": r"(?P<last>last |this past )?(?P<next>next )?(?:on |late |early |late on |early on )?(?P<last2>last )?(?P<w>W)(?P<part> (?:morning|evening|night|afternoon|dawn))?",
    "yesterday": r"the day before yesterday|yesterday(?: (?:morning|afternoon|evening))?",
    "night_before_last": r"the night before last",
    "today": r"today|this (?:morning|afternoon|evening)|tonight\b|at (?:dawn|noon) today",
    "last_night": r"last night|overnight",
    "same_day": r"(?:the |on the )same (?:day|night|evening)|that (?:day|night)\b",
    "eve": r"(?:the )?(?:previous day|day before|previous night|night before|day earlier)|a day earlier",
    "morrow": r"(?:the )?(?:following|next) day|a day later",
    "ago": r"(?P<n>N) (?P<u>days?|weeks?|months?|years?|hours?) ago",
    "later": r"(?P<n>N) (?P<u>days?|weeks?|months?|years?|hours?) (?P<dir>earlier|before|after|later|previously)",
    "past_week": r"last week|the past week",
    "this_week": r"this week",
    "weekend": r"(?P<last>last |this |the )?weekend",
    "past_month": r"last month",
    "this_month": r"this month",
    "recent": r"(?:in |over |for )?(?:the )?(?:recent|past|last) (?:few |several |(?P<n>N) )?(?:days|weeks|months|years|hours)",
    "length": r"(?:for|in|over|during|after|within|more than|nearly) (?:nearly |more than |about |at least )?(?P<n>N) (?P<u>days?|weeks?|months?|years|hours?|minutes?)",
}
RULES = {"fr": _FRENCH, "en": _ENGLISH}


def compiled(language: str) -> list[tuple[str, re.Pattern[str]]]:
    """The rules of a language by name; the letters W, D, M, Y, N in them stand for weekday, day, month, year, number."""
    parts = _parts(language)
    rules = []
    for name, pattern in RULES[language].items():
        body = re.sub(r"(?<![A-Za-z<\\])([WDMYN])(?![A-Za-z>])", lambda m: parts[m.group(1)], pattern)
        rules.append((name, re.compile(rf"(?<![\w/]){body}(?![\w/])")))
    return rules
