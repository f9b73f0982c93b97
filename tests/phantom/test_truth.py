"""Truth lies on the recording's clock and survives being written and read."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from reviewer_app.errors import MediaError
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology
from reviewer_app.phantom.scene import SceneKind, ShotPlan
from reviewer_app.phantom.script import NightScript, PhantomPlan, ScriptFile, Take, write_script
from reviewer_app.phantom.truth import CUT, TruthEvent, read_truth, truth_of, truth_path, write_truth


def spasm(start: float) -> Movement:
    return Movement(MovementKind.SPASM, start, 1.0, 0.5, Semiology.FLEXOR)


SHOT = ShotPlan(SceneKind.WARD, 1, 24.0, (spasm(1.0), spasm(7.0), spasm(15.0), spasm(22.0)))
SCRIPT = NightScript(
    "PHANTOM-0001",
    datetime(2026, 3, 14, 20, 0),
    (ScriptFile((Take(SHOT, 0.0, 24.0), Take(SHOT, 24.0, 16.0))), ScriptFile((Take(SHOT, 440.0, 8.0),))),
)


def test_shots_shown_again_give_truth_again_on_the_recordings_clock() -> None:
    onsets = [event.onset for event in truth_of(SCRIPT) if event.is_spasm]
    assert onsets == [1, 7, 15, 22, 25, 31, 39, 441, 447]


def test_what_a_cut_hides_is_not_true() -> None:
    last = [event for event in truth_of(SCRIPT) if event.is_spasm][-1]
    assert last.duration == 1.0
    shortened = NightScript("P", SCRIPT.start, (ScriptFile((Take(SHOT, 0.0, 7.5),)),))
    assert [event.duration for event in truth_of(shortened)] == [1.0, 0.5]


def test_clusters_are_numbered_and_pairs_are_isolated() -> None:
    assert [event.cluster for event in truth_of(SCRIPT) if event.is_spasm] == [1] * 7 + [0] * 2


def test_cuts_within_a_file_are_named() -> None:
    assert [event.onset for event in truth_of(SCRIPT) if event.trial_type == CUT] == [24]


def test_truth_survives_being_written(tmp_path: Path) -> None:
    events = truth_of(write_script(PhantomPlan(tmp_path, seconds=720)))
    path = truth_path(tmp_path, "PHANTOM-0007")
    write_truth(path, events)
    again = read_truth(path)
    assert [repr(event) for event in again] == [repr(event) for event in events]  # nan is not equal to itself
    assert any(event.semiology is Semiology.MIXED for event in events)
    assert path.name == "sub-PHANTOM0007_task-monitoring_events.tsv"


def test_every_column_and_every_kind_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "events.tsv"
    write_truth(path, [TruthEvent(1.0, 2.0, CUT)])
    explained = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert path.read_text("utf-8").splitlines()[0].split("\t") == list(explained)
    assert set(explained["trial_type"]["Levels"]) == {CUT, *(kind.value for kind in MovementKind)}


@pytest.mark.parametrize("text", ["", "onset\tduration\n1\t2\n", "onset\n\xff\n"])
def test_other_tables_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "events.tsv"
    path.write_text(text, "latin-1")
    with pytest.raises(MediaError, match=r"events\.tsv"):
        read_truth(path)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be read"):
        read_truth(tmp_path / "events.tsv")
