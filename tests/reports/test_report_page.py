"""Pages: the article without the site, and the date with where it stood."""

from __future__ import annotations

from datetime import date

import pytest
from invented_pages import BODY, TITLE, page

from concordant.reports.page import Page, read_page
from concordant.reports.report import Refused

TODAY = date(2022, 1, 1)


def _read(html: str, url: str | None = None) -> Page:
    return read_page(html.encode(), url=url, charset=None, latest=TODAY)


def test_the_article_comes_without_the_site() -> None:
    read = _read(page())
    assert read.text == "\n".join(BODY)
    assert (read.title, read.author, read.outlet, read.language) == (TITLE, "Awa Sondé", "Le Courrier du Bolgou", "fr")


def _ld(value: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", "datePublished": "{value}"}}</script>'


@pytest.mark.parametrize(
    ("made", "url", "day", "source"),
    [
        (page(head=_ld("2021-05-12T23:10:00+00:00")), None, date(2021, 5, 12), "json-ld"),
        (page(head=_ld("2020-01-01", "WebPage") + _ld("2021-05-12")), None, date(2021, 5, 12), "json-ld"),
        (page(head='<script type="application/ld+json">{"datePublished": "2021-05-12", }</script>'), None,
         date(2021, 5, 12), "json-ld"),
        (page(head='<meta property="article:published_time" content="2021-05-12 08:00">'), None,
         date(2021, 5, 12), "meta"),
        (page(head='<meta name="date" content="12/05/2021">'), None, date(2021, 5, 12), "meta"),
        (page(head='<meta name="pubdate" content="Wed, 12 May 2021 08:00:00 GMT">'), None, date(2021, 5, 12), "meta"),
        (page(before='<time class="published" datetime="2021-05-12T08:00">hier</time>'), None,
         date(2021, 5, 12), "time"),
        (page(), "https://courrier.example/2021/05/12/tessakane", date(2021, 5, 12), "url"),
        (page(), "https://courrier.example/afp-20210512-tessakane", date(2021, 5, 12), "url"),
        (page(before="<p>Awa Sondé, publié le mercredi 12 mai 2021 à 08h00</p>"), None, date(2021, 5, 12), "text"),
        (page(before="<p>mercredi 12 mai 2021</p>"), None, date(2021, 5, 12), "text"),
    ],
)  # fmt: skip
def test_a_date_comes_with_where_it_stood(made: str, url: str | None, day: date, source: str) -> None:
    read = _read(made, url)
    assert read.published == (day, source)
    assert read.text == "\n".join(BODY)


@pytest.mark.parametrize(
    "head",
    [
        "",
        _ld("2031-05-12"),
        _ld("2021-02-30"),
        '<meta property="article:modified_time" content="2021-05-12">',
        '<meta property="article:expiration_time" content="2021-05-12">',
    ],
)
def test_no_date_is_better_than_a_wrong_one(head: str) -> None:
    assert _read(page(head=head)).published is None


def test_a_day_of_the_story_is_no_publication_date() -> None:
    body = ("Le 3 mai 2021, neuf villageois ont été tués à Tessakane.", *BODY)
    assert _read(page(body=body)).published is None


def test_a_date_that_two_readers_read_differently_is_left() -> None:
    assert _read(page(lang="en", head='<meta name="date" content="03/04/2021">')).published is None
    read = _read(page(lang="en", head='<meta name="date" content="05/25/2021">'))
    assert read.published == (date(2021, 5, 25), "meta")


def test_a_page_in_an_old_charset() -> None:
    html = page().replace("utf-8", "iso-8859-1")
    read = read_page(html.encode("cp1252"), url=None, charset=None, latest=TODAY)
    assert (read.text, read.charset) == ("\n".join(BODY), "cp1252")


def test_a_page_that_keeps_the_rest_for_subscribers_says_so() -> None:
    read = _read(page(after="<p>Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.</p>"))
    assert read.text == "\n".join(BODY)
    assert read.notes == ("the page gives only the beginning: the rest is for subscribers",)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html></html>",
        "<html><body><nav><a href='/'>Accueil</a></nav><p>Page introuvable</p></body></html>",
        "<html><body><p>{{article.title}}</p><p>{{article.body | date : 'dd/MM/yyyy'}}</p></body></html>",
        "<!DOCTYPE html>",
    ],
)
def test_a_page_without_an_article_is_refused(html: str) -> None:
    with pytest.raises(Refused) as caught:
        _read(html)
    assert caught.value.code == "no-article"


def test_a_canonical_address_is_kept() -> None:
    link = '<link rel="canonical" href="https://courrier.example/2021/05/12/tessakane">'
    assert _read(page(head=link)).url == "https://courrier.example/2021/05/12/tessakane"


def test_broken_and_deep_markup() -> None:
    assert _read(page(before="<div>" * 100)).text.endswith(BODY[-1])
    with pytest.raises(Refused):
        _read(page(before="<div>" * 5000))
    assert _read(page().replace("</p>", "").replace("</article>", "")).text.startswith(BODY[0])
    assert _read('<?xml version="1.0" encoding="utf-8"?>' + page()).title == TITLE
