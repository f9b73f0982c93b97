"""A night is decided before it is drawn: on the grid, on one clock, the same for the same seed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.errors import RequestError
from reviewer_app.phantom.motion import MovementKind
from reviewer_app.phantom.scene import SceneKind
from reviewer_app.phantom.script import GRID_SECONDS, PhantomPlan, write_script
from reviewer_app.phantom.truth import truth_of

DEMO = PhantomPlan(Path("nowhere"), seconds=720)
NIGHT = PhantomPlan(Path("nowhere"), seconds=8 * 3600)


@pytest.mark.parametrize("plan", [DEMO, NIGHT, replace(DEMO, seconds=100.5, files=3), replace(NIGHT, gap=0)])
def test_takes_fill_their_files_without_a_break(plan: PhantomPlan) -> None:
    script = write_script(plan)
    assert len(script.files) == plan.file_count
    assert sum(take.seconds for take in script.takes) == pytest.approx(plan.seconds)
    for file in script.files:
        assert file.start % GRID_SECONDS == 0
        for before, after in zip(file.takes, file.takes[1:], strict=False):
            assert before.start + before.seconds == after.start
    for one, other in zip(script.files, script.files[1:], strict=False):
        assert other.start - one.stop == plan.gap


def test_the_same_seed_gives_the_same_night_and_another_seed_another() -> None:
    assert write_script(DEMO) == write_script(DEMO)
    assert write_script(DEMO) != write_script(replace(DEMO, seed=8))
    assert write_script(replace(DEMO, seed=8)).patient == "PHANTOM-0008"


@pytest.mark.parametrize("seed", range(6))
def test_the_demo_holds_two_clusters_and_mimics_and_repeats_no_shot(seed: int) -> None:
    script = write_script(replace(DEMO, seed=seed))
    events = truth_of(script)
    assert {event.cluster for event in events if event.is_spasm} >= {1, 2}
    assert len({event.trial_type for event in events}) >= 5
    shots = [take.shot for take in script.takes]
    assert len(set(shots)) == len(shots)


@pytest.mark.parametrize("seed", range(3))
def test_a_long_night_is_stitched_from_few_minutes_of_shots(seed: int) -> None:
    script = write_script(replace(NIGHT, seed=seed))
    distinct = {take.shot for take in script.takes}
    assert sum(shot.seconds for shot in distinct) <= 12.5 * 60
    events = truth_of(script)
    clusters = {event.cluster for event in events if event.cluster}
    assert 4 <= len(clusters) <= 9
    for number in clusters:
        onsets = [event.onset for event in events if event.cluster == number]
        assert len(onsets) >= 20
        assert 200 <= onsets[-1] - onsets[0] <= 1000


def test_a_long_night_without_repeats_takes_the_same_course_with_a_take_of_its_own_each_time() -> None:
    repeated, fresh = write_script(NIGHT), write_script(replace(NIGHT, repeats=False))
    shots = [take.shot for take in fresh.takes]
    assert len({shot.seed for shot in shots}) == len(shots)
    for one, other in zip(repeated.takes, fresh.takes, strict=True):
        assert (one.start, one.seconds, one.shot.night) == (other.start, other.seconds, other.shot.night)
        assert any(m.kind is MovementKind.SPASM for m in one.shot.movements) == any(
            m.kind is MovementKind.SPASM for m in other.shot.movements
        )
    assert len({take.shot.movements for take in fresh.takes if take.shot.movements}) > 200
    assert write_script(replace(NIGHT, repeats=False)) == fresh
    assert write_script(replace(DEMO, repeats=False)) == write_script(DEMO)  # no shot repeats there anyway


def test_spasms_come_awake_and_sleep_has_none() -> None:
    for plan in (DEMO, NIGHT):
        events = truth_of(write_script(plan))
        assert not any(event.asleep for event in events if event.is_spasm)
        assert any(event.trial_type == MovementKind.SLEEP_MYOCLONUS for event in events if event.asleep)


@pytest.mark.parametrize("plan", [DEMO, NIGHT])
def test_a_phantom_without_clusters_holds_no_spasm(plan: PhantomPlan) -> None:
    assert not any(event.is_spasm for event in truth_of(write_script(replace(plan, clusters=0))))


def test_a_phone_films_upright_and_never_in_infrared() -> None:
    phone = replace(DEMO, scene=SceneKind.PHONE)
    assert phone.picture_size == (720, 1280)
    assert phone.hand_held
    assert not any(take.shot.night for take in write_script(phone).takes)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"seconds": 0},
        {"seconds": -5},
        {"seconds": float("nan")},
        {"seconds": 1e9},
        {"files": 0},
        {"files": 1000},
        {"gap": -1},
        {"seed": -1},
        {"workers": 0},
        {"clusters": -1},
        {"container": "avi"},
        {"size": (0, 480)},
        {"size": (641, 480)},
        {"frame_rate": 0.0},
        {"frame_rate": 12.6},
        {"frame_rate": 100.0},
        {"frame_rate": 25.0, "scene": SceneKind.PHONE},
    ],
)
def test_nonsense_is_refused_before_any_work(nonsense: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match=r"\.$"):
        replace(DEMO, **nonsense)
