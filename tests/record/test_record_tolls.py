"""Tolls in the record: what a report's words say of its figure is kept with it and used when figures are weighed."""

from __future__ import annotations

from pathlib import Path

from made_reports import event, record, row, told


def figures(folder: Path, words: str) -> tuple[int, int, int]:
    """The killed of nine reports of two dead and one of the next day of three, whose toll stands in these words."""
    early = [row(f"early{i}", event(killed=2)) for i in range(9)]
    filler = " ".join(f"word{i}" for i in range(40))
    late = row("late", event(killed=3, words=words), published="2024-05-08", text=f"{words} in Tamboré. {filler}")
    with record(folder, *early, late, name=f"{len(words)}.db") as made:
        [found] = told(made)
        [killed] = [r for r in found["casualties"] if r["outcome"] == "killed"]
        return killed["low"], killed["best"], killed["high"]


def test_a_toll_that_takes_the_place_of_earlier_ones_leads(tmp_path: Path) -> None:
    assert figures(tmp_path, "The toll rises to three dead") == (3, 3, 3)
    assert figures(tmp_path, "A raid left three people dead") == (2, 2, 3)


def test_news_under_the_day_of_its_report_joins_what_it_follows(tmp_path: Path) -> None:
    """Also of what is recalled a year later, which two days alone would keep apart."""
    names = "Awa Kelindo and Moussa Daribe were among the dead of the raid. "
    rows = [
        row("first", event(killed=5), text=names + "Their village buried them on Tuesday evening, the elders said."),
        row("trial", event(day="2024-05-29", killed=5), published="2024-05-29",
            text=names + "Nine weeks of hearings have begun before the court of Dourfé, a clerk said."),
        row("recalled", event(day="2025-05-06", killed=5, role="background"), published="2025-05-06",
            text=names + "A stone with their names was unveiled by the mayor, who promised a school."),
    ]  # fmt: skip
    with record(tmp_path, *rows) as made:
        [found] = told(made)
        assert {a["report_id"] for a in found["accounts"]} == {"first", "trial", "recalled"}
        assert found["date"]["start"] == "2024-05-06"
