"""Sources: whom a report names for what it tells, which words each vouches for, and who claims responsibility."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from concordant.codebook import Codebook
from concordant.coding.mentions import SourceMention
from concordant.coding.source_identity import Naming, Register
from concordant.coding.source_names import Phrase, Phrases
from concordant.coding.source_sayings import REACH, Saying, Sayings, inverted_pronoun
from concordant.coding.source_scope import Quotations
from concordant.coding.source_words import Words, source_words
from concordant.reading import Reading, Sentence, Span, fold

_INSERTION = 24  # tokens set between commas between subject and verb
_MARKS = ',"-()'  # before a verb whose subject follows it
_TELLS = ("confirm", "precis", "indiqu", "etat", "fait", "reconn", "communiqu", "comment", "revel", "dit", "detail")
_OF_TIME = ("ce", "cette", "quelques", "plusieurs", "several")  # before a word of time: "ce jeudi", "quelques jours plus tard"
# What else stands in brackets in a transcript than the name of who speaks.
_STOCK = frozenset(
    "begin end recording words word indistinct received passage passages omitted question reporter correspondent "
    "announcer signed dated continued continuing video laughter applause unidentified speaker caption report text "
    "interview answer sic live relay editorial".split()
)
_INVERTING = ("comme", "que", "qu'", "as", "ainsi")


def find_sources(reading: Reading, *, outlet: str | None, codebook: Codebook) -> tuple[SourceMention, ...]:
    """The sources of a reading, in order of their words; a source named again keeps its first name and span.

    Each mention vouches for its `scope`. The outlet itself is no source of its own report. Mentions with `claim` name
    who claims responsibility.
    """
    words = source_words(codebook, reading.language)
    finder = _Finder(reading, words)
    namings = [naming for sentence in reading.sentences for naming in finder.sentence(sentence)]
    own = fold(outlet or "")
    return tuple(m for m in Register(reading, words).mentions(namings) if m.claim or not own or fold(m.name) != own)


def sources_for(sources: Sequence[SourceMention], spans: Sequence[Span]) -> tuple[str, ...]:
    """The names of the sources that vouch for words at some spans, in order, each once; claims are no sources."""
    names = (s.name for s in sources if not s.claim and any(s.scope.overlaps(span) for span in spans))
    return tuple(dict.fromkeys(names))


def claims_for(sources: Sequence[SourceMention], spans: Sequence[Span]) -> tuple[str, ...]:
    """The parties that claim responsibility in words that overlap some spans."""
    return tuple(dict.fromkeys(s.name for s in sources if s.claim and any(s.scope.overlaps(span) for span in spans)))


class _Finder:
    """Reads the namings of sources off one reading, sentence by sentence."""

    def __init__(self, reading: Reading, words: Words) -> None:
        self.reading, self.words, self.tokens = reading, words, reading.tokens
        self.phrases, self.quotations = Phrases(reading, words), Quotations(reading)
        self.sayings = Sayings(reading, words, self.phrases)
        self.transcript = words.language == "en" and "recording)" in reading.canvas

    def sentence(self, sentence: Sentence) -> Iterator[Naming]:
        """The namings of one sentence, as their words come."""
        yield from self._labelled(sentence)
        taken = sentence.first  # the end of the last phrase behind a cue: no cue begins inside it
        for at in range(sentence.first, sentence.last):
            for naming in self._cued(at, sentence) if at >= taken else ():
                taken = naming.phrase.last if naming.phrase is not None else at + 1
                yield naming
            if self.sayings.claims(at, sentence):
                yield from self._claimed(at, sentence)
                continue
            if self.tokens[at].fold == "revendication":
                yield from self._claim_of(at, sentence)
            saying = self.sayings.at(at, sentence)
            if saying is not None and not self._silent(saying, sentence):
                yield from self._said(saying, sentence)

    def _labelled(self, sentence: Sentence) -> Iterator[Naming]:
        """ "(begin recording) (ruiz) we saw nothing": who speaks in a transcript, in brackets before the words."""
        if not self.transcript:
            return
        at = sentence.first
        while at < sentence.last and self.tokens[at].text == "(":
            close = next((i for i in range(at, min(sentence.last, at + 9)) if self.tokens[i].text == ")"), None)
            if close is None:
                return
            inside = self.tokens[at + 1 : close]
            name = inside and all(t.pos in ("NOUN", "PROPN", "ADJ") for t in inside) and len(inside) < 6
            if name and not any(t.lower in _STOCK for t in inside):
                phrase = self.phrases.at(at + 1, sentence)
                if phrase is not None and phrase.last <= close:
                    yield self._naming(at, phrase, sentence)
            at = close + 1

    def _naming(self, at: int, phrase: Phrase | None, sentence: Sentence, via: str | None = None) -> Naming:
        relay = self._relay(phrase.last, sentence) if phrase is not None else None
        return Naming(at, phrase, self.quotations.scope(sentence), via or relay)

    # Phrases behind a cue

    def _cued(self, at: int, sentence: Sentence) -> Iterator[Naming]:
        cue = self._cue(at, sentence)
        if cue is None:
            yield from self._bare_source(at, sentence)
            return
        last, kind = cue
        if kind == "document":
            phrase = self._document(last, sentence)
            if phrase is not None:
                yield self._naming(at, phrase, sentence)
            return
        if kind == "opinion":
            yield from self._opinion(last, sentence)
        elif kind == "before" or (kind == "learnt" and self._learnt(at, sentence)):
            yield from self._listed(last, sentence)

    def _opinion(self, at: int, sentence: Sentence) -> Iterator[Naming]:
        """ "Pour la ministre Une Telle, …": at the head of a sentence, a person and a comma."""
        phrase = self.phrases.at(at, sentence) if at == sentence.first + 1 else None
        if phrase is None or phrase.person is None:
            return
        if self.tokens[phrase.last - 1].text == "," or (
            phrase.last < sentence.last and self.tokens[phrase.last].text == ","
        ):
            yield self._naming(at, phrase, sentence)

    def _learnt(self, at: int, sentence: Sentence) -> bool:
        """Whether a verb of learning stands before: "a-t-on appris dimanche de …"."""
        return any(t.fold in ("appris", "apprend", "learned") for t in self.tokens[max(sentence.first, at - 8) : at])

    def _cue(self, at: int, sentence: Sentence) -> tuple[int, str] | None:
        """Where the cue that begins at a token ends, and its kind."""
        for words, kind in self.words.cues.get(self.tokens[at].fold, ()):
            last = at + len(words)
            if last <= sentence.last and all(self.tokens[at + n].fold == word for n, word in enumerate(words)):
                return last, kind
        return None

    def _listed(self, at: int, sentence: Sentence) -> Iterator[Naming]:
        """The source behind a cue, and those joined to it ("selon l'armée et des témoins")."""
        while True:
            if self.words.is_("pronoun", self.tokens[min(at, sentence.last - 1)]):
                yield self._naming(at, None, sentence)
                return
            phrase = self.phrases.at(at, sentence)
            if phrase is None:
                return
            agent = self._agent(phrase, sentence)
            if agent is not None:
                at = agent
                continue
            if not (phrase.known or phrase.named or self.reading.lower_cased) or self._hearsay(phrase):
                return
            yield self._naming(at, phrase, sentence)
            following = self._next_of_list(phrase.last, sentence)
            if following is None:
                return
            at = following

    def _hearsay(self, phrase: Phrase) -> bool:
        """ "Selon un bilan provisoire", "selon les premières informations": nobody is named for it."""
        words = self.tokens[phrase.first : phrase.last]
        first = next((t for t in words if t.pos in ("NOUN", "PROPN")), None)
        if first is None or not self.words.is_("hearsay", first):
            return False
        whose = first.i + 1 < phrase.last and self.words.is_("link", self.tokens[first.i + 1])
        about = self.words.is_("hearsay", self.tokens[phrase.last - 1])  # "les premiers éléments de l'enquête"
        own = any(t.lower in ("nos", "notre", "our") for t in words)
        return not (own or phrase.person or any(t.text[:1].isupper() for t in words[1:]) or (whose and not about))

    def _agent(self, phrase: Phrase, sentence: Sentence) -> int | None:
        """Where the source stands that is behind what a cue names: "d'après des indications données par …"."""
        if phrase.last >= sentence.last or phrase.kind not in ("unnamed", "document", "person"):
            return None
        if self._cue(phrase.last, sentence) is not None:
            return None
        for at in (phrase.last, phrase.last - 1):
            token = self.tokens[at]
            if token.pos in ("VERB", "ADJ") or token.lower.endswith(("é", "ée", "és", "ées")):
                by = self.sayings.agent(at + 1, sentence)
                if by is not None and at > phrase.first:
                    return by
        return None

    def _next_of_list(self, at: int, sentence: Sentence) -> int | None:
        """Where the next source of a list begins ("et des témoins", "et d'une association", "dont X")."""
        if at + 1 >= sentence.last or not (
            self.words.is_("and", self.tokens[at]) or self.tokens[at].lower in ("dont", "including")
        ):
            return None
        return at + 1 + (self.tokens[at + 1].lower in ("d'", "de", "auprès"))

    def _bare_source(self, at: int, sentence: Sentence) -> Iterator[Naming]:
        """ ", de source sécuritaire": sources without a cue of their own."""
        token, before = self.tokens[at], self.tokens[max(sentence.first, at - 2)]
        if self.words.language != "fr" or token.fold not in ("source", "sources") or at < sentence.first + 1:
            return
        opens = at == sentence.first + 1 or before.text in ',"-' or before.pos == "VERB"
        if self.tokens[at - 1].lower in ("de", "d'") and opens:
            phrase = self.phrases.at(at, sentence)
            if phrase is not None:
                yield self._naming(at, phrase, sentence)

    def _document(self, at: int, sentence: Sentence) -> Phrase | None:
        """The document that a cue ends with, where its author is named with it."""
        phrase = self.phrases.at(at, sentence) or self.phrases.at(at - 1, sentence)
        if phrase is None:
            return None
        for i in range(phrase.first + 1, phrase.last):
            noun = self.words.noun_at(self.reading, i, phrase.last)
            if self.words.name_at(self.reading, i, phrase.last) or (
                noun and noun[0].kind not in ("document", "outlet")
            ):
                return phrase
        return None

    def _relay(self, at: int, sentence: Sentence) -> str | None:
        """The outlet that passes a source's words on: "cité par l'AFP", "joint par RFI"."""
        cue = self._cue(at, sentence) if at < sentence.last else None
        phrase = (
            self.phrases.at(cue[0], sentence)
            if cue is not None and self.tokens[cue[0] - 1].lower in self.words.grammar["by"]
            else None
        )
        return self._name(phrase) if phrase is not None else None

    # Subjects and agents of verbs of saying

    def _silent(self, saying: Saying, sentence: Sentence) -> bool:
        """Whether the verb says that its subject does not tell: "n'a pas confirmé", "declined to comment"."""
        if self.words.language != "fr":
            return False
        before = self.tokens[max(sentence.first, saying.first - 3) : saying.first]
        if not any(t.lower in ("n'", "ne") for t in before):
            return False
        return self.tokens[saying.last - 1].fold.startswith(_TELLS)

    def _said(self, saying: Saying, sentence: Sentence) -> Iterator[Naming]:
        if saying.passive:
            at = self.sayings.agent(saying.last, sentence)
            if at is not None:
                for naming in self._listed(at, sentence):
                    if naming.phrase is None or self._accepts(naming.phrase, saying.strength):
                        yield naming
            return
        yield from self._subject(saying, sentence)

    def _subject(self, saying: Saying, sentence: Sentence) -> Iterator[Naming]:
        """The subject of an active verb: a pronoun, the phrase before, or the phrase behind."""
        pronoun = self._pronoun(saying, sentence)
        if pronoun is not None:
            if pronoun:
                yield self._naming(saying.first, None, sentence, self._told(saying.last, sentence))
            return
        phrase = self._left(saying, sentence) or self._right(saying, sentence) or self._parsed(saying, sentence)
        if phrase is None:
            outlet = self._told_phrase(saying.last, sentence)
            if outlet is not None:  # "this is what they, some of them wounded, told Reuters"
                yield self._naming(saying.first, outlet, sentence)
            return
        if self._of_none(phrase, sentence):
            return
        told = self._told(saying.last, sentence)
        for one in self._joined(phrase, saying, sentence):
            yield self._naming(saying.first, one, sentence, told)

    def _joined(self, phrase: Phrase, saying: Saying, sentence: Sentence) -> Iterator[Phrase]:
        """A subject with those that "et" joins to it: "ont indiqué un officier et un élu"."""
        before = phrase.first - 1
        if phrase.first < saying.first and before > sentence.first and self.words.is_("and", self.tokens[before]):
            other = self.phrases.before(before, sentence)
            if other is not None and other.known:
                yield other
        yield phrase
        following = self._next_of_list(phrase.last, sentence) if phrase.first >= saying.last else None
        other = self.phrases.at(following, sentence) if following is not None else None
        if other is not None and other.known:
            yield other

    def _pronoun(self, saying: Saying, sentence: Sentence) -> bool | None:
        """True for a pronoun that stands for a source, False for one that stands for none ("on"), None for neither."""
        for i in range(saying.first, min(sentence.last, saying.last + 2)):
            if inverted_pronoun(self.tokens[i]):
                return not self.tokens[i].lower.endswith("on")
        at = self._before_clitics(saying.first, sentence)
        if at < sentence.first:
            return None
        token = self.tokens[at]
        if self.words.is_("pronoun", token):
            return True
        if (
            self.words.is_("same", token)
            and at > sentence.first
            and self.tokens[at - 1].lower in ("ce", "cette", "ces", "the")
        ):
            return True
        return False if self.words.is_("nobody", token) and token.pos in ("PRON", "DET", "ADV") else None

    def _before_clitics(self, first: int, sentence: Sentence) -> int:
        at = first - 1
        while at > sentence.first and (self.words.is_("clitic", self.tokens[at]) or self.tokens[at].pos == "ADV"):
            at -= 1
        return at

    def _left(self, saying: Saying, sentence: Sentence) -> Phrase | None:
        at = self._before_clitics(saying.first, sentence)
        if at < sentence.first:
            return None
        if self.words.is_("relative", self.tokens[at]):
            at -= 1 + (self.tokens[max(sentence.first, at - 1)].text == ",")
        for last in (at + 1, self._before_insertion(at, sentence)):
            phrase = self.phrases.before(last, sentence) if last is not None else None
            if phrase is None or not self._accepts(phrase, saying.strength) or self._governed(phrase.first, sentence):
                continue
            return phrase
        return None

    def _before_insertion(self, at: int, sentence: Sentence) -> int | None:
        """The comma that opens what is set between subject and verb: "Les habitants, joints par téléphone, ont dit"."""
        if self.tokens[at].text != "," or at <= sentence.first or self.tokens[at - 1].text == '"':
            return None
        commas = [i for i in range(max(sentence.first + 1, at - _INSERTION), at) if self.tokens[i].text == ","]
        return commas[-1] if commas else None

    def _governed(self, at: int, sentence: Sentence) -> bool:
        """Whether a phrase hangs on a preposition and so can be no subject."""
        if at <= sentence.first:
            return False
        token = self.tokens[at - 1]
        return token.pos == "ADP" or self.words.is_("link", token) or self.words.is_("preposition", token)

    def _right(self, saying: Saying, sentence: Sentence) -> Phrase | None:
        """The subject behind the verb: ", a indiqué à l'AFP jeudi un responsable"."""
        if not self._may_invert(saying, sentence):
            return None
        at = self._past_adjuncts(saying.last, sentence)
        phrase = self.phrases.at(at, sentence) if at is not None else None
        return phrase if phrase is not None and self._accepts(phrase, saying.strength) else None

    def _may_invert(self, saying: Saying, sentence: Sentence) -> bool:
        """Whether the words before the verb leave room for a subject behind it."""
        at = self._before_clitics(saying.first, sentence)
        if saying.strength == "weak" and at >= sentence.first + 1:
            return '"' in (self.tokens[at].text, self.tokens[at - 1].text)
        opens = at < sentence.first or self.tokens[at].text in _MARKS or self.tokens[at].lower in _INVERTING
        if opens or self.words.language == "en":
            return opens
        # "… dans la brousse affirment plusieurs sources": without a comma only behind a verb without auxiliary.
        return saying.last - saying.first == 1

    def _past_adjuncts(self, at: int, sentence: Sentence) -> int | None:
        """The first token behind the adjuncts of a verb; None where a clause or the sentence's end comes first."""
        end = min(sentence.last, at + REACH)
        while at < end:
            token = self.tokens[at]
            if self.words.name_at(self.reading, at, sentence.last) is not None:  # "rapporte 20 Minutes"
                return at
            if token.text in ',"' or self.words.is_("time", token) or token.pos in ("ADV", "NUM"):
                at += 1
            elif token.lower in _OF_TIME and at + 1 < end and self.words.is_("time", self.tokens[at + 1]):
                at += 2
            elif token.lower in ("de", "pour") and all(self.words.is_("aside", t) for t in self.tokens[at : at + 3]):
                at += 3
            elif self.words.is_("preposition", token):
                inner = self.phrases.at(at + 1, sentence)
                at = inner.last if inner is not None else at + 1
            else:
                return None if self.words.is_("break", token) else at
        return None

    def _parsed(self, saying: Saying, sentence: Sentence) -> Phrase | None:
        """The subject that the grammar gives the verb, where the words between hide it."""
        for at in range(saying.first, saying.last):
            for child in self.reading.children(at):
                if self.tokens[child].dep == "nsubj" and sentence.first <= child < saying.first:
                    first = min((i for i in self.reading.subtree(child) if child - 4 <= i <= child), default=child)
                    phrase = self.phrases.at(first, sentence) or self.phrases.at(child, sentence)
                    if phrase is not None and phrase.last <= saying.first and self._accepts(phrase, saying.strength):
                        return phrase
        return None

    def _of_none(self, phrase: Phrase, sentence: Sentence) -> bool:
        """ "No organization has said": nobody."""
        near = self.tokens[max(sentence.first, phrase.first - 1) : phrase.first + 1]
        return any(token.lower in ("no", "neither", "aucun", "aucune") for token in near)

    def _told(self, at: int, sentence: Sentence) -> str | None:
        """The outlet that was told: "a affirmé à l'AFP", "told Reuters"."""
        phrase = self._told_phrase(at, sentence)
        return self._name(phrase) if phrase is not None else None

    def _told_phrase(self, at: int, sentence: Sentence) -> Phrase | None:
        if at + 1 >= sentence.last:
            return None
        at += self.tokens[at].lower in ("this", "it", "that")
        at += self.words.is_("to", self.tokens[at])
        phrase = self.phrases.at(at, sentence) if at < sentence.last else None
        return phrase if phrase is not None and phrase.kind in ("outlet", "agency") else None

    @staticmethod
    def _accepts(phrase: Phrase, strength: str) -> bool:
        if strength == "outlet":
            return phrase.kind in ("outlet", "agency")
        if strength == "weak":
            return phrase.known and phrase.kind != "party"
        return phrase.known or phrase.named

    def _name(self, phrase: Phrase) -> str:
        return self.reading.words(self.reading.span(phrase.name_first, phrase.name_last))

    # Claims of responsibility

    def _claimed(self, at: int, sentence: Sentence) -> Iterator[Naming]:
        by = self.sayings.agent(at + 1, sentence)
        auxiliary = self.sayings.auxiliary(at, sentence)
        first = auxiliary[0] if auxiliary else at
        before = self._before_clitics(first, sentence)
        insertion = self._before_insertion(before, sentence) if before >= sentence.first else None
        phrase = (
            self.phrases.at(by, sentence)
            if by is not None
            else self.phrases.before(before + 1, sentence)
            or (self.phrases.before(insertion, sentence) if insertion is not None else None)
        )
        if phrase is not None:
            yield Naming(at, phrase, self.quotations.scope(sentence), claim=True)

    def _claim_of(self, at: int, sentence: Sentence) -> Iterator[Naming]:
        """ "La revendication de l'attaque par X", "la revendication de X": the party behind the noun."""
        by = self.sayings.agent(at + 1, sentence)
        linked = at + 2 < sentence.last and self.words.is_("link", self.tokens[at + 1])
        first = by if by is not None else at + 2 if linked else sentence.last
        phrase = self.phrases.at(first, sentence) if first < sentence.last else None
        if phrase is not None and (by is not None or phrase.kind == "party" or phrase.named):
            yield Naming(at, phrase, self.quotations.scope(sentence), claim=True)
