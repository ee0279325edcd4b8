"""The noun phrases of parties, read off a sentence's words from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field

from concordant.actors.register import Actor
from concordant.coding.party_words import Line, Word

_ARTICLES = frozenset("le la l les un une des du d de the a an ces ce cet cette leur leurs ses son sa".split())
_JOINED = {"franco": "FR", "americano": "US", "israelo": "IL", "russo": "RU"}  # "franco-mauritanien"
_PEACEFUL = frozenset({"civilians", "crowd"})
_TAKING_PART = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "obl:agent", "obl:arg", "obl:mod", "nmod", "pobj"})
_AGAINST = frozenset("par contre avec entre by against with between".split())
_LONGEST_NAME = 4  # words in a person's or an unlisted group's name


@dataclass(slots=True)
class Phrase:
    """A party's phrase while it is being read: places are indices of the line's pieces."""

    first: int
    last: int
    head: int
    word: Word | None = None
    actors: list[Actor] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)  # types that adjectives give
    nations: list[list[str]] = field(default_factory=list)  # each nationality with the countries it may mean
    ethnic: str | None = None
    presumed: bool = False
    inner: str = ""  # type of the phrase that "de" or "of" adds
    new_name: str = ""  # name of a group that is not in the register
    local_type: str = ""
    metonym: bool = False
    titled: bool = False  # a person's name follows
    named_at: int = -1  # where that name begins
    name_first: int = -1
    name_last: int = -1

    def tokens(self, line: Line) -> tuple[int, int]:
        return line.pieces[self.first].token, line.pieces[self.last - 1].token + 1

    def named(self, line: Line) -> tuple[int, int]:
        """The tokens of the name, without suspicion at either end."""
        first = self.name_first if self.name_first >= 0 else self.first
        last = self.name_last if self.name_last >= 0 else self.last
        return line.pieces[first].token, line.pieces[last - 1].token + 1

    @property
    def armed(self) -> bool:
        return bool(self.actors) or (self.word is not None and self.word.type not in _PEACEFUL)


def parse(line: Line, at: int) -> tuple[Phrase | None, int]:
    """The party whose phrase begins at a piece, and where to go on; whoever only speaks is passed over."""
    if line.silent(at) and line.pieces[at].fold not in _JOINED:
        return None, at + 1
    length = line.cue("attribution", at)
    if length:
        return None, _after_source(line, at + length)
    length = line.cue("speaker", at)
    head = line.head(at)
    if length and (head is None or head[0] <= length):
        return None, _after_speaker(line, at + length)
    phrase = read_phrase(line, at)
    if phrase is None:  # "garde à vue": words that are no party, whatever one of them is alone
        return None, at + (head[0] if head and head[1].type == "?" else 1)
    if line.lexicon.language == "en" and line.cue("speaker", phrase.last):
        return None, phrase.last
    return phrase, phrase.last


def read_phrase(line: Line, at: int) -> Phrase | None:
    """The party's phrase that begins at a piece (an article or a number may come before it)."""
    if at >= len(line):
        return None
    phrase = _read_english(line, at) if line.lexicon.language == "en" else _read_french(line, at)
    if phrase is None:
        return _metonym(line, at)
    _extend(line, phrase)
    _settle_name(line, phrase)
    return phrase if _holds(phrase) else None


def _holds(phrase: Phrase) -> bool:
    word = phrase.word
    if word is not None and (word.kind == "none" or (word.kind == "rank" and not phrase.titled)):
        return False
    if word is None or phrase.actors or word.type != "?":
        return not (word and word.kind == "action" and not phrase.nations and not phrase.actors)
    if word.kind == "action":
        return bool(phrase.nations)
    return bool(phrase.kinds or phrase.nations or phrase.inner or phrase.new_name or phrase.ethnic)


# -- the core: a description, a name, a nationality -----------------------------------------------------------------


def _read_french(line: Line, at: int) -> Phrase | None:
    start = at
    presumed = False
    while True:
        length = line.cue("presumed", at)
        if not length:
            break
        presumed, at = True, at + length
    phrase = _core(line, at)
    if phrase is None:
        return None
    phrase.first, phrase.name_first, phrase.presumed = start, at, presumed
    return phrase


