"""The app in a real browser: every flow, on a desktop and on a phone, in French and English, with nothing loaded from elsewhere.

Needs Chromium (Debian's package) and the assets of scripts/build_assets.mjs.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from made_browser import DESKTOP, PHONE, Served, Watched, paths, watched
from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_fits_and_nothing_comes_from_elsewhere(browser: Browser, served: Served, size: dict[str, int], language: str) -> None:
    seen = watched(browser, served, size, language)
    for name, path in paths(served).items():
        page = seen.go(path)
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1, name
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{name} is {wide} px too wide"
    assert seen.wrong == []
    seen.page.close()


def test_the_map_moves_and_its_events_can_be_opened(desk: Watched) -> None:
    page = desk.go("/map?since=2024-01-01")
    page.wait_for_selector("#map-holder[data-ready]", timeout=60000)
    assert page.locator("svg.sheet").count() == 0
    assert page.locator("#map canvas").count() == 1
    page.locator(".maplibregl-ctrl-zoom-in").click()


def test_without_scripts_everything_can_be_read_and_decided(browser: Browser, served: Served) -> None:
    seen = watched(browser, served, DESKTOP, "en", java_script_enabled=False)
    page = seen.go("/map")
    assert page.locator("svg.sheet circle").count() > 5
    page.locator("nav.main a", has_text="Events").click()
    page.get_by_text("Filters").first.click()
    page.locator("select[name=kind]").select_option("protest")
    page.get_by_role("button", name="Filter").click()
    assert "kind=protest" in page.url
    page.locator("table.events a.what").first.click()
    page.get_by_role("button", name=re.compile("Confirm")).click()
    assert page.get_by_text("Saved.").is_visible()
    assert page.locator(".tag.confirmed").first.is_visible()
    page.get_by_role("button", name="Undo this ruling").click()
    assert page.locator(".head .tag.open").is_visible()
    seen.page.close()


def test_from_the_first_page_to_a_corrected_event(desk: Watched, served: Served) -> None:
    begun = time.monotonic()
    page = desk.go("/")
    page.get_by_role("link", name=re.compile("Koro-Bani")).first.click()
    edit = page.locator("details.edit[id='edit-casualties.killed.civilians']")
    edit.locator("summary").click()
    edit.locator("input[name=low]").fill("34")
    edit.locator("input[name=best]").fill("36")
    edit.locator("input[name=high]").fill("36")
    edit.locator("input[name=why]").fill("the list of names at the health post")
    edit.get_by_role("button", name="Save").click()
    assert page.get_by_text("Saved.").is_visible()
    assert page.locator(".toll .best").first.inner_text() == "36"
    assert "36 killed" in page.locator("p.summary").inner_text()
    assert time.monotonic() - begun < 180
    page.get_by_role("button", name="Undo this ruling").click()
    assert page.locator(".toll .best").first.inner_text() != "36"


def test_words_and_values_light_up_together_and_the_keyboard_walks_them(desk: Watched, served: Served) -> None:
    page = desk.go(f"/events/{served.event('Koro-Bani')}")
    quote = page.locator(".toll a[data-claim]").first
    quote.hover()
    assert page.locator("mark.lit").count() >= 1
    quote.click()
    assert page.evaluate("document.activeElement.closest('mark') !== null")
    page.locator("h1").click()
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first or page.locator(".told mark a").count() == 1
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    assert page.locator("dialog[open] dt").count() > 5
    page.keyboard.press("Escape")


def test_the_queue_is_worked_with_the_keyboard(desk: Watched, served: Served) -> None:
    page = desk.go("/queue")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/events/\w+\?queue=1"))
    first = page.url
    page.keyboard.press("a")
    page.wait_for_selector(".done")
    assert page.locator(".tag.confirmed").first.is_visible()
    page.keyboard.press("n")
    page.wait_for_function("(was) => location.href !== was && !location.href.includes('done=')", arg=first)
    page.keyboard.press("x")
    panel = page.locator("#panel-notevent")
    panel.locator("input[name=why]").fill("a drill")
    panel.locator("button").click()
    page.wait_for_selector(".done")
    for ruling in served.record.rulings():
        served.record.decide(ruling.kind, ruling.subject, why="end of test", value=ruling.value, judgement="none")


def test_a_stretch_of_time_is_chosen_by_dragging(desk: Watched) -> None:
    page = desk.go("/events")
    box = page.locator(".time > svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.93, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.96, box["y"] + 40, steps=4)
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 40, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since=2024-.*until=2024-"))
    assert "Mavunga" not in page.locator("table.events").inner_text()


def test_a_pasted_text_becomes_an_event(desk: Watched, served: Served) -> None:
    page = desk.go("/add")
    form = page.locator("form").filter(has=page.locator("textarea"))
    form.locator("input[name=title]").fill("Two killed in Belkaro")
    form.locator("textarea").fill("Two traders were killed on Friday 6 December 2024 by gunmen in Belkaro, in Mali's Gao region, residents said.")
    form.locator("input[name=published]").fill("2024-12-07")
    form.get_by_role("button").click()
    assert "/intake" in page.url
    assert served.app.state.worker.wait(120)
    page.reload()
    page.goto(served.address + "/events?q=Belkaro")
    assert "Belkaro" in page.locator("table.events").inner_text()


def test_a_dropped_file_is_read_and_what_cannot_be_read_says_why(desk: Watched, served: Served, tmp_path: Path) -> None:
    good, bad = tmp_path / "report.txt", tmp_path / "broken.pdf"
    good.write_text("Un soldat a été tué lundi 9 décembre 2024 dans une embuscade près de Tessamak, dans la région de Gao, au Mali.", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7 this is no document")
    page = desk.go("/add")
    page.locator("input[type=file]").set_input_files([good, bad])
    page.locator("form[data-drop]").get_by_role("button", name="Add to the record").click()
    assert served.app.state.worker.wait(120)
    assert "broken.pdf" in desk.go("/left?what=quarantined").locator("table").inner_text()
    assert "Tessamak" in desk.go("/events?q=Tessamak").locator("table.events").inner_text()


def test_payloads_in_a_report_are_not_executed(desk: Watched, served: Served) -> None:
    bad = "<img src=x onerror=alert(1)><script>alert(2)</script>\"><svg onload=alert(3)>"
    told = f"Trois civils ont été tués mardi 10 décembre 2024 à {bad} Oubari, dans la région de Gao, au Mali. {bad}"
    dialogs: list[str] = []
    desk.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page = desk.go("/add")
    form = page.locator("form").filter(has=page.locator("textarea"))
    form.locator("input[name=title]").fill(bad)
    form.locator("textarea").fill(told)
    form.locator("input[name=outlet]").fill(bad)
    form.get_by_role("button").click()
    assert served.app.state.worker.wait(120)
    event = next(iter(served.record.events(limit=1))).id
    for path in ("/", "/events", f"/events/{event}", f"/events/{event}/packet", "/reports", "/coverage", "/map", "/intake"):
        desk.go(path).wait_for_timeout(100)
    assert dialogs == []


SHOTS = [
    ("overview", DESKTOP, "fr", "light"), ("overview", PHONE, "fr", "light"), ("events", DESKTOP, "en", "light"), ("events", PHONE, "fr", "light"),
    ("map", DESKTOP, "fr", "light"), ("map", DESKTOP, "en", "dark"), ("event", DESKTOP, "fr", "light"), ("event", DESKTOP, "en", "dark"),
    ("event", PHONE, "en", "light"), ("packet", DESKTOP, "fr", "light"), ("queue", DESKTOP, "fr", "light"), ("report", DESKTOP, "en", "light"),
    ("left", DESKTOP, "fr", "light"), ("coverage", DESKTOP, "en", "light"), ("add", DESKTOP, "fr", "light"), ("rulings", DESKTOP, "en", "light"),
    ("second", DESKTOP, "fr", "light"), ("agreement", DESKTOP, "en", "light"), ("feeds", DESKTOP, "fr", "light"), ("publish", DESKTOP, "en", "light"),
    ("published", DESKTOP, "fr", "light"), ("map", PHONE, "fr", "light"), ("queue", PHONE, "en", "light"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "size", "language", "scheme"), SHOTS, ids=lambda v: v if isinstance(v, str) else str(v["width"]))
def test_screenshots(browser: Browser, served: Served, tmp_path: Path, name: str, size: dict[str, int], language: str, scheme: str) -> None:
    folder = Path(os.environ.get("CONCORDANT_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    if name == "rulings" and not served.record.rulings():
        event = served.event("Koro-Bani")
        served.record.rule_event(event, "value", why="the list of names", by="amina", value={"field": "casualties.killed", "value": {"best": 36}})
    seen = watched(browser, served, size, language, scheme)
    page = seen.go(paths(served)[name])
    if name == "map":
        page.wait_for_selector("#map-holder[data-ready]", timeout=60000)
        page.wait_for_timeout(1500)
    file = folder / f"{name}-{'phone' if size is PHONE else 'desktop'}-{language}-{scheme}.png"
    page.screenshot(path=str(file))
    assert 5_000 < file.stat().st_size < 200_000
    assert seen.wrong == []
    page.close()
