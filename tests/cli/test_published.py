"""``published`` works out what a paper's counts allow, and refuses counts that contradict one another."""

import json
from pathlib import Path

from reviewer_app.domain.notice import RESEARCH_NOTICE
from tests.cli.conftest import Command, refused


def test_printed_counts_become_rates_in_words_and_in_json(command: Command, tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("set,patient,windows,false\nhospital,,10860,365\nphones,a,10,1\nphones,b,30,0\n")
    shown = command("published", counts)
    assert shown.returncode == 0, shown.stderr
    assert "hospital: 365 of 10,860 windows = 3.4 %" in shown.stdout
    assert "do not follow" in shown.stdout
    assert RESEARCH_NOTICE in shown.stdout
    told = json.loads(command("published", counts, "--json").stdout)
    assert [len(each["figures"]) for each in told["sets"]] == [1, 2]
    assert told["sets"][1]["figures"][1]["value"] == 0.05


def test_counts_that_contradict_one_another_are_refused(command: Command, tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("patient,windows,false\na,10,11\n")
    assert "11 of 10 windows" in refused(command("published", counts), 2)
