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


def _months(language: str) -> str:
    """The month names; only the short ones may carry a full stop ("14 avr. 2021", but "le 31 octobre.")."""
    full = [forms.split("|")[0] for forms in MONTHS[language]]
    short = [form for forms in MONTHS[language] for form in forms.split("|")[1:]]
    return rf"(?:(?:{'|'.join(full)})\b|(?:{'|'.join(sorted(short, key=len, reverse=True))})\b\.?)"


def _parts(language: str) -> dict[str, str]:
    return {
        "M": _months(language),
        "W": "(?:" + "|".join(WEEKDAYS[language]) + r")\b",
        "Y": r"(?:1[89]\d\d|20\d\d)(?!\d)",
        "D": r"(?:1er|[12]?\d|3[01]|0\d)(?:st|nd|rd|th)?(?![\d])",
        "N": rf"(?:\d{{1,3}}|{_SMALL[language]})",
    }


# A time of day before the day ("dans la soirée de lundi") and behind it ("lundi en fin d'après-midi").
_PRE = (
    r"(?:(?P<pre>matinee|matin|soiree|soir|apres-midi|journee|aube|mi-journee|premieres heures)"
    r" (?:du |de ce |de cette |de |d'))?"
)
_POST = (
    r"(?P<part>,?(?: (?:tot|tard))?(?: (?:dans|a|en|au|vers))?(?: la| le| l'| l)? ?(?:fin de |fin d'|debut de |debut d'|milieu de )?(?:la |l')?"
    r"(?:matin(?:ee)?|soir(?:ee)?|apres-midi|midi|minuit|nuit|aube|mi-journee)\b)?"
)
_FRENCH = {
    "night_span": r"(?:dans )?(?:la |cette |de )?nuits? (?:du |de |d'|de ce |des )?(?P<w1>W)?,?(?: (?:dernier|passe))? ?(?P<d1>D)?(?: (?P<m1>M))?"
    r"(?: (?:au|a)| -|-) ?(?:ce |cette )?(?P<w2>W)?(?: (?:dernier|passe))?,? ?(?P<d2>D)?(?: ?(?P<m2>M))?(?: (?P<y2>Y))?",
    "night_of": r"(?:dans )?(?:la )?nuit (?:du |de |de ce |d'|le )(?P<w1>W)?,?(?: (?:dernier|passe))? ?(?P<d1>D)?(?: ?(?P<m1>M))?(?: (?P<y1>Y))?",
    "range": r"(?:entre (?:le )?|du |de |des )(?:W )?(?P<d1>D)(?: (?P<m1>M))?(?: (?P<y1>Y))? (?:et|au|a) (?:le |du )?(?:W )?(?P<d2>D) ?(?P<m2>M)(?: (?P<y2>Y))?",
    "days_and": r"(?:les |le )(?:W )?(?P<d1>D)(?:,| et| et le|-) ?(?:W )?(?P<d2>D) (?P<m2>M)(?: (?P<y2>Y))?",
    "month_range": r"(?:entre |de |d')(?P<m1>M)(?: (?P<y1>Y))? (?:et|a) (?P<m2>M) (?P<y2>Y)",
    "year_range": r"(?:entre |de |en )?(?P<y1>Y)(?: (?:et|a) |-)(?P<y2>Y)",
    "decade": r"(?:dans |au cours de |durant |depuis |des )?(?:les )?annees (?P<y>(?:1[89]\d|20\d)0)",
    "weekday_range": r"(?:du|de|entre) (?P<w1>W) (?:au|a|et) (?:ce )?(?P<w2>W)",
    "weekday_and": r"(?P<w1>W)(?: soir)? et (?P<w2>W)(?! \d)",
    "full": rf"{_PRE}(?:(?P<ce>ce |cette )?(?P<w>W)(?: (?:matin|soir|apres-midi))?,?(?P<last> dernier| passe)? (?:le )?)?(?:le |au |du )?(?:(?P<ce2>ce ))?(?P<d>D)[ -]?(?:du mois d[e'] ?)?(?P<m>M)(?P<last2> dernier| passe)?(?:,? (?P<y>Y))?(?P<next> prochain)?{_POST}",
    "numeric": r"(?P<d>D)[/.-](?P<mm>[01]?\d)[/.-](?P<y>Y|\d\d)(?!\d)",
    "iso": r"(?P<y>Y)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)",
    "day_in_weekday": r"(?P<ce>ce )?(?P<w>W),? (?:le )?(?P<d>D)(?! ?(?:h\b|h\d|heures|morts|personnes|ans|soldats|militaires|civils|blesses|[%:]))\b",
    "bare_day": r"(?:le |puis le )(?P<d>D)(?=,| et (?:le|du) \d)|puis le (?P<d2>D)\b",
    "third_range": r"(?:entre |de |d')(?:la )?(?P<t1>debut|mi-?|fin)[ -]?(?P<m1>M)(?: (?P<y1>Y))? (?:et|a) (?:la )?(?P<t2>debut|mi-?|fin)[ -]?(?P<m2>M)(?: (?P<y2>Y))?",
    "third_month": r"(?:au |a la |a |en |depuis )?(?:le |la )?(?P<third>debut|mi-?|milieu|fin)[ -]?(?:du mois )?(?:de |d'|du )?(?P<m>M)(?P<last> dernier| passe)?(?: (?P<y>Y))?",
    "third_year": r"(?:au |a la |en (?:ce |cette )?)?(?P<third>debut|mi|milieu|fin)[ -](?:de l'annee |de |l'annee )?(?P<y>Y)",
    "month_year": r"(?:en |au mois de |au mois d'|de |d'|du mois de |courant )?(?P<m>M) (?P<y>Y)",
    "month": r"(?:en|courant|au mois de|au mois d'|du mois de|du mois d'|depuis le mois de|depuis|ce mois de|ce mois d'|mois de|mois d') ?(?P<m>M)(?P<last> dernier| passe)?(?! \d)",
    "month_last": r"(?P<m>M)(?P<last> dernier| passe)",
    "year": r"(?:(?:en|depuis|l'annee|annee|de|fin|ete|hiver|printemps|automne|des)(?: l'annee)? |\()(?P<y>Y)\)?",
    "year_last": r"(?:l'an|l'annee) (?:dernier|derniere|passe|passee)",
    "this_year": r"cette annee|(?:depuis )?(?:le )?debut de l'annee",
    "weekday": rf"{_PRE}(?P<ce>ce |cette )?(?P<w>W)(?P<last> dernier| passe)?(?P<next> prochain)?{_POST}",
    "yesterday": r"(?P<before>avant-)?hier(?: (?:matin|soir|apres-midi))?\b(?! ?[\[(] ?(?:le )?(?:W|D))",
    "today": r"aujourd'hui|(?<!a )(?<!jusqu'a )ce (?:matin|soir|jour)\b(?!-la)|cet apres-midi|ce midi",
    "last_night": r"(?:la )?nuit (?:derniere|passee)|cette nuit\b(?!-la)",
    "same_day": r"(?:le|au cours du|durant le) meme (?:jour|soir)|(?:la|dans la|de la) meme (?:journee|nuit|matinee|soiree)|ce jour-la|cette nuit-la|ce soir-la|ce matin-la|le jour meme|le (?:matin|soir) meme",
    "same_period": r"le meme mois|la meme (?:semaine|annee)|ce mois-la|cette semaine-la|cette annee-la",
    "eve": r"(?P<avant>avant-)?(?:la )?veille(?: (?:au soir|au matin))?\b(?! de noel)",
    "morrow": r"(?:le|au|des le|du) (?P<sur>sur)?lendemain",
    "ago": r"il y a (?:environ |pres de |plus de |a peine |quelque |tout juste )?(?P<n>N) (?P<u>jours?|semaines?|mois|ans?|annees?|heures?)(?P<exact>,? jour pour jour)?",
    "later": r"(?P<n>N) (?P<u>jours?|semaines?|mois|ans?|annees?|heures?) (?P<dir>plus tot|auparavant|avant|apres|plus tard)(?! (?:avoir|etre))",
    "past_week": r"(?:la )?semaine (?:derniere|passee)|(?:en |au )?(?:cours de )?la semaine ecoulee",
    "this_week": r"cette semaine\b(?!-la)|cette meme semaine",
    "weekend": r"(?:le |ce |du )?week-?end(?P<last> dernier| passe)?",
    "past_month": r"le mois (?:dernier|passe)",
    "this_month": r"ce mois(?:-ci)?\b|au cours de ce mois",
    "recent_units": r"(?:ces|les|des) (?P<n>N) (?:derniers|dernieres) (?P<u>jours|semaines|mois|annees|ans|heures)|(?:ces|les|des) (?:derniers|dernieres) (?P<n2>\d+) (?P<u2>jours|semaines|mois|heures)",
    "recent": r"ces (?:derniers|dernieres) (?:jours|semaines|mois|annees|temps|heures)",
    "length": r"(?:pendant|durant|en|depuis|apres|sur|plus de) (?:pres de |plus de |environ |au moins )?(?P<n>N) (?P<u>jours?|semaines?|mois|ans|annees|heures?|minutes?)",
    "clock": r"(?:(?:vers|a|des|depuis|jusqu'a|entre|peu (?P<before>avant)|peu (?P<after>apres)|(?:aux?|des) (?:alentours|environs) de|autour de|et|,) ?)(?P<h>[01]?\d|2[0-4]) ?(?:h(?:eures?)?\b ?|h(?=\d\d)|:(?=\d\d))(?P<mi>[0-5]\d)?(?!\d)(?! ?(?:de (?:route|vol|marche|trajet|train|combats?)|d'))(?P<half> du matin| du soir| de l'apres-midi| ?p\.?m\b)?",
    "clock_words": r"(?:vers|a|des|peu (?:avant|apres)|aux environs de|autour de) (?P<n>une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze) heures?(?P<half> du matin| du soir| de l'apres-midi)",
    "by_night": r"(?:attaques?|raids?|assauts?|incursions?|expeditions?|operations?) (?:de nuit|nocturnes?)|(?:dans|pendant|au cours de|durant) la nuit\b(?! (?:de|du|d'))",
    "midnight": r"(?:peu |juste )?(?P<dir>avant|apres) minuit|(?:vers|a|passe) (?P<at>minuit)",
}
_PART_EN = r"(?P<part>(?: in the| at)? (?:morning|evening|night|afternoon|dawn|noon|midday))?"
_ENGLISH = {
    "night_span": r"(?:overnight |the night |night )(?:of |between |from |on )?(?P<w1>W)?,? ?(?P<m1>M)? ?(?P<d1>D)? ?(?:-|to|and|into) ?(?P<w2>W)?,? ?(?P<m2>M)? ?(?P<d2>D)?(?:,? (?P<y2>Y))?",
    "night_of": r"(?:on |during |over )?(?:the )?(?:overnight (?:on )?|night of (?:the )?|night on )(?P<w1>W)?,? ?(?:(?P<m1>M) (?P<d1>D)(?:-D)?|(?P<d1b>D)(?:-D)? (?:of )?(?P<m1b>M))?(?:,? (?P<y1>Y))?",
    "range_md": r"(?:between |from )?(?P<m1>M) (?P<d1>D)(?: (?:and|to|until|through) |-)(?:(?P<m2>M) )?(?P<d2>D)(?:,? (?P<y2>Y))?",
    "range": r"(?:between |from )(?:the )?(?P<d1>D)(?: (?P<m1>M))? (?:and|to|until) (?:the )?(?P<d2>D) (?P<m2>M)(?: (?P<y2>Y))?",
    "month_range": r"(?:between |from )(?P<m1>M)(?: (?P<y1>Y))? (?:and|to|until) (?P<m2>M) (?P<y2>Y)",
    "year_range": r"(?:between |from |in )?(?P<y1>Y)(?: (?:and|to) |-)(?P<y2>Y)",
    "decade": r"(?:in |during |since )?the (?P<y>(?:1[89]\d|20\d)0)s",
    "weekday_range": r"(?:between|from) (?P<w1>W) (?:and|to|until|through) (?P<w2>W)",
    "weekday_and": r"(?:on )?(?P<w1>W) and (?P<w2>W)(?! \d)",
    "full_md": r"(?:on |last )?(?:(?P<w>W),? (?:the )?)?(?P<m>M) (?P<d>D)(?:,? (?P<y>Y))?(?! ?(?:percent|people|persons|soldiers|civilians|others|men|rebels)\b)",
    "full": r"(?:on |last )?(?:(?P<w>W),? (?:the )?)?(?:the )?(?P<d>D) (?:of )?(?P<m>M)(?:,? (?P<y>Y|\d\d(?= ?(?:\(|--|-|$))))?",
    "iso": r"(?P<y>Y)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)",
    "numeric": r"(?P<d>D)[/.](?P<mm>[0-3]?\d)[/.](?P<y>Y|\d\d)(?!\d)",
    "third_range": r"(?:between |from )(?P<t1>early|mid|late)[ -](?P<m1>M)(?: (?P<y1>Y))? (?:and|to) (?P<t2>early|mid|late)[ -](?P<m2>M)(?:,? (?P<y2>Y))?",
    "third_month": r"(?:in |since )?(?:the )?(?P<third>early|mid|late|beginning of|middle of|end of)[ -](?P<m>M)(?:,? (?P<y>Y))?",
    "third_year": r"(?:in )?(?:the )?(?P<third>early|mid|late|beginning of|end of)[ -](?P<y>Y)",
    "month_year": r"(?:in |of |since )?(?P<m>M),? (?:of )?(?P<y>Y)",
    "month": r"(?P<last>last )?(?:in|since|of|last|early in|during) (?P<m>M)(?! \d)",
    "year": r"(?:in|since|of|by|from|year) (?P<y>Y)|\((?P<y2>Y)\)",
    "year_last": r"last year",
    "this_year": r"this year|(?:since )?the (?:beginning|start) of the year",
    "weekday": rf"(?P<last>last |this past )?(?P<next>next )?(?:on |late |early |late on |early on )?(?P<last2>last )?(?P<w>W){_PART_EN}",
    "yesterday": r"(?P<before>the day before )?yesterday(?: (?:morning|afternoon|evening))?(?! ?[\[(] ?(?:W|M|D))",
    "night_before_last": r"the night before last",
    "today": r"today|this (?:morning|afternoon|evening)|tonight\b|at (?:dawn|noon) today",
    "last_night": r"last night|yesterday night|(?P<over>overnight)",
    "same_day": r"(?:the |on the )same (?:day|night|evening)|that (?:day|night|evening|morning)\b",
    "same_period": r"(?:the |in the )same (?:month|week|year)|that (?:month|week|year)\b",
    "eve": r"(?:the )?(?P<avant>two )?(?:previous day|previous night|night before|day before|day earlier)|a day earlier",
    "morrow": r"(?:the )?(?:following|next) day|a day later|the day after\b",
    "ago": r"(?P<n>N) (?P<u>days?|weeks?|months?|years?|hours?) ago(?P<exact> today)?",
    "later": r"(?P<n>N) (?P<u>days?|weeks?|months?|years?|hours?) (?P<dir>earlier|before|after|later|previously)",
    "past_week": r"last week|the past week",
    "this_week": r"(?:earlier |late |later )?this week",
    "weekend": r"(?P<last>last |this |the |over the )?weekend",
    "past_month": r"last month",
    "this_month": r"this month",
    "recent_units": r"(?:the )?(?:past|last) (?P<n>N) (?P<u>days|weeks|months|years|hours)",
    "recent": r"(?:in |over |for )?(?:the )?(?:recent|past|last) (?:few |several )?(?:days|weeks|months|years|hours)",
    "length": r"(?:for|in|over|during|after|within|more than|nearly) (?:nearly |more than |about |at least )?(?P<n>N) (?P<u>days?|weeks?|months?|years|hours?|minutes?)",
    "clock": r"(?:at|around|about|approximately|by|from|until|before|after|past|since) (?:about |around |approximately )?(?P<h>[01]?\d|2[0-3])(?:[:.](?P<mi>[0-5]\d))? ?(?P<half>[ap]\.? ?m\b\.?|o'clock|hours|gmt|local time)",
    "clock_four": r"(?:at|around|about|approximately|by) (?:about |around |approximately )?(?P<h>[01]\d|2[0-3])(?P<mi>[0-5]\d)(?= (?:gmt|hours|hrs|local|last night|today|this|on|yesterday)|[,.])",
    "by_night": r"(?:night(?:time)?|nocturnal) (?:attacks?|raids?|assaults?)|during the night\b(?! (?:of|on))|at night\b",
    "midnight": r"(?:shortly |just |soon )?(?P<dir>before|after) midnight|(?:at|around|about) (?P<at>midnight)",
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
