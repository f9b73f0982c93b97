"""The measurements run and say what they shall; how fast anything is depends on the machine and is no test."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.gui.bench.booth import spin
from reviewer_app.gui.bench.figure import Figure, Spread
from reviewer_app.gui.bench.night import POINTS, clustered, long_night
from reviewer_app.gui.bench.stalls import Lateness
from tests.gui.subjects import review_of

ROOT = Path(__file__).parents[2]


def test_a_figure_over_its_target_is_said_to_miss_it() -> None:
    assert Figure("p99", 51.0, "ms", target=50.0).is_met is False
    assert Figure("p99", 50.0, "ms", target=50.0).is_met is True


def test_what_could_not_be_measured_neither_meets_nor_misses_its_target() -> None:
    unknown = Figure("memory", None, "MB", target=5.0, limit=2.0).to_json()
    assert unknown["met"] is None
    assert unknown["ratio"] is None


def test_a_ratio_says_how_many_times_the_least_possible_it_is() -> None:
    assert Figure("seek", 30.0, "ms", limit=10.0).to_json()["ratio"] == 3.0


def test_spreads_are_in_milliseconds() -> None:
    spread = Spread.of([i / 1000 for i in range(101)])
    assert (spread.middle, spread.p95, spread.p99, spread.most) == pytest.approx((50, 95, 99, 100))


def test_nothing_measured_is_not_taken_for_a_figure() -> None:
    with pytest.raises(ValueError, match="no durations"):
        Spread.of([])


def test_the_made_up_night_has_as_many_flags_as_were_wished_for() -> None:
    review, _ = review_of(long_night(2.0, 400))
    review.set_threshold(POINTS[0].enter)
    assert len(review.candidates) == 400
    assert len(review.clusters) == 20


def test_flags_of_the_made_up_night_are_in_order_and_inside_it() -> None:
    peaks = clustered(7200.0, 400)
    assert np.all(np.diff(peaks) > 0)
    assert peaks[0] > 0
    assert peaks[-1] < 7200


def test_a_window_that_does_not_answer_is_seen(qtbot: QtBot) -> None:
    import time

    watch = Lateness()
    with watch.watching() as late:
        spin(0.1)
        time.sleep(0.3)
        spin(0.1)
    assert max(late) > 0.2


def test_the_window_is_measured_in_a_process_that_touches_nothing_of_the_person(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    folders = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    call = [sys.executable, "-m", "reviewer_app.gui.bench", "--only", "redraw", "--hours", "1", "--flags", "100"]
    environment = {**os.environ, **folders, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    figures = {each["what"]: each for each in json.loads(done.stdout)}
    assert figures["flags in 1 h of the made-up night"]["value"] == 100
    assert figures["timeline redraw, pan, p95"]["target"] == 16.0
    assert figures["timeline redraw, pan, p95"]["value"] > 0
    assert not [each for each in home.rglob("*") if each.is_file() and "spasm-reviewer" in str(each)]
