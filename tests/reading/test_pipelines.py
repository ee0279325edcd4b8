"""The pipelines give the words and the grammar that spaCy gives as installed."""

import re
from pathlib import Path

import pytest
import spacy
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER
from spacy.lang.fr import tokenizer_exceptions
from thinc.api import NumpyOps

from concordant.reading.pipelines import MODELS, analyse, shortened
from concordant.reading.sentences import paragraphs, split_sentences

EXAMPLES = Path(__file__).parents[2] / "examples/reports"
WORDS = (
    "porte-parole anti-Erdoğan sous-préfet Sous-Préfecture m² après-midi ex-Séléka franco-malien entr'acte r'ouvert "
    "premier-ministre Saint-Louis-du-Nord Villeneuve-sur-Lot pet-en-l'air rond-ponna black-outs États-Unis mi-août "
    "pro-Kabila anti-balaka quatre-vingt-dix demi-heure trois-quarts bande-annonce ONG-là y-a-t-il extra-muros "
    "micro-ondes prud'homale Aujourd'hui contre-attaque avant-hier tout-terrain N'Djamena auto-défense vice-président"
).split()


def sentences(language: str) -> list[str]:
    found = []
    for file in sorted(EXAMPLES.glob(f"*-{language}.txt")):
        text = file.read_text(encoding="utf-8").replace("’", "'")
        found += [text[a:b] for s, e in paragraphs(text) for a, b in split_sentences(text, s, e, lower_cased=False)]
    return found


@pytest.fixture(scope="module")
def long_pattern() -> str:
    """The pattern that the French tokenizer is installed with."""
    return "(?iu)" + "|".join(f"(?:{part})" for part in tokenizer_exceptions._regular_exp)


def test_the_short_pattern_is_short(long_pattern):
    assert len(long_pattern) > 1_000_000
    assert len(shortened(long_pattern)) < 100_000


@pytest.mark.parametrize("letters", [ALPHA_LOWER, ALPHA], ids=["lower", "all"])
def test_the_short_class_holds_the_same_latin_letters(letters):
    long, short = (re.compile(f"(?iu){spelling}") for spelling in (f"[{letters}]", shortened(f"[{letters}]")))
    latin = [*range(0x180), *range(0x1E00, 0x1F00), 0x212A, 0x212B]
    assert [hex(c) for c in latin if bool(long.match(chr(c))) != bool(short.match(chr(c)))] == []


def test_french_words_are_kept_whole_as_installed(long_pattern):
    long, short = re.compile(long_pattern), re.compile(shortened(long_pattern))
    marked = [word.replace("-", dash) for word in WORDS for dash in "-–‐"] + [w + w[-1] for w in WORDS]
    assert [w for w in marked if bool(long.match(w)) != bool(short.match(w))] == []
    assert sum(bool(short.match(w)) for w in marked) > 40


@pytest.mark.parametrize("language", sorted(MODELS))
def test_the_grammar_is_that_of_the_pipeline_as_installed(language):
    texts = sentences(language)
    installed = spacy.load(MODELS[language])  # BLIS, one sentence at a time, with the components left out here

    @spacy.Language.component(f"whole_{language}")
    def whole(doc):
        for word in doc:
            word.is_sent_start = word.i == 0
        return doc

    installed.add_pipe(f"whole_{language}", first=True)
    ours = [grammar(doc) for doc in analyse(texts, language)]
    assert sum(map(len, ours)) > 250
    assert ours == [grammar(installed(text)) for text in texts]


def grammar(doc):
    return [(w.text, w.idx, w.lemma_, w.pos_, str(w.morph), w.dep_, w.head.i) for w in doc]


def test_products_are_numpys(monkeypatch):
    next(analyse(["Un mot."], "fr"))
    calls = []
    gemm = NumpyOps.gemm

    def counted(self, *args, **kwargs):
        calls.append(self.use_blis)
        return gemm(self, *args, **kwargs)

    monkeypatch.setattr(NumpyOps, "gemm", counted, raising=False)
    list(analyse(["Des hommes ont attaqué le marché."], "fr"))
    assert set(calls) == {False}
