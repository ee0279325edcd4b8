"""Everybody can use the pages: axe finds nothing on any of them, wide and narrow, light and dark, in both languages, with all panels open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from made_browser import AXE, DESKTOP, PHONE, Served, listening, paths
from playwright.sync_api import Browser, Page

from concordant.web.app import make_app
from concordant.web.people import People
from concordant.web.routes import ROUTES

pytestmark = pytest.mark.xdist_group("browser")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What answers with data, a file or another address, and is no page.
NO_PAGE = {
    "/events.{form:str}", "/published.{form:str}", "/agreement/{what}.csv", "/tiles.pmtiles", "/map/points", "/raw/{digest}", "/queue/next", "/health",
}  # fmt: skip
# Pages that are there for one person alone: they are looked at with that person's eyes.
THEIRS = {"/second/{assignment}", "/second/{assignment}/compare"}
# The same pages in other states: nothing found, what cannot be, other lists.
STATES = {
    "nothing": "/events?q=zzzz", "unclear": "/events?killed=x", "lost": "/nowhere", "gone": "/events/ffff", "pairs": "/queue?what=merges",
    "misfits": "/queue?what=misfits", "quarantine": "/left?what=quarantined", "filtered": "/events?kind=ambush&disputed=1&killed=2", "past": "/?as_of=2999-01-01",
    "keys": "/keys", "signin": "/signin",
}  # fmt: skip


def problems(page: Page, name: str) -> Iterable[Any]:
    """What axe finds on a page with everything unfolded, and whether the page is wider than the window."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
    assert found["passes"], name
    yield from ((name, v["id"], v["impact"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found["violations"])
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 1:
        yield name, f"{wide} px too wide"


def looked_at(browser: Browser, address: str, pages: dict[str, str], size: dict[str, int], language: str, scheme: Any) -> list[Any]:
    page = browser.new_page(viewport=size, color_scheme=scheme, locale=language, bypass_csp=True)  # type: ignore[arg-type]
    found = []
    for name, path in pages.items():
        page.goto(address + path)
        assert page.locator("html").get_attribute("lang") == language, name
        if name == "map":
            page.wait_for_selector("#map-holder[data-ready]", timeout=60000)
        found += problems(page, name)
    page.close()
    return found


def test_every_page_is_among_those_that_are_looked_at(served: Served) -> None:
    ours = [re.sub(r"\?.*", "", path) for path in (*paths(served).values(), *STATES.values())]
    pages = {r.path for r in ROUTES if "GET" in r.methods and not r.path.startswith("/api/")} - NO_PAGE - THEIRS
    missing = {page for page in pages if not any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", page), path) for path in ours)}
    assert not missing


@pytest.mark.parametrize(("size", "language", "scheme"), [
    (PHONE, "fr", "light"), (PHONE, "en", "dark"), (DESKTOP, "en", "light"), (DESKTOP, "fr", "dark"),
], ids=["phone-fr-light", "phone-en-dark", "desktop-en-light", "desktop-fr-dark"])  # fmt: skip
def test_axe_finds_nothing(browser: Browser, served: Served, size: dict[str, int], language: str, scheme: str) -> None:
    served.record.subscribe("https://paper.example/feed", by="amina")
    assert looked_at(browser, served.address, paths(served) | STATES, size, language, scheme) == []


@pytest.fixture
def team(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same record behind accounts."""
    people = People(tmp_path_factory.mktemp("team") / "r.people")
    for name, role in (("amina", "publisher"), ("bo", "coder")):
        people.add(name, role, "correct horse battery")
    app = make_app(served.record, people)
    with listening(app) as address:
        yield address
    assert app.state.worker.stop(60)


def sign_in(page: Page, name: str, password: str = "correct horse battery") -> None:
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main button").click()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_where_people_sign_in_and_decide(browser: Browser, served: Served, team: str, language: str) -> None:
    page = browser.new_page(viewport=PHONE, locale=language, bypass_csp=True)  # type: ignore[arg-type]
    found: list[Any] = []
    event = served.event("Koro-Bani")
    page.goto(f"{team}/tokens")
    sign_in(page, "amina", "wrong password")
    assert page.locator("[role=alert]").is_visible()
    found += problems(page, "wrong password")
    sign_in(page, "amina")
    page.locator("input[name=label]").fill("foreign desk")
    page.locator("input[value='events:read']").check()
    page.locator("form.card button").click()
    assert page.locator("#secret").inner_text().startswith("concordant_")
    found += problems(page, "a token is made")
    page.goto(f"{team}/feeds")
    page.evaluate("document.querySelector('form.row.card input').type = 'text'")
    page.locator("form.row.card input").fill("no address")
    page.locator("form.row.card button").click()
    found += problems(page, "refused")
    page.goto(f"{team}/events/{event}")
    version = page.locator("input[name=version]").first.get_attribute("value")
    served.record.rule_event(event, "value", why="names", by="bo", value={"field": "casualties.killed", "value": {"best": 36 + len(language)}})
    assert served.record.moment() > int(str(version))
    page.locator("form[data-key=a] button").click()
    page.locator("main form input[name=version]").wait_for(state="attached")
    found += problems(page, "somebody else decided meanwhile")
    page.locator("main form button").first.click()
    page.wait_for_selector(".done")
    found += problems(page, "done")
    page.goto(f"{team}/events/{event}/publish")
    page.locator("main input[name=why]").fill("for the site")
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/published"))
    found += problems(page, "published")
    page.close()
    served.record.public.withdraw(event, why="end of test", by="amina")
    for ruling in served.record.rulings():
        served.record.decide(ruling.kind, ruling.subject, why="end of test", value=ruling.value, judgement="none")
    assert found == []


def test_axe_finds_nothing_where_an_event_is_coded_blind(browser: Browser, served: Served, team: str) -> None:
    event = next(e.id for e in served.record.events() if e.id != served.event("Koro-Bani"))
    name = served.record.seconds.assign([event], "bo", {"rule": "made"}, by="amina")[0]
    found: list[Any] = []
    for language, state in (("fr", "open"), ("en", "coded")):
        page = browser.new_page(viewport=PHONE, locale=language, bypass_csp=True)  # type: ignore[arg-type]
        page.goto(f"{team}/second/{name}")
        sign_in(page, "bo")
        if state == "open":
            page.goto(f"{team}/events/{event}")
            found += problems(page, "not to be seen yet")
            page.goto(f"{team}/second/{name}")
            found += problems(page, "the form")
            served.record.seconds.submit(name, {"kind": "ambush"}, by="bo")
        else:
            page.goto(f"{team}/second/{name}/compare")
            found += problems(page, "side by side")
        page.close()
    assert found == []