def _core(line: Line, at: int) -> Phrase | None:
    if at >= len(line):
        return None
    actors, head = line.actors(at), line.head(at)
    if actors and (head is None or actors[0] >= head[0]):
        return _named(at, actors)
    if head:
        return Phrase(at, at + head[0], at, word=head[1])
    people = line.community(at, noun=True)
    if people:
        return Phrase(at, at + people[0], at, ethnic=people[1])
    nation = line.nationality(at, noun=True)
    if nation and _noun_here(line, at):
        return Phrase(at, at + nation[0], at, nations=[nation[1]])
    return None


def _named(at: int, actors: tuple[int, list[Actor]]) -> Phrase:
    local = actors[1][0].type if not actors[1][0].id else ""
    return Phrase(at, at + actors[0], at, actors=actors[1], local_type=local)


def _noun_here(line: Line, at: int) -> bool:
    """Whether a nationality with a capital stands as a noun: after an article or a number."""
    if line.reading.lower_cased or line.lexicon.language == "en" or at == 0:
        return False
    before = line.reading.tokens[line.pieces[at - 1].token]
    return before.fold in _ARTICLES or before.pos == "NUM" or before.text.isdigit()


def _read_english(line: Line, at: int) -> Phrase | None:
    """Adjectives, nationalities and names before a noun, the last of the nouns being the head."""
    start, phrase, spare = at, None, Phrase(at, at, at)
    while at < len(line):
        core, presumed = _core(line, at), line.cue("presumed", at)
        if core and not (phrase and _breaks(phrase, core)):
            if phrase:
                _absorb(core, phrase)
            phrase, at = core, core.last
            continue
        if presumed and (phrase is None or _leads_on(line, at + presumed)):
            spare.presumed, at = True, at + presumed
            if phrase is None and spare.first == spare.last:
                spare.name_first = at
            continue
        step = _adjective(line, at, spare)
        if not step or (phrase is not None and not _leads_on(line, at + step)):
            break
        at += step
    if phrase is None:
        return None
    _absorb(phrase, spare)
    phrase.first, phrase.name_first = start, max(start, spare.name_first)
    return phrase


def _leads_on(line: Line, at: int) -> bool:
    """Whether a head still follows the adjectives that begin here."""
    spare = Phrase(at, at, at)
    while at < len(line):
        if line.head(at) or line.actors(at):
            return True
        step = _adjective(line, at, spare)
        if not step:
            return False
        at += step
    return False


def _breaks(phrase: Phrase, core: Phrase) -> bool:
    """Whether a second noun is no head of the first: "Taliban | prisoners", "rebel | attacks"."""
    if core.word is not None and core.word.kind == "action":
        return bool(phrase.actors) or (phrase.word is not None and phrase.word.type != "?")
    if core.word is None:
        return phrase.word is None and bool(phrase.actors)
    return core.word.type in _PEACEFUL and core.word.kind in ("person", "site") and bool(phrase.actors)


def _absorb(core: Phrase, before: Phrase) -> None:
    """Give a head what the words before it say."""
    core.actors = core.actors or before.actors
    core.nations = before.nations + core.nations
    core.ethnic = core.ethnic or before.ethnic
    core.kinds = core.kinds + before.kinds
    core.presumed = core.presumed or before.presumed
    if before.word and before.word.type != "?":
        core.kinds.append(before.word.type)
        if core.word and core.word.type == "?":
            core.inner = before.word.type


def _adjective(line: Line, at: int, phrase: Phrase) -> int:
    """Take an adjective that begins at a piece into the phrase; its length, 0 for none."""
    if at >= len(line):
        return 0
    nation = line.nationality(at, noun=False)
    people = line.community(at, noun=False)
    modifier = line.modifier(at)
    if line.pieces[at].fold in _JOINED:
        phrase.nations.append([_JOINED[line.pieces[at].fold]])
        return 1
    if nation and (not modifier or nation[0] >= modifier[0]):
        phrase.nations.append(nation[1])
        return nation[0]
    if modifier:
        if modifier[1].type:
            phrase.kinds.append(modifier[1].type)
        if people:
            phrase.ethnic = people[1]
        return modifier[0]
    if people:
        phrase.ethnic = people[1]
        return people[0]
    return 0


# -- what follows the core ------------------------------------------------------------------------------------------


def _extend(line: Line, phrase: Phrase) -> None:
    while phrase.last < len(line):
        if not (
            _suspicion(line, phrase)
            or (line.lexicon.language == "fr" and _adjectives(line, phrase))
            or _in_brackets(line, phrase)
            or _apposed(line, phrase)
            or _linked(line, phrase)
        ):
            return


