"""Marking words in a real browser: with the mouse, with the keyboard alone, and on a page without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_browser import DESKTOP, Served, Watched, watched
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.xdist_group("browser")
WORDS = "Koro-Bani"


@pytest.fixture
def left(served: Served) -> Iterator[None]:
    """What a test decided is taken back after it: the others look at the same record."""
    before = {ruling.id for ruling in served.record.rulings()}
    yield
    for ruling in served.record.rulings():
        if ruling.id not in before:
            served.record.take_back(ruling.id, why="end of test")


def choose(page: Page, words: str) -> None:
    """Drag the mouse over words of the first report's text."""
    box = page.evaluate(
        """(words) => {
          const part = document.querySelector(".told [data-part=text]");
          const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + words.length);
            node.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
            const box = range.getBoundingClientRect();
            return [box.left, box.right, box.top + box.height / 2];
          }
        }""", words,
    )  # fmt: skip
    page.mouse.move(box[0] + 1, box[2])
    page.mouse.down()
    page.mouse.move((box[0] + box[1]) / 2, box[2], steps=3)
    page.mouse.move(box[1], box[2], steps=3)
    page.mouse.up()


def test_words_are_marked_with_the_mouse(desk: Watched, served: Served, left: None) -> None:
    event = served.event("Koro-Bani")
    page = desk.go(f"/events/{event}")
    report = served.record.report(page.locator("article.told ul.meta a").first.get_attribute("href").split("/")[-1])  # type: ignore[union-attr]
    words = next(w for w in report.text.split() if len(w) > 6 and w.isalpha())
    choose(page, words)
    page.locator("button.marker").click()
    form = page.locator("details.mark form").first
    assert form.locator("[name=quote]").input_value() == words
    assert form.locator("[data-said]").inner_text() == "These words stand in the report."
    form.locator("[name=field]").select_option("date")
    assert form.locator("[name=start]").is_visible()
    assert not form.locator("[name=latitude]").is_visible()
    form.locator("[name=start]").fill("2024-11-02")
    form.get_by_role("button", name="Save with these words").click()
    page.wait_for_selector(".done")
    ruling = served.record.rulings()[-1]
    found = ruling.value["evidence"][0]  # type: ignore[index]
    assert report.text[found["start"] : found["end"]] == words
    assert page.locator(f"mark[data-claims~='{ruling.id}']").first.inner_text() == words
    page.locator(f".values a[data-claim='{ruling.id}']").first.click()
    assert page.locator(f"mark.lit[data-claims~='{ruling.id}']").count() == 1


def test_words_are_marked_with_the_keyboard_alone(desk: Watched, served: Served, left: None) -> None:
    event = served.event("Koro-Bani")
    report = next(a["report_id"] for a in served.record.dossier(event)["accounts"])
    page = desk.go(f"/reports/{report}")
    page.keyboard.press("v")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    form = page.locator("details.mark form")
    quote = form.locator("[name=quote]").input_value()
    text = served.record.report(report).text
    assert quote
    assert text[: text.index(quote)].strip()  # the first word was walked past
    assert page.evaluate("document.activeElement.name") == "field"
    page.keyboard.press("k")  # the list goes to Kind
    assert form.locator("[name=field]").input_value() == "kind"
    form.locator("[name=kind]").select_option("raid" if form.locator("option[value=raid]").count() else "ambush")
    form.locator("[name=why]").press("Enter")
    page.wait_for_selector(".done")
    assert served.record.rulings()[-1].value["evidence"][0]["text"] == quote  # type: ignore[index]


def test_a_typed_quotation_says_at_once_whether_it_stands_there(desk: Watched, served: Served) -> None:
    page = desk.go(f"/events/{served.event('Koro-Bani')}")
    panel = page.locator("details.mark").first
    panel.locator("summary").click()
    panel.locator("[name=quote]").fill("these words are in no report")
    assert "do not stand" in panel.locator("[data-said]").inner_text()
    panel.locator("[name=quote]").fill(WORDS)
    assert panel.locator("[data-said]").inner_text() == "These words stand in the report."


def test_words_are_marked_without_scripts(browser: Browser, served: Served, left: None) -> None:
    seen = watched(browser, served, DESKTOP, "fr", java_script_enabled=False)
    page = seen.go(f"/events/{served.event('Koro-Bani')}")
    panel = page.locator("details.mark").first
    panel.locator("summary").click()
    panel.locator("[name=quote]").fill(WORDS)
    panel.locator("[name=which]").fill("1")
    panel.locator("[name=field]").select_option("party")
    panel.locator("[name=partyrole]").select_option("target")
    panel.locator("[name=type]").select_option("civilians")
    panel.get_by_role("button", name="Enregistrer avec ces mots").click()
    assert page.get_by_text("Enregistré.").is_visible()
    ruling = served.record.rulings()[-1]
    assert page.locator(f"mark[data-claims~='{ruling.id}']").first.inner_text() == WORDS
    assert seen.wrong == []
    seen.page.close()
