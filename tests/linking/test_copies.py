"""Copies of one dispatch: found by bands, confirmed by the share of text in common."""

from random import Random

from concordant.linking import SAME_DISPATCH, bands, origins, shared, signature

WORDS = [
    a + b for a in "ba de ki lo mu na pe ri so tu va ze".split() for b in "lan mor tis gue nar del pon sak".split()
]


def text(seed: int, length: int = 240) -> str:
    drawn = Random(seed)
    return " ".join(drawn.choice(WORDS) for _ in range(length))


def met(a: str, b: str) -> bool:
    return bool(set(bands(signature(a))) & set(bands(signature(b))))


def test_copies_and_shortened_copies_meet_in_a_band() -> None:
    for seed in range(40):
        whole = text(seed)
        words = whole.split()
        changed = [w if i % 30 else "autre" for i, w in enumerate(words)]
        assert met(whole, " ".join(changed))
        assert met(whole, "Dépêche reprise : " + " ".join(words[:110]))


def test_unlike_texts_share_nothing_and_rarely_meet() -> None:
    texts = [text(seed) for seed in range(60)]
    pairs = [(a, b) for i, a in enumerate(texts) for b in texts[i + 1 :]]
    assert sum(met(a, b) for a, b in pairs) <= 0.01 * len(pairs)
    assert max(shared(a, b) for a, b in pairs) < 0.1


def test_the_share_is_of_the_shorter_text() -> None:
    whole = text(1)
    assert shared(whole, whole) == 1.0
    assert shared(whole, " ".join(whole.split()[:80])) == 1.0
    assert shared(" ".join(whole.split()[:120]) + " " + text(2, 120), whole) > SAME_DISPATCH - 0.05
    assert shared("trop court", "trop court") == 0.0
    assert signature("trop court") == b""
    assert bands(b"") == ()


def test_origins_follow_links_to_the_first_published() -> None:
    links = {("a", "b"): 0.9, ("b", "c"): 0.8, ("c", "d"): 0.2}
    order = {"a": "2024-05-03", "b": "2024-05-01", "c": "2024-05-02", "d": "2024-05-01"}
    assert origins("abcd", links, order) == {"a": "b", "b": "b", "c": "b", "d": "d"}