def _suspicion(line: Line, phrase: Phrase) -> bool:
    length = line.cue("presumed", phrase.last)
    if not length or line.lexicon.language == "en":
        return False
    phrase.presumed = True
    if phrase.name_last < 0:
        phrase.name_last = phrase.last
    phrase.last += length
    return True


def _adjectives(line: Line, phrase: Phrase) -> bool:
    """An adjective after a French noun, or a further nationality ("français et estoniens")."""
    at = phrase.last
    if line.actors(at) and not line.nationality(at, noun=False):
        return False
    if line.raised(at) and not line.reading.lower_cased and not line.nationality(at, noun=True):
        return False
    step = _adjective(line, at, phrase)
    if not step and phrase.nations and line.pieces[at].fold in ("et", "ou", ","):
        further = line.nationality(at + 1, noun=False) if at + 1 < len(line) else None
        if further and not line.raised(at + 1):
            phrase.nations.append(further[1])
            step = 1 + further[0]
    phrase.last += step
    return bool(step)


def _in_brackets(line: Line, phrase: Phrase) -> bool:
    """The acronym after a name: "Forces démocratiques alliées (ADF)"."""
    at = phrase.last
    if at + 2 >= len(line) or line.pieces[at].fold != "(":
        return False
    actors = line.actors(at + 1)
    length = actors[0] if actors else 1
    if at + 1 + length >= len(line) or line.pieces[at + 1 + length].fold != ")":
        return False
    if actors:
        shared = [actor for actor in actors[1] if actor in phrase.actors]
        phrase.actors = shared or phrase.actors or actors[1]
    elif not (line.capitals(at + 1) and phrase.armed):
        return False
    phrase.last = at + 2 + length
    return True


def _apposed(line: Line, phrase: Phrase) -> bool:
    """A name straight after the description: "rebelles ADF", "le colonel Untel", "milice X"."""
    at = phrase.last
    if phrase.word is None or phrase.new_name:
        return False
    if line.lexicon.language == "en" and phrase.word.kind != "rank":
        return _person(line, phrase)
    actors = line.actors(at)
    if actors and phrase.armed and not phrase.actors:
        phrase.actors, phrase.last = actors[1], at + actors[0]
        return True
    if _person(line, phrase):
        return True
    if phrase.word.type in ("rebel", "militia", "unidentified", "criminal", "?") and not phrase.actors:
        return _unlisted(line, phrase, at, spelled=phrase.word.kind == "group" or phrase.word.type == "militia")
    return False


def _person(line: Line, phrase: Phrase) -> bool:
    """The name after a rank or an office."""
    assert phrase.word is not None
    attacker = phrase.word.kind == "person" and phrase.word.type in ("rebel", "criminal", "unidentified")
    if phrase.word.kind not in ("rank", "person") or not (attacker or phrase.word.type in ("state_forces", "civilians")):
        return False
    at = phrase.last
    end = name_end(line, at)
    plural = (line.lexicon.language == "en" or attacker) and line.pieces[phrase.head].fold.endswith("s")
    if end == at or plural or (attacker and (line.capitals(at) or phrase.actors or line.actors(at))) or line.country(at) or line.nationality(at, noun=True):
        return False
    phrase.named_at, phrase.last, phrase.titled = at, end, True
    return True


def name_end(line: Line, at: int) -> int:
    """Where the capitalised words of a name that begins at a piece end."""
    end, words = at, 0
    while end < len(line) and words < _LONGEST_NAME and line.raised(end) and not line.cue("namestop", end):
        token = line.pieces[end].token
        while end < len(line) and line.pieces[end].token == token:
            end += 1
        words += 1
    return end


def _unlisted(line: Line, phrase: Phrase, at: int, *, spelled: bool) -> bool:
    """The name of a group that the register does not have: an acronym, or (`spelled`) capitalised words."""
    if at >= len(line) or line.cue("namestop", at) or line.country(at) or line.capital(at):
        return False
    if line.reading.lower_cased or not (line.capitals(at) or (spelled and line.raised(at))):
        return False
    end = name_end(line, at)
    if end == at:
        return False
    span = line.reading.span(line.pieces[at].token, line.pieces[end - 1].token + 1)
    phrase.new_name, phrase.last = line.reading.words(span), end
    return True


