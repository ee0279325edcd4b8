"""Mood: which words of a report are told otherwise than as plain fact.

Words may be told as reported only (hedged), denied, planned, feared, supposed (hypothetical), invented (fictional),
remembered (commemorated), or not meant as they stand (figurative: "guerre des prix", "attaque en justice").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, cast

from concordant.codebook import Codebook
from concordant.coding.domains import find_domains
from concordant.coding.lexicon import Match, PhraseBook
from concordant.coding.mentions import MoodMention
from concordant.reading import Reading, Sentence, Span, Token

Mood = Literal["hedged", "denied", "planned", "feared", "hypothetical", "fictional", "commemorated", "figurative"]
# Where several govern the same words, the one that takes most from them is told first.
MOODS: tuple[Mood, ...] = (
    "figurative", "fictional", "denied", "hypothetical", "planned", "feared", "commemorated", "hedged",
)  # fmt: skip
_REACHES = ("cue", "noun", "verb", "after", "clause", "sentence")
_NONE = "none"
_IRREALIS = ("planned", "feared", "hypothetical")
_MARKS = frozenset((",", ";", ":", ".", "!", "?", "(", ")", '"', "...", "…"))
# Words that begin a clause of its own, which a cue before them does not govern.
_BREAKS = {
    "fr": frozenset(
        "qui dont où lorsque lorsqu' quand mais car alors tandis après lors que qu' depuis avant puis pendant".split()
    ),
    "en": frozenset("who which whose where when while but because after before since that as although during".split()),
}
# Infinitives that say nothing by themselves: what hangs on them shares their mood ("pour mener une attaque").
_LIGHT = frozenset(
    "mener commettre perpétrer lancer préparer organiser déclencher provoquer effectuer faire conduire subir déclarer "
    "carry launch stage commit conduct perpetrate make".split()
)
_AVERTING = frozenset("déjouer empêcher éviter prévenir contrer foil thwart prevent avert avoid".split())
_DEFINITE = frozenset("le la les l' ce cet cette ces son sa ses leur leurs the this that these those his their".split())
_CONDITIONAL = ("aurait", "auraient", "serait", "seraient")
_MODAL = frozenset(("pouvoir", "devoir", "vouloir", "falloir", "souhaiter", "aimer", "préférer"))
_AUXILIARIES = frozenset("avoir être have be been".split())
_SMALL = frozenset("ne n' pas plus en y se s' le la les l' lui leur nous vous me m' te t' not to de d' à mieux".split())
_NEAR = 5  # words behind a cue within which its verb stands
_GOVERNED = 5  # words from a negation to the verb that it denies


@lru_cache(maxsize=8)
def _book(codebook: Codebook, language: str) -> PhraseBook:
    rows = codebook.table(f"{language}/moods")
    for row in rows:
        if row["mood"] not in (*MOODS, _NONE):
            raise row.error(f"no mood {row['mood']!r}; there are {', '.join(MOODS)}, and {_NONE}")
        if row["reach"] not in _REACHES:
            raise row.error(f"no reach {row['reach']!r}; there are {', '.join(_REACHES)}")
    return PhraseBook(rows)


def find_moods(reading: Reading, *, codebook: Codebook) -> tuple[MoodMention, ...]:
    """The stretches of a reading that are told otherwise than as plain fact, in order of their words."""
    found = [
        mention
        for match in _book(codebook, reading.language).find(reading)
        if match.row["mood"] != _NONE and (mention := _cued(reading, match)) is not None
    ]
    for sentence in reading.sentences:
        found.extend(_conditionals(reading, sentence))
        found.extend(_negations(reading, sentence))
        found.extend(_futures(reading, sentence))
        found.extend(_question(reading, sentence))
    found.extend(find_domains(reading, codebook=codebook))
    return tuple(sorted(found, key=lambda m: (m.span, MOODS.index(m.mood), m.cue)))


def mood_of(span: Span, moods: Sequence[MoodMention]) -> Mood | None:
    """The mood that governs some words, the gravest where there are several; None where they are plainly told."""
    governing = {m.mood for m in moods if m.span.covers(span)}
    return next((mood for mood in MOODS if mood in governing), None)


def is_future_or_irrealis(span: Span, moods: Sequence[MoodMention]) -> bool:
    """Whether some words tell what is planned, feared, threatened or supposed, and so of nothing that happened."""
    return mood_of(span, moods) in _IRREALIS


def _cued(reading: Reading, match: Match) -> MoodMention | None:
    """The mood that a phrase of the table gives the words in its reach."""
    sentence = reading.sentences[reading.tokens[match.first].sentence]
    mood = cast(Mood, match.row["mood"])
    span = _reach(reading, sentence, match)
    if mood == "hypothetical" and match.last < sentence.last and reading.tokens[match.last].lower == "avoir":
        mood, span = (
            "hedged",
            reading.span(match.first, _clause_end(reading, sentence, match.last)),
        )  # "peuvent avoir péri"
    return MoodMention(span, reading.span(match.first, match.last), mood) if span is not None else None


def _reach(reading: Reading, sentence: Sentence, match: Match) -> Span | None:
    first, last = match.first, match.last
    reach = match.row["reach"]
    if reach == "sentence":
        return Span(sentence.start, sentence.end)
    if reach == "cue":
        return reading.span(first, last)
    if reach == "noun":
        return reading.span(*_with_noun(reading, sentence, first, last))
    if reach == "verb":
        verb = _verb(reading, sentence, first, last)
        return reading.span(first, verb) if verb is not None else None
    start = _clause_start(reading, sentence, first) if reach == "clause" else first
    return reading.span(start, _clause_end(reading, sentence, last))


def _clause_end(reading: Reading, sentence: Sentence, at: int) -> int:
    """Where the clause that goes on at a token ends."""
    first = at
    while at < sentence.last:
        token = reading.tokens[at]
        if token.text in _MARKS or (at > first and token.lower in _BREAKS[reading.language]):
            break
        at += 1
    return max(at, first)


def _clause_start(reading: Reading, sentence: Sentence, at: int) -> int:
    while at > sentence.first:
        token = reading.tokens[at - 1]
        if token.text in _MARKS or token.lower in _BREAKS[reading.language]:
            break
        at -= 1
    return at


def _with_noun(reading: Reading, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """A cue with the noun beside it: "présumés jihadistes", "attaque présumée", "alleged attack"."""
    if last < sentence.last and reading.tokens[last].pos in ("NOUN", "PROPN", "ADJ"):
        return first, last + 1
    if first > sentence.first and reading.tokens[first - 1].pos in ("NOUN", "PROPN", "ADJ"):
        return first - 1, last
    return first, last


def _verb(reading: Reading, sentence: Sentence, first: int, last: int) -> int | None:
    """Where the verb ends that a cue governs, or the clause where the verb is a light one; None where there is no verb.

    What hangs on a verb may well have happened ("pour venger l'attaque de mardi"): only the verb is not told as fact.
    """
    for at in range(last, min(sentence.last, last + _NEAR)):
        token = reading.tokens[at]
        if _bare_verb(token, reading.language) and token.lower not in _AUXILIARIES:
            return _clause_end(reading, sentence, at) if _carries(reading, sentence, at) else at + 1
        if token.pos not in ("PRON", "ADV", "PART", "AUX") and token.lower not in _SMALL:
            return None
    return None


def _carries(reading: Reading, sentence: Sentence, at: int) -> bool:
    """Whether what hangs on a verb shares its mood: "mener une attaque", "éviter l'attaque", but not "mener l'attaque"."""
    definite = at + 1 < sentence.last and reading.tokens[at + 1].lower in _DEFINITE
    return reading.tokens[at].lower in _AVERTING or (reading.tokens[at].lower in _LIGHT and not definite)


def _bare_verb(token: Token, language: str) -> bool:
    """Whether a token is an infinitive, a participle behind one, or an English verb behind a modal."""
    if language == "fr":
        infinitive = token.lower.endswith(("er", "ir", "re", "oir"))
        return token.pos in ("VERB", "AUX") and (infinitive or token.has("VerbForm=Inf") or token.has("VerbForm=Part"))
    return token.pos in ("VERB", "AUX")


def _conditionals(reading: Reading, sentence: Sentence) -> Iterator[MoodMention]:
    """French conditionals that report ("auraient tué"), not those of a supposition ("si …, ils auraient tué")."""
    if reading.language != "fr" or _supposes(reading, sentence):
        return
    for token in reading.sentence_tokens(sentence):
        reports = token.lower in _CONDITIONAL or (
            token.has("Mood=Cnd") and token.lemma not in _MODAL and token.lower.endswith(("rait", "raient"))
        )
        if reports:
            mood: Mood = "planned" if _future_in_past(reading, sentence, token) else "hedged"
            span = reading.span(token.i, max(token.i + 1, _clause_end(reading, sentence, token.i + 1)))
            yield MoodMention(span, Span(token.start, token.end), mood)


def _supposes(reading: Reading, sentence: Sentence) -> bool:
    words = [t.lower for t in reading.sentence_tokens(sentence)]
    return any(
        w in ("si", "s'") and n + 1 < len(words) and words[n + 1] in _SUBJECTS and (n == 0 or words[n - 1] != "même")
        for n, w in enumerate(words)
    )


_SUBJECTS = frozenset(
    "il ils elle elles on le la les l' un une des ce cette ces nous vous je tu aucun aucune rien".split()
)


def _future_in_past(reading: Reading, sentence: Sentence, token: Token) -> bool:
    """ "a annoncé que les otages seraient libérés": what is to come, seen from a verb of saying in the past."""
    if token.lower.startswith("aur"):
        return False
    before = reading.tokens[sentence.first : token.i]
    that = [t.i for t in before if t.lower in ("que", "qu'")]
    if not that:
        return False
    said = reading.tokens[max(sentence.first, that[-1] - 4) : that[-1]]
    announced = any(
        t.fold.startswith(("annonc", "prom", "assur", "jur", "decid", "prevu", "menac", "preven")) for t in said
    )
    return announced and token.lower in _CONDITIONAL[2:]


def _negations(reading: Reading, sentence: Sentence) -> Iterator[MoodMention]:
    """ "n'ont pas attaqué", "did not attack": from the negation to the verb that it denies, and no further.

    What hangs on a denied verb is mostly taken as a fact ("n'a pas revendiqué l'attaque").
    """
    for token in reading.sentence_tokens(sentence):
        if not _negates(reading, sentence, token):
            continue
        verb = next(
            (t for t in reading.tokens[token.i + 1 : min(sentence.last, token.i + 1 + _GOVERNED)] if t.pos == "VERB"),
            None,
        )
        between = reading.tokens[token.i + 1 : verb.i] if verb else ()
        if verb is not None and not any(t.text in _MARKS for t in between):
            yield MoodMention(reading.span(token.i, verb.i + 1), Span(token.start, token.end), "denied")


def _negates(reading: Reading, sentence: Sentence, token: Token) -> bool:
    if reading.language == "en":
        return token.lower in ("not", "n't", "never")
    following = [t.lower for t in reading.tokens[token.i + 1 : min(sentence.last, token.i + 6)]]
    # "plus" with a number behind it counts ("n'ont fait que plus de 30 morts"), and "pas encore" is not denied for good.
    return token.lower in ("n'", "ne") and any(
        word in ("pas", "jamais", "nullement", "aucunement") for word in following
    )


def _futures(reading: Reading, sentence: Sentence) -> Iterator[MoodMention]:
    """French verbs in the future: "les rebelles attaqueront"."""
    if reading.language != "fr":
        return
    for token in reading.sentence_tokens(sentence):
        if token.has("Tense=Fut") and token.pos in ("VERB", "AUX") and token.lower.endswith(_FUTURE):
            verb = _verb(reading, sentence, token.i, token.i + 1) if token.pos == "AUX" else None
            yield MoodMention(reading.span(token.i, verb or token.i + 1), Span(token.start, token.end), "planned")


_FUTURE = ("ra", "ront", "rons", "rez", "rai", "ras")


def _question(reading: Reading, sentence: Sentence) -> Iterator[MoodMention]:
    """A title that asks tells nothing; what stands before its colon is told ("Attaque à X : qui sont les victimes ?")."""
    if sentence.in_title and reading.tokens[sentence.last - 1].text == "?":
        colon = max((t.i for t in reading.sentence_tokens(sentence) if t.text == ":"), default=sentence.first - 1)
        span = reading.span(min(colon + 1, sentence.last - 1), sentence.last)
        yield MoodMention(span, Span(sentence.end - 1, sentence.end), "hypothetical")
