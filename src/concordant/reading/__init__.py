"""Reading: a report's sentences, words and grammar, in French and English."""

from concordant.reading.reader import read as read
from concordant.reading.vocabulary import is_english_word as is_english_word
from concordant.reading.words import Reading as Reading
from concordant.reading.words import Sentence as Sentence
from concordant.reading.words import Span as Span
from concordant.reading.words import Token as Token
from concordant.reading.words import flat as flat
from concordant.reading.words import fold as fold