def _linked(line: Line, phrase: Phrase) -> bool:
    """What "de", "of", "appartenant à" … adds: a group's name, a country, or another description."""
    length = line.cue("link", phrase.last)
    if not length or not phrase.armed or phrase.word is None or phrase.word.kind == "action":
        return False
    at = _past_fillers(line, phrase.last + length)
    country = line.country(at) if at < len(line) else None
    if country:
        return _of_country(phrase, at, country)
    inner = read_phrase(line, at) if not phrase.actors else None
    if inner is not None and inner.armed and not inner.metonym:
        return _take_in(phrase, inner)
    if inner is None and phrase.word.type in ("rebel", "militia", "?", "unidentified") and not phrase.actors:
        return not phrase.word.corps and _unlisted(line, phrase, at, spelled=False)
    return False


def _of_country(phrase: Phrase, at: int, country: tuple[int, str]) -> bool:
    """ "armée du Mali"; but "rebelles du Mali" only says where they are."""
    assert phrase.word is not None
    if phrase.word.type != "state_forces" or phrase.nations:
        return False
    phrase.nations.append([country[1]])
    phrase.last = at + country[0]
    return True


def _take_in(phrase: Phrase, inner: Phrase) -> bool:
    assert phrase.word is not None
    if inner.word and inner.word.kind in ("site", "action") and not inner.actors:
        return False
    phrase.actors = inner.actors
    phrase.nations += inner.nations
    phrase.kinds += inner.kinds
    phrase.ethnic = phrase.ethnic or inner.ethnic
    phrase.presumed = phrase.presumed or inner.presumed
    phrase.new_name = phrase.new_name or inner.new_name
    phrase.last = inner.last
    if inner.word and inner.word.type != "?":
        phrase.inner = inner.word.type
    elif inner.inner:
        phrase.inner = inner.inner
    return True


def _past_fillers(line: Line, at: int) -> int:
    while at < len(line) and line.pieces[at].fold in _ARTICLES:
        at += 1
    return at


def _settle_name(line: Line, phrase: Phrase) -> None:
    """Suspicion in the middle of a phrase stays in its name; at the end it does not."""
    trailing = phrase.name_last
    if trailing >= 0:
        at = trailing
        while at < phrase.last and line.cue("presumed", at):
            at += line.cue("presumed", at)
        phrase.name_last = trailing if at >= phrase.last else -1


# -- whoever only speaks, and countries that stand for their state --------------------------------------------------


def _after_source(line: Line, at: int) -> int:
    at = _past_fillers(line, at)
    if at < len(line) and line.cue("speaker", at):
        return _after_speaker(line, at + line.cue("speaker", at))
    phrase = read_phrase(line, at)
    return phrase.last if phrase else at


def _after_speaker(line: Line, at: int) -> int:
    """Past "de l'armée malienne", "de la police" and the like after "porte-parole"."""
    spare = Phrase(at, at, at)
    while at < len(line):
        step = _adjective(line, at, spare)
        if step:
            at += step
            continue
        length = line.cue("link", at)
        inner_at = _past_fillers(line, at + length) if length else at
        speaker = line.cue("speaker", inner_at) if length and inner_at < len(line) else 0
        if speaker:
            at = inner_at + speaker
            continue
        inner = read_phrase(line, inner_at) if length else None
        return inner.last if inner else at
    return at


def _metonym(line: Line, at: int) -> Phrase | None:
    """A country or capital that acts: "Kigali soutient", "La Russie a bombardé"."""
    found = line.country(at) or line.capital(at)
    token = line.reading.tokens[line.pieces[at].token]
    if not found or token.dep not in _TAKING_PART or _topic(line, at + found[0]):
        return None
    cases = [
        child for child in map(line.reading.tokens.__getitem__, line.reading.children(token.i)) if child.pos == "ADP"
    ]
    if token.dep == "pobj" and line.reading.tokens[token.head].fold not in _AGAINST:
        return None
    if any(child.fold not in _AGAINST for child in cases) or ("obl" in token.dep and not cases):
        return None
    word = Word("", "state_forces", "government", "state", generic=False, capital=True)
    return Phrase(at, at + found[0], at, word=word, nations=[[found[1]]], metonym=True)


def _topic(line: Line, at: int) -> bool:
    """Whether a colon follows: "Mali : …", a dateline or heading."""
    return at < len(line) and line.pieces[at].fold == ":"
